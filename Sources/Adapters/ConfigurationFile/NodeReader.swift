import Yams

/// Turns composed YAML nodes into values with places.
struct NodeReader {
    /// Aliases may multiply a small file into a large tree. Units: values of one file.
    private static let valuesMax = 100_000
    private static let depthMax = 64

    let file: String
    private var count = 0
    private var depth = 0

    init(file: String) { self.file = file }

    mutating func value(_ node: Node) throws(ConfigurationFault) -> ConfigurationValue {
        let position = position(of: node)
        count += 1
        depth += 1
        defer { depth -= 1 }
        guard count <= Self.valuesMax, depth <= Self.depthMax else {
            throw fault(position, "has more than \(Self.valuesMax) values or \(Self.depthMax) levels")
        }
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain || scalar.style == .any
            return ConfigurationValue(
                isPlain ? .init(plain: scalar.string) : .string(scalar.string), at: position)
        case .sequence(let sequence):
            var values: [ConfigurationValue] = []
            for element in sequence { values.append(try value(element)) }
            return ConfigurationValue(.list(values), at: position)
        case .mapping(let mapping):
            var members: [ConfigurationValue.Member] = []
            for (key, member) in mapping {
                guard let name = key.scalar?.string else {
                    throw fault(self.position(of: key), "a key must be a text, found a list or mapping")
                }
                members.append(
                    .init(key: name, keyPosition: self.position(of: key), value: try value(member)))
            }
            return ConfigurationValue(.mapping(members), at: position)
        case .alias: throw fault(position, "an alias that stands for nothing")
        }
    }

    private func position(of node: Node) -> ConfigurationPosition {
        ConfigurationPosition(file: file, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0)
    }

    private func fault(_ position: ConfigurationPosition, _ reason: String) -> ConfigurationFault {
        ConfigurationFault([ConfigurationProblem(at: position, reason)])
    }
}

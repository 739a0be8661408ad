package import Primitives

/// One entry of `inputMappings`, `outputMappings` or `errorMappings`. Source: fdl §3.3.
package struct Mapping: Sendable, Equatable {
    /// A plain key; dots in it mean nothing.
    package let target: String
    package let source: MappingSource
    /// Where the source stands.
    @Placed package var location: SourceLocation

    package init(target: String, source: MappingSource, location: SourceLocation = .none) {
        self.target = target
        self.source = source
        self.location = location
    }
}

/// Where a mapped value comes from. What `$input` and `$local` are depends on where the mapping stands: fdl
/// §3.1.
package enum MappingSource: Sendable, Equatable {
    case input(JSONPath)
    case local(JSONPath)
    case context(JSONPath)
    case constant(JSONValue)

    /// A text that is `$input`, `$local` or `$context`, or one of them followed by `.` or `[`, is a path; any
    /// other value is a constant.
    package init(_ value: JSONValue) throws(ExpressionFault) {
        guard case .string(let text) = value, text.hasPrefix("$") else {
            self = .constant(value)
            return
        }
        if let path = try JSONPath(text, root: "$input") {
            self = .input(path)
        } else if let path = try JSONPath(text, root: "$local") {
            self = .local(path)
        } else if let path = try JSONPath(text, root: "$context") {
            self = .context(path)
        } else {
            self = .constant(value)
        }
    }

    /// As the definition writes it.
    package var text: String {
        switch self {
        case .input(let path): "$input\(path.text)"
        case .local(let path): "$local\(path.text)"
        case .context(let path): "$context\(path.text)"
        case .constant(let value): value.text
        }
    }
}

/// A mapping or service parameter whose path is not there. Source: fdl §3.3 and §13 row 1.
package struct MappingFault: Error, Hashable, CustomStringConvertible {
    package let target: String
    package let source: String

    package init(target: String, source: String) {
        self.target = target
        self.source = source
    }

    package var description: String {
        "\"\(target)\" takes \(source), which is not there; set it in an earlier step or in the Input"
    }
}

extension [Mapping] {
    /// The object the mappings make; of two for the same target the later wins.
    ///
    /// - Parameter missingIsNull: a path that is not there gives null; else it is the fault.
    package func evaluate(
        input: JSONObject, local: JSONValue, missingIsNull: Bool = false, context: (JSONPath) -> JSONValue?
    ) throws(MappingFault) -> JSONObject {
        var result = JSONObject()
        let inputValue = JSONValue.object(input)
        for mapping in self {
            let value: JSONValue? =
                switch mapping.source {
                case .input(let path): path.value(in: inputValue)
                case .local(let path): path.value(in: local)
                case .context(let path): context(path)
                case .constant(let constant): constant
                }
            guard let value = value ?? (missingIsNull ? .some(.null) : nil) else {
                throw MappingFault(target: mapping.target, source: mapping.source.text)
            }
            result[mapping.target] = value
        }
        return result
    }
}

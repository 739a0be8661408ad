package import Primitives

/// One member of `serviceParams`. Source: fdl §5.6.
package struct ServiceParameter: Sendable, Equatable {
    package enum Source: Sendable, Equatable {
        /// `$` or `$.a.b`, of the step's own input.
        case input(JSONPath)
        /// Everything else, as it stands; paths inside a constant object are not evaluated.
        case constant(JSONValue)
    }

    package let name: String
    package let source: Source
    /// Where the value stands.
    @Placed package var location: SourceLocation

    package init(name: String, source: Source, location: SourceLocation = .none) {
        self.name = name
        self.source = source
        self.location = location
    }

    package init(
        name: String, value: JSONValue, location: SourceLocation = .none
    ) throws(ExpressionFault) {
        if case .string(let text) = value, let path = try JSONPath(text, root: "$") {
            self.init(name: name, source: .input(path), location: location)
        } else {
            self.init(name: name, source: .constant(value), location: location)
        }
    }

    /// As the definition writes it.
    package var written: JSONValue {
        switch source {
        case .input(let path): .string("$\(path.text)")
        case .constant(let value): value
        }
    }
}

extension [ServiceParameter] {
    package func evaluate(input: JSONObject, missingIsNull: Bool = false) throws(MappingFault) -> JSONObject {
        var result = JSONObject()
        for parameter in self {
            switch parameter.source {
            case .constant(let value): result[parameter.name] = value
            case .input(let path):
                let found = path.value(in: .object(input))
                guard let value = found ?? (missingIsNull ? .some(.null) : nil) else {
                    throw MappingFault(target: parameter.name, source: "$\(path.text)")
                }
                result[parameter.name] = value
            }
        }
        return result
    }

    /// The parameters as the definition writes them.
    package var written: JSONObject { JSONObject(map { ($0.name, $0.written) }) }
}

import Primitives

/// One parameter of an action: its name, and what its text becomes for the engine.
struct CloudParameter: Sendable {
    enum Kind: Sendable {
        case text
        case integer
        /// `True` or `true`: the libraries write it as their language does.
        case boolean
        /// JSON text that the engine takes as the value it stands for.
        case json
    }

    let name: String
    let kind: Kind
    private(set) var isRequired = false

    static func text(_ name: String) -> CloudParameter { CloudParameter(name: name, kind: .text) }
    static func integer(_ name: String) -> CloudParameter { CloudParameter(name: name, kind: .integer) }
    static func boolean(_ name: String) -> CloudParameter { CloudParameter(name: name, kind: .boolean) }
    static func json(_ name: String) -> CloudParameter { CloudParameter(name: name, kind: .json) }

    var required: CloudParameter {
        var copy = self
        copy.isRequired = true
        return copy
    }

    /// Nil: as if it was not given, which an empty text means wherever it could mean nothing else.
    func value(_ text: String) throws(CloudError) -> JSONValue? {
        switch kind {
        case .text: return .string(text)
        case _ where text.isEmpty: return nil
        case .integer:
            guard let number = Int64(text) else {
                throw .invalid(name, "'\(shown(text))' is no whole number")
            }
            return .integer(number)
        case .boolean:
            switch text.lowercased() {
            case "true": return true
            case "false": return false
            default: throw .invalid(name, "'\(shown(text))' is neither true nor false")
            }
        case .json:
            do { return try JSONParser.parse(text) } catch {
                throw .invalid(name, "it is not JSON: \(error)")
            }
        }
    }

    private func shown(_ text: String) -> Substring { text.prefix(40) }
}

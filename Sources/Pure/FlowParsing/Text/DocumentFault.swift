import FlowDefinition
import FlowModel
import Yams

/// Why a text is no document at all; nothing further can be said about it.
struct DocumentFault: Error {
    let code: String
    let reason: String
    let location: SourceLocation

    init(code: String, reason: String, location: SourceLocation) {
        self.code = code
        self.reason = reason
        self.location = location
    }

    init(yaml error: any Error) {
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            self.init(
                code: "yaml-syntax", reason: Self.sentence(problem, context?.text),
                location: SourceLocation(line: mark.line, column: mark.column))
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { "\"\($0)\"" }.joined(separator: ", ")
            self.init(
                code: "duplicate-key", reason: "the key \(names) stands twice in the same map",
                location: SourceLocation(line: context.mark.line, column: context.mark.column))
        case .reader(let problem, _, _, _):
            self.init(code: "yaml-syntax", reason: "the text cannot be read: \(problem)", location: .none)
        default:
            self.init(code: "yaml-syntax", reason: "the text is no YAML", location: .none)
        }
    }

    private static func sentence(_ problem: String, _ context: String?) -> String {
        let context = context.map { " \($0)" } ?? ""
        return "the text is no YAML: \(problem)\(context)"
    }

    var diagnostic: Diagnostic {
        Diagnostic(
            severity: .error, code: code, message: reason, line: location.line, column: location.column)
    }
}

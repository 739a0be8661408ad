import FlowDefinition
import FlowModel
import Yams

/// Why a text is no document at all; nothing further can be said about it.
struct DocumentFault: Error {
    let code: String
    let reason: String
    let location: SourceLocation
    let fix: String?

    init(code: String, reason: String, location: SourceLocation, fix: String? = nil) {
        self.code = code
        self.reason = reason
        self.location = location
        self.fix = fix
    }

    /// - Parameter text: what was read, for what the library does not say.
    init(yaml error: any Error, in text: String) {
        switch error as? YamlError {
        case .scanner(_, _, let mark, _) where PlainLines(text)[mark.line, mark.column] == "\t":
            self.init(
                code: "yaml-syntax", reason: "a tab stands where YAML takes only blanks",
                location: SourceLocation(line: mark.line, column: mark.column),
                fix: "indent with blanks, e.g. two a level")
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
            severity: .error, code: code, message: reason, fix: fix, line: location.line,
            column: location.column)
    }
}

extension Parser {
    /// The one document of the text; nil when there is none. Empty ones behind it are passed over.
    func onlyRoot() throws -> Node? {
        let root = try nextRoot()
        while let further = try nextRoot() {
            if case .scalar(let scalar) = further, scalar.style == .plain, scalar.string.isEmpty { continue }
            throw DocumentFault(
                code: "several-documents", reason: "a second document begins here; a definition is one flow",
                location: SourceLocation(line: further.mark?.line ?? 0, column: further.mark?.column ?? 0),
                fix: "write each flow into a file of its own, without ---")
        }
        return root
    }
}

import FlowDefinition
import FlowModel
import FlowParsing
import Primitives

/// A definition's file and what parser and validator say of it; needs no service.
struct DefinitionCheck {
    let file: String
    private let checked: CheckedDefinition

    init(file: String) throws(CommandFailure) {
        self.init(file: file == "-" ? "standard input" : file, text: try TextArgument.file(file))
    }

    init(file: String, text: String) {
        self.file = file
        checked = CheckedDefinition(text)
    }

    var text: String { checked.text }
    var definition: FlowDefinition? { checked.definition }
    var diagnostics: [Diagnostic] { checked.diagnostics }
    var errorCount: Int { checked.errorCount }
    var warningCount: Int { checked.warningCount }
    var isValid: Bool { checked.isValid }
    var verdict: String { checked.verdict }

    /// All faults with their lines and carets, for standard error.
    func report(to session: Session) {
        for diagnostic in diagnostics { session.note(diagnostic.text(file: file, source: text)) }
    }

    var json: JSONValue {
        [
            "file": .string(file), "valid": .bool(isValid),
            "diagnostics": .array(diagnostics.map(Self.json)),
        ]
    }

    private static func json(_ diagnostic: Diagnostic) -> JSONValue {
        var object: JSONObject = [
            "severity": .string(diagnostic.severity.rawValue), "code": .string(diagnostic.code),
            "message": .string(diagnostic.message), "line": .integer(Int64(diagnostic.line)),
            "column": .integer(Int64(diagnostic.column)), "stepPath": .string(diagnostic.stepPath),
        ]
        if let fix = diagnostic.fix { object["fix"] = .string(fix) }
        return .object(object)
    }

    static func count(_ number: Int, _ noun: String) -> String { CheckedDefinition.count(number, noun) }
}

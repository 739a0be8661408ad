import FlowDefinition
import FlowModel
import FlowParsing
import Primitives

/// A definition's file and what parser and validator say of it; needs no service.
struct DefinitionCheck {
    let file: String
    let text: String
    let definition: FlowDefinition?
    let diagnostics: [Diagnostic]

    init(file: String) throws(CommandFailure) {
        self.init(file: file == "-" ? "standard input" : file, text: try TextArgument.file(file))
    }

    init(file: String, text: String) {
        self.file = file
        self.text = text
        (definition, diagnostics) = FlowParser.validate(text)
    }

    var errorCount: Int { diagnostics.count { $0.severity == .error } }
    var warningCount: Int { diagnostics.count - errorCount }
    var isValid: Bool { definition != nil && errorCount == 0 }

    /// All faults with their lines and carets, for standard error.
    func report(to session: Session) {
        for diagnostic in diagnostics { session.note(diagnostic.text(file: file, source: text)) }
    }

    /// `valid, 7 steps`, `2 errors, 1 warning`
    var verdict: String {
        var parts: [String] = []
        if errorCount > 0 { parts.append(Self.count(errorCount, "error")) }
        if warningCount > 0 { parts.append(Self.count(warningCount, "warning")) }
        if let definition, errorCount == 0 {
            parts.insert("valid, \(Self.count(definition.allSteps.count, "step"))", at: 0)
        }
        return parts.isEmpty ? "invalid" : parts.joined(separator: ", ")
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

    static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}

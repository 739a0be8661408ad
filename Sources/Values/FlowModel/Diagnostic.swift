/// One fault of a flow definition, with its place and the way out.
package struct Diagnostic: Sendable, Hashable {
    package enum Severity: String, Sendable, Hashable {
        case error
        case warning
    }

    package let severity: Severity
    /// Stable, for tools: lower case words joined by `-`, e.g. `unknown-step-type`.
    package let code: String
    /// A sentence that says what is wrong.
    package let message: String
    /// A sentence that says what to write instead.
    package let fix: String?
    /// From 1; 0 when the fault belongs to no place.
    package let line: Int
    /// From 1, in characters.
    package let column: Int
    /// The names of the steps around the place, outermost first, joined by `/`; empty at the top.
    package let stepPath: String

    package init(
        severity: Severity, code: String, message: String, fix: String? = nil, line: Int, column: Int,
        stepPath: String = ""
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.fix = fix
        self.line = line
        self.column = column
        self.stepPath = stepPath
    }
}

extension Diagnostic {
    /// ```
    /// flow.yaml:7:11: error[unknown-step-type]: the step type "taks" is unknown (step payment)
    ///    - type: taks
    ///            ^
    ///   fix: write "task"
    /// ```
    /// Without `source` the line and the caret are left out.
    package func text(file: String, source: String? = nil) -> String {
        let place = line > 0 ? "\(file):\(line):\(column)" : file
        var text = "\(place): \(severity.rawValue)[\(code)]: \(message)"
        if !stepPath.isEmpty { text += " (step \(stepPath))" }
        if let source, let excerpt = excerpt(of: source) { text += "\n\(excerpt)" }
        if let fix { text += "\n  fix: \(fix)" }
        return text
    }

    /// A long line is shown around the column, so that a caret is never off the screen.
    private func excerpt(of source: String) -> String? {
        guard line > 0 else { return nil }
        let lines = source.split(separator: "\n", maxSplits: line, omittingEmptySubsequences: false)
        guard lines.indices.contains(line - 1) else { return nil }
        let characters = Array(
            lines[line - 1].replacing("\t", with: " ").filter { $0 != "\r" && $0 != "\r\n" })
        let start = max(0, column - 80)
        let shown = String(characters.dropFirst(start).prefix(100))
        let caret = String(repeating: " ", count: max(0, column - 1 - start)) + "^"
        return "  \(shown)\n  \(caret)"
    }
}

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
        // By bytes: "\r\n" is one character, which a split at "\n" would not see.
        let lines = source.utf8.split(
            separator: UInt8(ascii: "\n"), maxSplits: line, omittingEmptySubsequences: false)
        guard lines.indices.contains(line - 1) else { return nil }
        let text = String(decoding: lines[line - 1], as: UTF8.self)
        let scalars = text.unicodeScalars.filter { $0 != "\r" && $0 != "\u{FEFF}" }.map { scalar in
            scalar == "\t" ? " " : scalar
        }
        let start = max(0, column - 80)
        var shown = String.UnicodeScalarView()
        shown.append(contentsOf: scalars.dropFirst(start).prefix(100))
        let before = scalars.dropFirst(start).prefix(max(0, column - 1 - start))
        let columns = before.reduce(0) { $0 + Self.columns($1) } + max(0, column - 1 - start - before.count)
        return "  \(String(shown))\n  \(String(repeating: " ", count: columns))^"
    }

    /// How many columns of a terminal a scalar takes: East Asian ones two, combining ones none.
    private static func columns(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x0300...0x036F, 0x200B...0x200F, 0xFE00...0xFE0F: 0
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            2
        default: 1
        }
    }
}

import FlowModel
import HTMLMarkup

/// A definition's text with line numbers, and beside its lines what the validator says of them.
enum SourceView {
    /// Lines and bytes that a page shows; the whole text is a download away.
    static let linesMax = 2_000
    static let bytesMax = 128 << 10

    /// - Parameter name: stands before the number in a line's id, `L` for `L12`.
    static func render(_ text: String, _ diagnostics: [Diagnostic], name: String = "L") -> HTML {
        let lines = SourceLines.of(text)
        var shown = 0
        var bytes = 0
        while shown < min(lines.count, linesMax), bytes < bytesMax {
            bytes += lines[shown].utf8.count
            shown += 1
        }
        let remarks = Dictionary(grouping: diagnostics.filter { $0.line > 0 }, by: \.line)
        return group {
            el(
                "ol", .class("source"), .attribute("tabindex", "0"), .role("list"),
                .aria("label", "The definition, by lines")
            ) {
                for number in 1...max(shown, 1) where number <= shown {
                    line(number, lines[number - 1], remarks[number] ?? [], name)
                }
            }
            if shown < lines.count {
                el("p", .class("muted small pad")) {
                    "\(lines.count - shown) further lines are not shown here; download the whole text."
                }
            }
        }
    }

    private static func line(
        _ number: Int, _ text: Substring, _ remarks: [Diagnostic], _ name: String
    ) -> HTML {
        let worst = remarks.contains { $0.severity == .error } ? "bad" : remarks.isEmpty ? nil : "wait"
        return el("li", .id("\(name)\(number)"), .class(worst), .data("line", "\(number)")) {
            el("code") {
                if let column = remarks.map(\.column).filter({ $0 > 0 }).min() {
                    marked(text, column)
                } else {
                    YAMLLine.markup(text)
                }
            }
            for remark in remarks { self.remark(remark) }
        }
    }

    private static func remark(_ diagnostic: Diagnostic) -> HTML {
        el("p", .class("remark", diagnostic.severity == .error ? "bad" : "wait")) {
            el("b") { diagnostic.severity == .error ? "Error: " : "Warning: " }
            diagnostic.message
            if let fix = diagnostic.fix { el("span", .class("fix")) { " Fix: \(fix)" } }
        }
    }

    /// The word at the column stands out.
    static func marked(_ text: Substring, _ column: Int) -> HTML {
        let scalars = text.unicodeScalars
        let from =
            scalars.index(
                scalars.startIndex, offsetBy: max(0, column - 1), limitedBy: scalars.endIndex)
            ?? scalars.endIndex
        let to = scalars[from...].firstIndex { $0 == " " || $0 == "," || $0 == "}" } ?? scalars.endIndex
        guard from < to else { return HTML(text) }
        return HTML(text[..<from]) + el("mark") { String(text[from..<to]) } + HTML(text[to...])
    }
}

/// The lines of a text, without what ends them.
enum SourceLines {
    static func of(_ text: String) -> [Substring] {
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
            $0.last == UInt8(ascii: "\r") ? Substring($0.dropLast()) : Substring($0)
        }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }
}

import FlowDrawing
import FlowModel
import FlowParsing
import HTMLMarkup
import WebPages

/// What the validator says of a definition, in words, each finding with the way to its line.
enum ReportView {
    /// Findings that a page shows.
    static let findingsMax = 200

    static func verdict(_ check: CheckedDefinition) -> HTML {
        badge(check.verdict, check.errorCount > 0 ? .bad : check.warningCount > 0 ? .wait : .good)
    }

    /// - Parameter showsLines: with an excerpt, where the text is not beside it.
    static func findings(
        _ diagnostics: [Diagnostic], of text: String, showsLines: Bool = false, name: String = "L"
    ) -> HTML {
        let lines = showsLines ? SourceLines.of(text) : []
        return group {
            el("ol", .class("findings"), .id("findings")) {
                for diagnostic in diagnostics.prefix(findingsMax) { finding(diagnostic, lines, name) }
            }
            if diagnostics.count > findingsMax {
                el("p", .class("muted small")) {
                    "\(diagnostics.count - findingsMax) further ones are not shown: mend these first."
                }
            }
        }
    }

    private static func finding(_ diagnostic: Diagnostic, _ lines: [Substring], _ name: String) -> HTML {
        let isError = diagnostic.severity == .error
        return el(
            "li", .class(isError ? "bad" : "wait"), .data("code", diagnostic.code),
            .data("line", diagnostic.line > 0 ? "\(diagnostic.line)" : nil)
        ) {
            el("div", .class("row")) {
                badge(isError ? "Error" : "Warning", isError ? .bad : .wait)
                if diagnostic.line > 0 {
                    el("a", .href("#\(name)\(diagnostic.line)"), .data("goto", "\(diagnostic.line)")) {
                        "Line \(diagnostic.line)"
                    }
                }
                if !diagnostic.stepPath.isEmpty {
                    el("span", .class("muted small")) { "step \(diagnostic.stepPath)" }
                }
                el("code", .class("muted small apart")) { diagnostic.code }
            }
            el("p") { diagnostic.message }
            if lines.indices.contains(diagnostic.line - 1) {
                el("pre", .class("excerpt")) {
                    SourceView.marked(lines[diagnostic.line - 1], diagnostic.column)
                }
            }
            if let fix = diagnostic.fix { el("p", .class("fix")) { "Fix: \(fix)" } }
        }
    }

    /// Marks of the steps that findings are about, for the picture.
    static func marks(_ diagnostics: [Diagnostic]) -> [String: StepMark] {
        var worst: [String: Diagnostic.Severity] = [:]
        for diagnostic in diagnostics {
            guard let step = diagnostic.stepPath.split(separator: "/").last.map(String.init) else { continue }
            if worst[step] != .error { worst[step] = diagnostic.severity }
        }
        return worst.mapValues { severity in
            StepMark(severity == .error ? "bad" : "wait", note: severity.rawValue)
        }
    }
}

import ConsoleParts
import HTMLMarkup
import Primitives
import WebPages

/// What the services logged of the execution while the step ran.
struct JournalPart {
    let reading: JournalReading
    let sight: ExecutionSight

    var html: HTML {
        el("div", .class("stack tight")) {
            el("div", .class("row apart")) {
                el("h3") { "Journal meanwhile" }
                el("code", .class("small muted")) { "fnfctl logs \(sight.name) -f" }
            }
            switch reading {
            case .unreadable(let reason, let advice):
                el("p", .class("muted small")) { reason }
                el("p", .class("small")) { advice }
            case .lines(let lines) where lines.isEmpty:
                el("p", .class("muted small")) { "No service logged a line of this execution in that time." }
            case .lines(let lines):
                el("ol", .class("journal"), .attribute("tabindex", "0"), .aria("label", "Journal lines")) {
                    for line in lines { self.line(line) }
                }
            }
        }
    }

    private func line(_ line: JournalLine) -> HTML {
        let tone = line.priority <= 3 ? "bad" : line.priority == 4 ? "wait" : nil
        let known: Set<String> = ["execution", "flow", "messageID"]
        let rest = line.fields.filter { !known.contains($0.key) }.sorted { $0.key < $1.key }
        return el("li", .class(tone)) {
            el("span", .class("muted")) { clock(line.time) }
            " "
            el("strong") { line.service }
            " \(line.message)"
            if !rest.isEmpty {
                el("span", .class("muted")) {
                    " (" + rest.map { "\($0.key)=\($0.value)" }.joined(separator: ", ") + ")"
                }
            }
        }
    }
}

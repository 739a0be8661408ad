import ConsoleParts
import HTMLMarkup
import Primitives
import WebPages

/// Input and output of a step as a difference, and what it changed for the steps behind it.
struct DataChangePart {
    private static let jsonBytesMax = 8 << 10

    let node: StoryNode

    var html: HTML {
        el("div", .class("stack tight")) {
            el("h3") { "Input ⇄ output" }
            if let input = node.input, let output = node.output {
                difference(TokenText.masked(input), TokenText.masked(output))
            } else if node.input == nil {
                el("p", .class("muted small")) { "Its input is not known up to here." }
            } else {
                el("p", .class("muted small")) {
                    node.state == .failed ? "It failed: there is no output." : "There is no output yet."
                }
            }
            if let before = node.listLocal, let after = node.localAfter, before != after {
                el("h3") { "What the steps behind it find changed" }
                difference(TokenText.masked(before), TokenText.masked(after), isBrief: true)
            }
            whole
        }
    }

    private func difference(_ before: JSONObject, _ after: JSONObject, isBrief: Bool = false) -> HTML {
        let (changes, more) = JSONChange.changes(from: before, to: after, countMax: 80)
        // Members that a step does not pass on are most of them, and nothing that it did.
        let dropped =
            isBrief ? [] : changes.filter { $0.kind == .removed && !$0.path.contains(where: Self.isInner) }
        let shown = changes.filter { change in
            isBrief ? change.kind != .kept : !dropped.contains { $0.path == change.path }
        }
        return group {
            if !shown.isEmpty || more > 0 {
                el("ul", .class("json-diff")) {
                    for change in shown { line(change) }
                    if more > 0 { el("li", .class("muted")) { "and \(more) more" } }
                }
            }
            if after.isEmpty {
                el("p", .class("muted small")) { "It gives nothing; what the list has stays as it is." }
            }
            if !dropped.isEmpty {
                el("p", .class("muted small")) {
                    "Only in the input: "
                    el("span", .class("mono")) { dropped.map(\.path).joined(separator: ", ") }
                }
            }
        }
    }

    private static func isInner(_ sign: Character) -> Bool { sign == "." || sign == "[" }

    private func line(_ change: JSONChange) -> HTML {
        let (sign, word) =
            switch change.kind {
            case .added: ("+", "added")
            case .changed: ("~", "changed")
            case .removed: ("−", "only in the input")
            case .kept: ("=", "the same")
            }
        return el("li", .class("is-\(change.kind.rawValue)")) {
            el("span", .class("diff-sign"), .title(word), .aria("hidden", "true")) { sign }
            el("span", .class("visually-hidden")) { word }
            el("span", .class("diff-path")) { change.path }
            el("span", .class("diff-values")) {
                if let before = change.before, change.kind != .kept {
                    el(change.kind == .changed ? "del" : "span") { shortValue(before) }
                }
                if change.kind == .changed { " → " }
                if let after = change.after { el("span") { shortValue(after) } }
            }
        }
    }

    private var whole: HTML {
        let parts: [(String, JSONValue?)] = [
            ("Input", node.input.map(JSONValue.object)), ("Result before its mappings", node.result),
            ("Output", node.output.map(JSONValue.object)),
        ]
        return el("details", .id("whole-data")) {
            el("summary") { "As JSON" }
            el("div", .class("stack tight")) {
                for (title, value) in parts {
                    if let value {
                        el("h4") { title }
                        jsonView(TokenText.masked(value).text, bytesMax: Self.jsonBytesMax)
                    }
                }
            }
        }
    }
}

import ConsoleParts
import HTMLMarkup
import Primitives
import WebPages

/// The services side by side, each with its state.
enum UnitStrip {
    static func markup(_ reading: UnitReading, now: Timestamp) -> HTML {
        el("section", .class("stack tight"), .id("units"), .data("part", "")) {
            el("h2") { "Services" }
            switch reading {
            case .unknown(let reason, let advice):
                notice(.still) {
                    el("p") { reason }
                    if let advice { el("p", .class("small muted")) { advice } }
                }
            case .known(let units):
                el("ul", .class("units")) { for unit in units { item(unit, now) } }
            }
        }
    }

    private static func item(_ unit: UnitState, _ now: Timestamp) -> HTML {
        el("li", .class("unit", unit.condition.rawValue), .data("unit", unit.name)) {
            el("div", .class("row apart")) {
                el("strong") { unit.name }
                el("span", .title(unit.word)) {
                    badge(words[unit.condition] ?? unit.word, tone(unit.condition))
                }
            }
            el("p", .class("small muted")) { details(unit, now).joined(separator: " · ") }
        }
    }

    private static func details(_ unit: UnitState, _ now: Timestamp) -> [String] {
        var parts: [String] = []
        switch unit.condition {
        case .sleeping: parts.append("its first call starts it")
        case .off: parts.append("nothing starts it")
        case .failed: parts.append(unit.word)
        default: break
        }
        if let since = unit.since, unit.condition != .sleeping {
            parts.append(
                "for \(MomentText.length(max(0, since.duration(to: now).components.seconds), .english))")
        }
        if let bytes = unit.memoryBytes { parts.append(ByteText.text(bytes)) }
        if let restarts = unit.restarts, restarts > 0 {
            parts.append(restarts == 1 ? "restarted once" : "restarted \(restarts) times")
        }
        return parts
    }

    private static let words: [UnitState.Condition: String] = [
        .serving: "Serving", .sleeping: "Sleeping", .starting: "Starting", .stopping: "Stopping",
        .failed: "Failed", .off: "Off",
    ]

    private static func tone(_ condition: UnitState.Condition) -> Tone {
        switch condition {
        case .serving: .good
        case .starting, .stopping: .run
        case .failed: .bad
        case .off: .wait
        case .sleeping: .still
        }
    }
}

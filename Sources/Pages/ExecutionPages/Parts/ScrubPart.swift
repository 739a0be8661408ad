import FlowModel
import HTMLMarkup
import Primitives
import WebPages

/// The bar that leads through the events. Links without the script, a slider with it.
struct ScrubPart {
    let sight: ExecutionSight
    let links: SightLinks

    private var shown: HistoryEvent? { sight.events.last { $0.eventID <= sight.shown } }

    var html: HTML {
        el("section", .class("card scrub"), .aria("label", "Event by event")) {
            el("div", .class("row apart"), .id("scrub-say"), .data("part", ""), .aria("live", "off")) {
                el("div", .class("row")) {
                    el("strong") { "Event \(sight.shown) of \(sight.last)" }
                    if let shown {
                        el("span") {
                            shown.stepName.isEmpty
                                ? shown.type.rawValue : "\(shown.type.rawValue) \(shown.stepName)"
                        }
                        el("span", .class("muted mono")) { clock(shown.time) }
                        if let began = sight.story.execution?.began {
                            el("span", .class("muted")) { "+\(span(began.duration(to: shown.time)))" }
                        }
                    }
                }
                if sight.at != nil {
                    el(
                        "a", .class("button small"), .id("event-live"), .href(links.event(nil)),
                        .data("soft", "")
                    ) {
                        sight.isOpen ? "Back to now" : "Back to the end"
                    }
                }
            }
            el(
                "form", .class("scrubber"), .attribute("method", "get"), .action(links.path),
                .data("scrub", "")
            ) {
                if let step = links.step { void("input", .type("hidden"), .name("step"), .value(step)) }
                if let run = links.run { void("input", .type("hidden"), .name("run"), .value("\(run)")) }
                el("span", .id("scrub-back"), .data("part", "")) {
                    move("event-back", sight.shown > 1 ? sight.shown - 1 : nil, "‹", "The event before")
                }
                el("span", .class("slider"), .id("scrub-range"), .data("part", "")) {
                    void(
                        "input", .type("range"), .name("at"), .id("at"), .attribute("min", "1"),
                        .attribute("max", "\(max(sight.last, 1))"), .value("\(max(sight.shown, 1))"),
                        .aria("label", "Event"), .attribute("aria-valuetext", valueText))
                }
                el("span", .id("scrub-on"), .data("part", "")) {
                    move("event-on", sight.shown < sight.last ? sight.shown + 1 : nil, "›", "The next event")
                }
                el("button", .type("submit"), .class("small if-no-script")) { "Show" }
            }
        }
    }

    private var valueText: String {
        "Event \(sight.shown) of \(sight.last)" + (shown.map { ", \($0.type.rawValue) \($0.stepName)" } ?? "")
    }

    private func move(_ id: String, _ event: Int64?, _ sign: String, _ label: String) -> HTML {
        guard let event else {
            return el("span", .class("button small off"), .aria("hidden", "true")) { sign }
        }
        return el(
            "a", .class("button small"), .id(id), .href(links.event(event)), .data("soft", ""),
            .aria("label", label)
        ) { sign }
    }
}

import FlowModel
import HTMLMarkup
import Primitives
import WebPages

/// The events, a page at a time; each is a link to how things stood with it.
struct EventsPart {
    static let countMax = 60

    let sight: ExecutionSight
    let links: SightLinks
    /// The first event of the page, when one was asked for.
    let from: Int64?

    var html: HTML {
        el("section", .class("card flush"), .id("events"), .data("part", ""), .aria("label", "Events")) {
            el("div", .class("head ex-pad")) {
                el("h2") { "Events" }
                el("span", .class("muted small")) { "\(sight.last) in all" }
            }
            if let gap = sight.gap {
                el("p", .class("ex-pad muted small")) {
                    "This history is long: the first \(gap.lowerBound - 1) events and those from "
                        + "\(gap.upperBound + 1) on were read. The bar above leads to the others."
                }
            }
            el("div", .class("scroll")) {
                el("table", .class("history")) {
                    el("thead") {
                        el("tr") {
                            for title in ["Event", "Time", "What", "Step", "Detail"] {
                                el("th", .attribute("scope", "col")) { title }
                            }
                        }
                    }
                    el("tbody") { for event in page { row(event) } }
                }
            }
            pages
        }
    }

    /// With the shown event in its middle where none was asked for.
    private var start: Int {
        let events = sight.events
        if let from {
            return events.firstIndex { $0.eventID >= from } ?? max(0, events.count - Self.countMax)
        }
        guard let at = sight.at, let place = events.firstIndex(where: { $0.eventID >= at }) else {
            return max(0, events.count - Self.countMax)
        }
        return max(0, min(place - Self.countMax / 2, events.count - Self.countMax))
    }

    private var page: ArraySlice<HistoryEvent> { sight.events.dropFirst(start).prefix(Self.countMax) }

    private var pages: HTML {
        let (start, count) = (start, sight.events.count)
        guard count > Self.countMax else { return HTML() }
        return el("nav", .class("pages"), .aria("label", "Pages of events")) {
            if start > 0 {
                let before = sight.events[max(0, start - Self.countMax)].eventID
                el("a", .class("button small"), .href(links.list(from: before)), .data("soft", "")) {
                    "Earlier"
                }
            }
            if start + Self.countMax < count {
                let next = sight.events[start + Self.countMax].eventID
                el("a", .class("button small"), .href(links.list(from: next)), .data("soft", "")) { "Later" }
            }
        }
    }

    private func row(_ event: HistoryEvent) -> HTML {
        let isShown = event.eventID == sight.shown
        let isAhead = event.eventID > sight.shown
        return el(
            "tr", .class(isShown ? "shown" : isAhead ? "ahead" : nil),
            .aria("current", isShown ? "true" : nil)
        ) {
            el("td", .class("end")) {
                el("a", .href(links.event(event.eventID)), .data("soft", ""), .id("event-\(event.eventID)")) {
                    "\(event.eventID)"
                }
            }
            el("td", .class("nowrap mono")) { clock(event.time) }
            el("td", .class("nowrap")) { event.type.rawValue }
            el("td") {
                if !event.stepName.isEmpty {
                    el("a", .href(links.step(event.stepName)), .data("soft", "")) { event.stepName }
                }
            }
            el("td", .class("mono detail")) { detail(event) }
        }
    }

    private func detail(_ event: HistoryEvent) -> String {
        let stored = event.stored
        guard !stored.isEmpty else { return "" }
        let text = JSONValue.object(TokenText.masked(stored)).text
        return text.utf8.count > 160 ? String(text.prefix(150)) + " …" : text
    }
}

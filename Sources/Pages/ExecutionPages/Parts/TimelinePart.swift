import ConsoleParts
import FlowModel
import HTMLMarkup
import Primitives
import WebPages

/// The time line: a row for each step, branch and iteration, with a bar for each attempt. Idle gaps are
/// short.
struct TimelinePart {
    let sight: ExecutionSight
    let links: SightLinks
    let chosen: Int?
    let unfolded: Int64?
    private let scale: TimeScale
    private var story: ExecutionStory { sight.story }

    init(_ sight: ExecutionSight, _ links: SightLinks, chosen: Int?, unfolded: Int64?) {
        self.sight = sight
        self.links = links
        self.chosen = chosen
        self.unfolded = unfolded
        var times = sight.events.prefix { $0.eventID <= sight.shown }.map(\.time)
        times.append(max(sight.moment, times.last ?? sight.moment))
        scale = TimeScale(times)
    }

    var html: HTML {
        el(
            "section", .class("card timeline"), .id("timeline"), .data("part", ""),
            .aria("label", "Time line")
        ) {
            el("div", .class("head")) {
                el("h2") { "Time line" }
                el("span", .class("muted small")) {
                    scale.breaks.isEmpty ? "" : "idle times are drawn short, with their real length above"
                }
            }
            HTML(trusted: Self.patterns)
            if story.nodes.count <= 1 {
                emptyState("Nothing yet", "The first step shows up here as soon as it is entered.")
            } else {
                el("div", .class("lanes"), .role("list")) {
                    axis
                    for row in TimelineRows(story, unfolded: unfolded).rows { self.row(row) }
                }
            }
        }
    }

    /// Hatches for waits, one of each tone; colours are the style sheet's.
    private static let patterns: String = {
        let patterns = ["good", "bad", "wait", "run", "still"].map { tone in
            "<pattern id=\"hatch-\(tone)\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" "
                + "patternTransform=\"rotate(45)\"><rect width=\"7\" height=\"7\" class=\"hatch \(tone)\"/>"
                + "<line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"7\" class=\"hatch \(tone)\"/></pattern>"
        }
        return
            "<svg class=\"patterns\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>\(patterns.joined())"
            + "</defs></svg>"
    }()

    private func percent(_ place: Double) -> String {
        let hundredths = Int((min(max(place, 0), 1) * 10_000).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)%"
    }

    private var axis: HTML {
        let start = story.nodes[0].began
        var marks = ""
        for one in scale.breaks {
            let middle = percent((one.from + one.to) / 2)
            marks += "<text class=\"gap\" x=\"\(middle)\" y=\"11\">\(HTML(span(one.length)).markup)</text>"
        }
        for mark in scale.marks(apart: 0.17) {
            let text = mark.place == 0 ? clock(start).prefix(8) : "+\(span(start.duration(to: mark.time)))"
            marks +=
                "<line class=\"tick\" x1=\"\(percent(mark.place))\" x2=\"\(percent(mark.place))\" y1=\"19\" "
                + "y2=\"36\"/><text class=\"when\" x=\"\(percent(mark.place))\" y=\"31\" dx=\"4\">"
                + "\(HTML(text).markup)</text>"
        }
        return el("div", .class("lane axis"), .aria("hidden", "true")) {
            el("span", .class("lane-name")) { "" }
            HTML(trusted: "<svg class=\"bars\" width=\"100%\" height=\"36\">\(breakBands)\(marks)</svg>")
            el("span", .class("lane-took")) { "" }
        }
    }

    private var breakBands: String {
        scale.breaks.map { one in
            "<rect class=\"gap\" x=\"\(percent(one.from))\" y=\"0\" width=\"\(percent(one.to - one.from))\" "
                + "height=\"100%\"/>"
        }.joined()
    }

    private func row(_ row: TimelineRows.Row) -> HTML {
        switch row {
        case .node(let index, let depth): return lane(index, depth)
        case .folded(let index, let depth, let counts):
            let node = story.nodes[index]
            let said = counts.map { "\($1) \($0.word)" }.joined(separator: ", ")
            let count = counts.reduce(0) { $0 + $1.1 }
            let link =
                ConsolePaths.with(
                    links.path,
                    [
                        ("at", links.at.map { "\($0)" }), ("step", links.step),
                        ("run", links.run.map { "\($0)" }), ("unfold", "\(node.eventID)"),
                    ]) + "#timeline"
            return el("div", .class("lane folded"), .role("listitem")) {
                el("a", .class("lane-name", "more", "in-\(min(depth, 5))"), .href(link), .data("soft", "")) {
                    "\(count) more"
                }
                el("span", .class("small muted")) { said }
                el("span", .class("lane-took")) { "" }
            }
        case .cut(let count):
            return el("p", .class("muted small")) {
                "\(count) more rows are left out. The list of events below has everything."
            }
        }
    }

    private func lane(_ index: Int, _ depth: Int) -> HTML {
        let node = story.nodes[index]
        let took = span(node.took(now: sight.moment))
        let attempts = node.attempts.count > 1 ? ", \(node.attempts.count) attempts" : ""
        return el("div", .class("lane", index == chosen ? "chosen" : nil), .role("listitem")) {
            el(
                "a", .class("lane-name", "in-\(min(depth, 5))", node.state.tone.rawValue),
                .id("lane-\(node.eventID)-\(index)"), .href(links.node(node)), .data("soft", ""),
                .aria("current", index == chosen ? "true" : nil),
                .title("\(node.label): \(node.state.word)\(attempts), \(took)")
            ) {
                el("i", .class("state-dot", node.state.tone.rawValue, node.state.isOpen ? "open" : nil))
                el("span") { node.label }
                el("span", .class("visually-hidden")) { ", \(node.state.word)\(attempts)" }
            }
            HTML(
                trusted: "<svg class=\"bars\" width=\"100%\" height=\"26\" aria-hidden=\"true\">\(breakBands)"
                    + "\(bars(of: node))</svg>")
            el("span", .class("lane-took")) { progress(node) ?? took }
        }
    }

    /// `37 of 100`
    private func progress(_ node: StoryNode) -> String? {
        guard let count = node.forkCount, count > 0, node.kind == .step else { return nil }
        let done = node.children.count { !story.nodes[$0].state.isOpen }
        return done == count ? nil : "\(done) of \(count)"
    }
}

extension TimelinePart {
    private func bars(of node: StoryNode) -> String {
        let end = node.ended ?? sight.moment
        if !node.attempts.isEmpty { return node.attempts.map { bars(of: $0, node) }.joined() }
        let isWait = node.until != nil
        if isWait { return bar(node.began, end, node.state.tone, isHatched: true, height: 14) }
        let isFrame = !node.children.isEmpty || node.kind != .step
        return bar(node.began, end, node.state.tone, isHatched: false, height: isFrame ? 6 : 14)
    }

    /// The call solid, what follows it until the report hatched, the pause behind it a line.
    private func bars(of attempt: StoryAttempt, _ node: StoryNode) -> String {
        let isLast = attempt == node.attempts.last
        let end = attempt.ended ?? node.ended ?? sight.moment
        let tone: Tone =
            attempt.failure != nil || attempt.ending == .taskTimedOut
            ? (isLast && node.state == .failed ? .bad : .wait) : isLast ? node.state.tone : .still
        var drawn = ""
        if let submitted = attempt.submitted, submitted < end {
            drawn += bar(attempt.scheduled, submitted, tone, isHatched: false, height: 14)
            drawn += bar(submitted, end, tone, isHatched: true, height: 14)
        } else {
            drawn += bar(attempt.scheduled, end, tone, isHatched: false, height: 14)
        }
        if attempt.failure != nil {
            drawn +=
                "<text class=\"fault\" x=\"\(percent(scale.place(of: end)))\" y=\"17\" dx=\"-4\">×</text>"
        }
        if let retryAt = attempt.retryAt {
            let next = node.attempts.first { $0.number == attempt.number + 1 }?.scheduled
            let until = next ?? min(retryAt, sight.moment)
            drawn +=
                "<line class=\"pause\" x1=\"\(percent(scale.place(of: end)))\" "
                + "x2=\"\(percent(scale.place(of: until)))\" y1=\"13\" y2=\"13\"/>"
        }
        return drawn
    }

    private func bar(_ from: Timestamp, _ to: Timestamp, _ tone: Tone, isHatched: Bool, height: Int) -> String
    {
        let (left, right) = (scale.place(of: from), scale.place(of: to))
        let top = (26 - height) / 2
        // What took no time is seen all the same.
        if right - left < 0.004 {
            return
                "<circle class=\"run-bar \(tone.rawValue)\" cx=\"\(percent(min(max(left, 0.006), 0.994)))\" "
                + "cy=\"13\" r=\"4\"/>"
        }
        let fill = isHatched ? " fill=\"url(#hatch-\(tone.rawValue))\"" : ""
        return "<rect class=\"\(isHatched ? "hatched" : "run-bar") \(tone.rawValue)\" x=\"\(percent(left))\" "
            + "y=\"\(top)\" width=\"\(percent(right - left))\" height=\"\(height)\" rx=\"3\"\(fill)/>"
    }
}

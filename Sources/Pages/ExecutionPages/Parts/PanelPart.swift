import ConsoleParts
import FlowDefinition
import FlowModel
import HTMLMarkup
import Primitives
import WebPages

/// One run of one step: what it was given and gave, how each value came about, its attempts, what it waits
/// for and what the services logged meanwhile.
struct PanelPart {
    let sight: ExecutionSight
    let links: SightLinks
    let chosen: Int?
    let journal: JournalReading?
    let request: PageRequest

    var story: ExecutionStory { sight.story }

    var html: HTML {
        el(
            "section", .class("card panel"), .id("panel"), .data("part", ""), .aria("label", "Step"),
            .attribute("tabindex", "-1")
        ) {
            if let chosen {
                run(story.nodes[chosen], chosen)
            } else if let name = links.step, let step = story.step(name) {
                el("div", .class("head")) {
                    el("h2") { name }
                    badge(story.states[name]?.word ?? "", story.states[name]?.tone ?? .still)
                }
                el("p", .class("muted")) {
                    "The \(step.body.typeName) has not been entered up to event \(sight.shown)."
                }
            } else {
                emptyState("No step chosen", "Choose a step in the picture or the time line to see its data.")
            }
        }
    }

    private func run(_ node: StoryNode, _ index: Int) -> HTML {
        let step = node.kind == .step ? story.step(node.name) : nil
        return group {
            head(node, index, step)
            if let failure = node.failure { self.failure(node, failure) }
            CallbackPart(sight: sight, node: node, step: step, links: links, request: request).html
            wait(node)
            attempts(node)
            if node.kind == .step { DataChangePart(node: node).html }
            if let step { mappings(node, step) }
            if let journal { JournalPart(reading: journal, sight: sight).html }
        }
    }

    private func head(_ node: StoryNode, _ index: Int, _ step: Step?) -> HTML {
        group {
            place(index)
            el("div", .class("head")) {
                el("h2") { node.label }
                if let step { el("span", .class("muted small")) { step.body.typeName } }
                badge(node.state.word, node.state.tone)
            }
            runs(node)
            el("dl", .class("strip")) {
                fact("Entered", "\(clock(node.began))")
                if let ended = node.ended { fact("Left", clock(ended)) }
                if node.ended == nil, sight.at == nil, sight.isOpen {
                    el("div") {
                        el("dt") { "For" }
                        el("dd", .data("since", node.began.description)) {
                            span(node.took(now: sight.moment))
                        }
                    }
                } else {
                    fact("Took", span(node.took(now: sight.moment)))
                }
                if let branch = node.branch { fact("Took branch", branchText(branch, step)) }
                if let goto = node.goto { fact("Went on at", goto) }
                if let child = node.child {
                    el("div") {
                        el("dt") { "Started" }
                        el("dd") {
                            el("a", .href(ConsolePaths.execution(child.flow, child.name))) {
                                "\(child.flow)/\(child.name)"
                            }
                        }
                    }
                }
            }
        }
    }

    private func fact(_ name: String, _ text: String) -> HTML {
        el("div") {
            el("dt") { name }
            el("dd") { text }
        }
    }

    private func branchText(_ branch: JSONValue, _ step: Step?) -> String {
        guard let number = branch.integerValue else { return branch.stringValue ?? branch.text }
        if case .choice(let choice) = step?.body, choice.branches.indices.contains(Int(number)) {
            return choice.branches[Int(number)].condition.text
        }
        return "\(number)"
    }

    /// What contains it: `each / [3] / ask`.
    private func place(_ index: Int) -> HTML? {
        let path = story.path(to: index).dropFirst()
        guard path.count > 1 else { return nil }
        return el("nav", .class("crumbs"), .aria("label", "Within")) {
            for place in path.dropLast() {
                el("a", .href(links.node(story.nodes[place])), .data("soft", "")) { story.nodes[place].label }
            }
            el("span") { story.nodes[index].label }
        }
    }

    private func runs(_ node: StoryNode) -> HTML? {
        guard node.kind == .step else { return nil }
        let runs = story.runs(of: node.name)
        guard runs.count > 1, let place = runs.firstIndex(where: { story.nodes[$0].eventID == node.eventID })
        else { return nil }
        return el("div", .class("row small")) {
            el("span", .class("muted")) { "Run \(place + 1) of \(runs.count)" }
            if place > 0 {
                el("a", .href(links.node(story.nodes[runs[place - 1]])), .data("soft", "")) {
                    "the one before"
                }
            }
            if place + 1 < runs.count {
                el("a", .href(links.node(story.nodes[runs[place + 1]])), .data("soft", "")) { "the next one" }
            }
        }
    }

    private func failure(_ node: StoryNode, _ failure: FlowFailure) -> HTML {
        notice(node.state == .caught ? .wait : .bad) {
            el("strong") { failure.error }
            if node.state == .caught { " was caught" + (node.goto.map { ", on to \($0)" } ?? "") }
            if !failure.cause.isEmpty { el("p", .class("cause")) { failure.cause } }
        }
    }

    private func wait(_ node: StoryNode) -> HTML? {
        guard let until = node.until else { return nil }
        guard node.state == .waiting, sight.at == nil, sight.isOpen else {
            return el("p", .class("muted")) { "It waited until \(until)." }
        }
        return notice(.wait) {
            "It waits until \(until): "
            el("strong", .data("deadline", until.description)) {
                span(sight.now.duration(to: max(until, sight.now)))
            }
            " to go."
        }
    }
}

extension PanelPart {
    private func attempts(_ node: StoryNode) -> HTML? {
        guard !node.attempts.isEmpty else { return nil }
        return el("div", .class("stack tight")) {
            el("h3") { node.attempts.count == 1 ? "The call" : counted(node.attempts.count, "attempt") }
            el("ol", .class("attempts")) {
                for attempt in node.attempts.suffix(50) { self.attempt(attempt, node) }
            }
        }
    }

    private func attempt(_ attempt: StoryAttempt, _ node: StoryNode) -> HTML {
        let end = attempt.ended ?? node.ended ?? sight.moment
        return el("li") {
            el("div", .class("row")) {
                el("span", .class("mono")) { clock(attempt.scheduled) }
                outcome(attempt, node)
                el("span", .class("muted")) {
                    span(attempt.scheduled.duration(to: max(end, attempt.scheduled)))
                }
                if let submitted = attempt.submitted, attempt.ending == nil || submitted < end {
                    el("span", .class("muted small")) {
                        "taken after \(span(attempt.scheduled.duration(to: submitted)))"
                    }
                }
            }
            if let failure = attempt.failure {
                el("p", .class("cause")) {
                    el("strong") { failure.error }
                    failure.cause.isEmpty ? "" : " – \(failure.cause)"
                }
            }
            if let retryAt = attempt.retryAt {
                el("p", .class("muted small")) {
                    "The next attempt "
                        + (attempt.number + 1 < Int64(node.attempts.count) ? "came after " : "comes after ")
                        + span(end.duration(to: max(retryAt, end))) + "."
                }
            }
        }
    }

    private func outcome(_ attempt: StoryAttempt, _ node: StoryNode) -> HTML {
        switch attempt.ending {
        case .taskSucceeded: badge("succeeded", .good)
        case .taskTimedOut: badge("timed out", .bad)
        case .taskSubmitFailed: badge("not taken", .bad)
        case .taskFailed: badge("failed", .bad)
        default:
            node.state == .stopped
                ? badge("abandoned", .still)
                : attempt.submitted == nil ? badge("on its way", .run) : badge("waits for its report", .wait)
        }
    }

    private func mappings(_ node: StoryNode, _ step: Step) -> HTML? {
        let traces = MappingTrace.traces(of: node, step)
        let parts = MappingTrace.Part.allCases.filter { part in traces.contains { $0.part == part } }
        guard !parts.isEmpty else {
            guard step.inputMappings == nil, step.outputMappings == nil else { return nil }
            return el("p", .class("muted small")) {
                "The step has no mappings: its input is the list's input with what steps before it gave."
            }
        }
        return el("div", .class("stack tight")) {
            el("h3") { "Where each value came from" }
            for part in parts {
                el("div", .class("scroll")) {
                    el("table", .class("mappings")) {
                        el("caption") { "\(part.rawValue)Mappings" }
                        el("thead", .class("visually-hidden")) {
                            el("tr") {
                                for title in ["Target", "Source", "Value"] {
                                    el("th", .attribute("scope", "col")) { title }
                                }
                            }
                        }
                        el("tbody") { for trace in traces where trace.part == part { row(trace) } }
                    }
                }
            }
        }
    }

    private func row(_ trace: MappingTrace) -> HTML {
        el("tr") {
            el("th", .attribute("scope", "row"), .class("mono")) { trace.target }
            el("td", .class("mono map-source")) { "← \(trace.source)" }
            el("td", .class("mono")) {
                if let value = trace.value {
                    shortValue(value)
                } else {
                    el("span", .class("missing")) { "not there" }
                }
            }
        }
    }
}

/// A value on one line, cut where it is long.
func shortValue(_ value: JSONValue, max: Int = 120) -> HTML {
    let text = TokenText.masked(value).text
    return HTML(text.count > max ? String(text.prefix(max - 10)) + " …" : text)
}

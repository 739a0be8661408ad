import FlowDefinition
import FlowDrawing
import HTMLMarkup
import Primitives
import WebPages

/// The flow's picture with what became of each step.
struct GraphPart {
    /// A picture of more is no picture any more, and heavy.
    private static let stepsMax = 250

    let sight: ExecutionSight
    let links: SightLinks
    let chosen: Int?

    var html: HTML {
        el("section", .class("card graph-card"), .id("graph"), .data("part", ""), .aria("label", "Flow")) {
            el("div", .class("head")) {
                el("h2") { "Flow" }; legend
            }
            picture
        }
    }

    private var picture: HTML {
        guard let definition = sight.definition else {
            return el("p", .class("muted")) {
                "The definition that this execution runs can't be read here; its events are below."
            }
        }
        guard definition.allSteps.count <= Self.stepsMax else {
            return el("p", .class("muted")) {
                "The flow has \(definition.allSteps.count) steps, too many to be drawn. The time line has "
                    + "those that were entered."
            }
        }
        return el("div", .class("graph")) {
            HTML(
                trusted: SVGText.embedded(
                    definition, title: "The flow \(sight.flow), as it stands at event \(sight.shown)",
                    name: "run", marks: marks))
        }
    }

    private var marks: [String: StepMark] {
        let states = sight.story.states
        var runs: [String: [StoryNode]] = [:]
        for node in sight.story.nodes where node.kind == .step { runs[node.name, default: []].append(node) }
        let chosenName = chosen.map { sight.story.nodes[$0].name } ?? links.step
        var marks: [String: StepMark] = [:]
        for (name, state) in states {
            let isQuiet = state == .ahead || state == .skipped
            let classes = [
                isQuiet ? "dim" : state.tone.rawValue, "is-\(state.rawValue)",
                name == chosenName ? "chosen" : "",
            ]
            marks[name] = StepMark(
                classes.filter { !$0.isEmpty }.joined(separator: " "),
                note: runs[name].map { note($0, state) }, link: links.step(name))
        }
        return marks
    }

    /// `succeeded · 2 attempts · 1.2 s`; of a step that ran many times, how many of them.
    private func note(_ runs: [StoryNode], _ state: StoryState) -> String {
        guard let last = runs.last else { return "" }
        var parts: [String] = []
        if runs.count > 1 {
            let ended = runs.count { !$0.state.isOpen }
            parts.append(ended == runs.count ? "\(runs.count)×" : "\(ended) of \(runs.count)")
        }
        if let count = last.forkCount, count > 0, last.state.isOpen {
            let done = last.children.count { !sight.story.nodes[$0].state.isOpen }
            parts.append("\(done) of \(count) done")
        }
        switch state {
        case .succeeded: break
        default: parts.append(state.word)
        }
        let attempts = runs.map(\.attempts.count).max() ?? 0
        if attempts > 1 { parts.append(counted(attempts, "attempt")) }
        if runs.count == 1 { parts.append(span(last.took(now: sight.moment))) }
        return parts.joined(separator: " · ")
    }

    private var legend: HTML {
        let present = Set(sight.story.states.values)
        return el("div", .class("legend small")) {
            for state in StoryState.allCases where present.contains(state) {
                el("span", .class("legend-key", state.tone.rawValue, "is-\(state.rawValue)")) { state.word }
            }
        }
    }
}

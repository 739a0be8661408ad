import FlowDefinition
import FlowEngineAPI
import ConsoleParts
import FlowDrawing
import FlowModel
import FlowSimulation
import HTMLMarkup
import Primitives
import WebPages

/// What came of a simulation: its end, its way on the picture, its history, what it covered.
struct SimulationResultView {
    /// Events that a page shows.
    static let eventsShownMax = 300

    let page: SimulatePage
    let run: SimulationRun

    private var outcome: SimulationOutcome { run.outcome }

    var view: HTML {
        el("div", .class("stack"), .id("outcome")) {
            summary
            el("section", .class("card flush"), .id("way")) {
                el("div", .class("cardhead")) { el("h2") { "The way it went" } }
                FlowParts.picture(
                    page.definition, title: "The way of the simulation through \(page.record.name)",
                    marks: SimulationMarks.of(outcome, page.definition.allSteps.map(\.name)))
            }
            history
            command
        }
    }

    private var summary: HTML {
        el("section", .class("card stack"), .id("end")) {
            el("div", .class("head")) {
                el("h2") { "How it ended" }
                executionBadge(outcome.status.rawValue)
            }
            if outcome.ending != .ended {
                notice(.wait) { sentence("\(outcome.ending)") }
            }
            facts(
                [
                    ("Virtual time", HTML(MomentText.took(outcome.duration))),
                    ("Events", HTML("\(outcome.events.count)")),
                    ("Steps entered", HTML("\(run.coverage.stepsSeen.count) of \(run.coverage.steps.count)")),
                    (
                        "Branches taken",
                        HTML("\(run.coverage.branchesSeen.count) of \(run.coverage.branches.count)")
                    ),
                ]
                    + (outcome.failure.map { failure in
                        [("Error", el("code") { failure.error })]
                            + (failure.cause.isEmpty ? [] : [("Cause", HTML(failure.cause))])
                    } ?? []))
            if let output = outcome.output {
                el("h3") { "Output" }
                jsonView(output.text)
            }
            missed
        }
    }

    private func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() + "." }

    private var missed: HTML {
        let steps = run.coverage.stepsMissed
        let branches = run.coverage.branchesMissed
        guard !steps.isEmpty || !branches.isEmpty else {
            return el("p", .class("muted")) { "Every step and every branch was gone through." }
        }
        return el("details", .id("missed")) {
            el("summary") { "What this run did not go through" }
            el("ul", .class("bullets")) {
                for step in steps.prefix(100) {
                    el("li") {
                        "step "; el("code") { step }
                    }
                }
                for branch in branches.prefix(100) {
                    el("li") {
                        "branch "; el("code") { branch }
                    }
                }
            }
        }
    }

    private var history: HTML {
        el("section", .class("card flush"), .id("history")) {
            el("div", .class("cardhead")) {
                el("h2") { "History" }
                el("span", .class("muted small")) { "\(CountText.of(outcome.events.count, "event"))" }
            }
            el(
                "div", .class("scroll limited"), .attribute("tabindex", "0"), .role("region"),
                .aria("label", "History")
            ) {
                el("table", .class("events")) {
                    el("thead") {
                        el("tr") {
                            el("th", .class("end"), .attribute("scope", "col")) { "#" }
                            for name in ["Event", "Step", "After"] {
                                el("th", .attribute("scope", "col")) { name }
                            }
                            el("th", .attribute("scope", "col")) { "Detail" }
                        }
                    }
                    el("tbody") { for event in outcome.events.prefix(Self.eventsShownMax) { row(event) } }
                }
            }
            if outcome.events.count > Self.eventsShownMax {
                el("p", .class("muted small pad")) {
                    "\(outcome.events.count - Self.eventsShownMax) further events are not shown: fnfctl flow "
                        + "simulate shows all."
                }
            }
        }
    }

    private func row(_ event: HistoryEvent) -> HTML {
        let type = event.type.rawValue
        let tone =
            type.hasSuffix("Failed") || type.hasSuffix("TimedOut")
            ? "bad" : type == "ExecutionSucceeded" ? "good" : nil
        return el("tr", .class(tone), .data("event", type)) {
            el("td", .class("end muted")) { "\(event.eventID)" }
            el("td") { type }
            el("td") { event.stepName }
            el("td", .class("muted nowrap")) {
                let offset = run.begun.duration(to: event.time)
                if offset != .zero { "+\(MomentText.took(offset))" }
            }
            el("td") {
                if !event.detail.isEmpty {
                    let text = JSONValue.object(event.detail).text
                    el("details") {
                        el("summary", .class("mono clamp")) { String(text.prefix(80)) }
                        jsonView(text, bytesMax: 4 << 10)
                    }
                }
            }
        }
    }

    private var command: HTML {
        el("section", .class("card stack tight"), .id("terminal")) {
            el("h2") { "In a terminal" }
            el("p", .class("muted small")) { "The same run. mocks.yaml holds what is below." }
            copyLine(
                ShellText.command([
                    "fnfctl", "flow", "simulate", "FILE", "--input", page.form.inputText, "--mock",
                    "mocks.yaml",
                ]), .english)
            el("details", .id("mocks")) {
                el("summary") { "mocks.yaml" }
                el("pre", .class("code")) { page.form.mocksText }
            }
        }
    }
}

/// Which steps a run went through, as marks of the picture.
enum SimulationMarks {
    static func of(_ outcome: SimulationOutcome, _ steps: [String]) -> [String: StepMark] {
        var entered: [String: Int] = [:]
        var failed: Set<String> = []
        var open: [String: Int] = [:]
        for event in outcome.events where !event.stepName.isEmpty {
            switch event.type {
            case .stepEntered:
                entered[event.stepName, default: 0] += 1
                open[event.stepName, default: 0] += 1
            case .stepFailed, .taskFailed, .taskTimedOut, .taskSubmitFailed: failed.insert(event.stepName)
            case .stepExited, .stepSucceeded: failed.remove(event.stepName)
            default: break
            }
            if event.type == .stepExited || event.type == .stepFailed {
                open[event.stepName, default: 0] -= 1
            }
        }
        let caught = Set(
            outcome.events.filter { $0.type == .stepExited && $0.detail["goto"] != nil }.map(\.stepName))
        return Dictionary(
            steps.map { step in
                guard let count = entered[step] else { return (step, StepMark("dim")) }
                let note = count > 1 ? "\(count) times" : nil
                if failed.contains(step) { return (step, StepMark("bad", note: note ?? "failed")) }
                if caught.contains(step) { return (step, StepMark("wait", note: note ?? "caught")) }
                if open[step, default: 0] > 0, outcome.ending != .ended {
                    return (step, StepMark("run", note: "waits"))
                }
                return (step, StepMark("good", note: note))
            }
        ) { first, _ in first }
    }
}

/// `1 event`, `3 events`
enum CountText {
    static func of(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}

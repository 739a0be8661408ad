import FlowEngineAPI
import HTMLMarkup
import Primitives
import WebPages

/// Where an open execution stands, and what it waits for there.
enum StepText {
    /// More would make a row of a list a page.
    private static let shownMax = 2

    static func markup(_ execution: FoundExecution) -> HTML {
        guard !execution.steps.isEmpty else { return ending(execution) }
        let rest = execution.openSteps - Int64(min(execution.steps.count, shownMax))
        return el("div", .class("stands")) {
            for step in execution.steps.prefix(shownMax) { line(step) }
            if rest > 0 { el("span", .class("small muted")) { "and at \(CountText.of(rest, "more step"))" } }
        }
    }

    private static func line(_ step: CurrentStep) -> HTML {
        el("div") {
            el("strong") { step.stepName }
            el("span", .class("small muted")) {
                HTML(" \(words[step.state] ?? step.state)") + limit(step)
                    + HTML(step.attempt > 0 ? ", attempt \(step.attempt + 1)" : "")
            }
        }
    }

    private static func limit(_ step: CurrentStep) -> HTML {
        guard let deadline = step.deadline else { return HTML() }
        let word = step.state == "waitingToRetry" || step.state == "waiting" ? " in " : ", times out in "
        return HTML(word) + el("span", .data("deadline", deadline), .title(deadline)) { deadline }
    }

    private static func ending(_ execution: FoundExecution) -> HTML {
        guard let error = execution.error, !error.isEmpty else { return el("span", .class("muted")) { "–" } }
        return el("div", .class("stands")) {
            el("strong", .class(execution.status == "Stopped" ? "muted" : "bad-text")) { error }
            if let cause = execution.cause, !cause.isEmpty {
                el("span", .class("small muted clip"), .title(cause)) { String(cause.prefix(160)) }
            }
        }
    }

    private static let words = [
        "delivering": "is being done", "waitingForCallback": "waits for a report",
        "waitingToRetry": "is tried again", "waiting": "goes on",
    ]
}

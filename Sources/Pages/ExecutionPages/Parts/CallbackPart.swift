import ConsoleParts
import FlowDefinition
import FlowEngineAPI
import HTMLMarkup
import Primitives
import WebPages

/// The report that a step waits for: until when, how to give it, and a form that does.
struct CallbackPart {
    let sight: ExecutionSight
    let node: StoryNode
    let step: Step?
    let links: SightLinks
    let request: PageRequest

    var html: HTML? {
        guard let attempt = node.attempts.last, attempt.isOpen, node.state != .stopped,
            let task = sight.open(attempt)
        else { return nil }
        let waits = task.state == "waitingForCallback"
        return el("div", .class("callback", waits ? "wait" : "run")) {
            el("div", .class("row apart")) {
                el("strong") { waits ? "Waits for a report" : "The call is on its way" }
                if let deadline = task.deadline, let time = Timestamp(rfc3339: deadline) {
                    el("span") {
                        "times out in "
                        el("strong", .class("mono"), .data("deadline", deadline)) {
                            span(sight.now.duration(to: max(time, sight.now)))
                        }
                    }
                }
            }
            el("p", .class("mono small")) { task.resourceArn }
            if let trouble = task.trouble { el("p", .class("cause")) { trouble } }
            if task.redeliveries > 0 {
                el("p", .class("muted small")) { "Sent again \(counted(Int(task.redeliveries), "time"))." }
            }
            if waits { report(task) }
        }
    }

    /// By the step where that names one task, else by the token, which operators may read.
    private func target(_ task: FlowEngineAPI.OpenTask) -> [String]? {
        if sight.openTasks.count(where: { $0.stepName == task.stepName }) == 1 {
            return [sight.flow, sight.name, task.stepName]
        }
        return request.visitor.may(.operate) ? task.taskToken.map { [$0] } : nil
    }

    private func report(_ task: FlowEngineAPI.OpenTask) -> HTML {
        group {
            if let target = target(task) {
                copyLine(
                    ShellText.command(["fnfctl", "task", "succeed"] + target + ["--output", template]),
                    request.language)
                copyLine(
                    ShellText.command(
                        ["fnfctl", "task", "fail"] + target + ["--error", "ERROR", "--cause", "WHY"]),
                    request.language)
            }
            if request.visitor.may(.operate) {
                el("details", .id("report-\(task.scheduledEventId)")) {
                    el("summary") { "Report it here" }
                    el("div", .class("ex-pair")) {
                        succeedForm(task)
                        failForm(task)
                    }
                }
            }
        }
    }

    private func succeedForm(_ task: FlowEngineAPI.OpenTask) -> HTML {
        request.form(links.part("report"), .class("stack tight"), .data("once", "")) {
            void("input", .type("hidden"), .name("event"), .value("\(task.scheduledEventId)"))
            field(
                "output-\(task.scheduledEventId)", "Result", name: "output",
                hint: "A JSON object: what the step's outputMappings read."
            ) { attributes in
                el("textarea", attributes + [.attribute("rows", "5"), .attribute("spellcheck", "false")]) {
                    template
                }
            }
            el("button", .type("submit"), .class("main"), .name("outcome"), .value("succeeded")) {
                "Report success"
            }
        }
    }

    private func failForm(_ task: FlowEngineAPI.OpenTask) -> HTML {
        request.form(links.part("report"), .class("stack tight"), .data("once", "")) {
            void("input", .type("hidden"), .name("event"), .value("\(task.scheduledEventId)"))
            field(
                "error-\(task.scheduledEventId)", "Error", name: "error",
                hint: "The name that retry and catch compare."
            ) { attributes in
                void("input", attributes + [.attribute("maxlength", "128"), .flag("required")])
            }
            field("cause-\(task.scheduledEventId)", "Cause", name: "cause") { attributes in
                void("input", attributes + [.attribute("maxlength", "4096")])
            }
            el("button", .type("submit"), .class("danger"), .name("outcome"), .value("failed")) {
                "Report failure"
            }
        }
    }

    /// The members that the step's mappings take from the report.
    private var template: String {
        var object = JSONObject()
        for mapping in step?.outputMappings ?? [] {
            guard case .local(let path) = mapping.source, case .key(let key)? = path.components.first else {
                continue
            }
            object[key] = ""
        }
        return JSONValue.object(object).text
    }
}

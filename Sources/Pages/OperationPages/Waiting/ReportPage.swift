import ConsoleParts
import FlowEngineAPI
import HTMLMarkup
import Primitives
import RPCProtocol
import WebPages

/// `/console/waiting/report`: reporting for a task by hand.
struct ReportPage: Sendable {
    let services: PageServices

    /// An output may be large, and each of its signs three bytes of a form.
    private static let formBytesMax = 4 << 20

    var routes: [PageRoute] {
        [
            .get(OperationPaths.report, needs: .operate) { request in
                let form = ReportForm(request.asked)
                return .page(try await page(form, try await task(of: form, request), request))
            },
            .post(OperationPaths.report, needs: .operate, bodyBytesMax: Self.formBytesMax) { request in
                try await report(request)
            },
        ]
    }

    static func place(of task: WaitingTask) -> String {
        ConsolePaths.with(
            OperationPaths.report,
            [
                ("flow", task.flowName), ("execution", task.executionName),
                ("task", "\(task.scheduledEventId)"),
            ])
    }

    static func command(of task: WaitingTask) -> String {
        ShellText.command([
            "fnfctl", "task", "succeed", task.flowName, task.executionName, task.stepName, "--output", "{}",
        ])
    }

    /// The task as the engine has it now. Throws: `Problem`, when nobody waits for it any more.
    private func task(of form: ReportForm, _ request: PageRequest) async throws -> OpenTask {
        guard request.visitor.mayTouch(flow: form.flow) else {
            throw Problem(403, "You may not do that", "Your key may not touch the flow \(form.flow).")
        }
        let params = ListOpenTasks.Params.with {
            $0.flowName = form.flow
            $0.executionName = form.execution
        }
        let open = try await services.engine.call(ListOpenTasks.self, params, as: request.visitor.role)
        let task = open.tasks.first {
            "\($0.scheduledEventId)" == form.task && $0.state == "waitingForCallback"
        }
        guard let task, task.taskToken != nil else {
            throw Problem(
                404, "Nobody waits for that any more",
                "The task was reported, timed out or abandoned meanwhile; nothing was changed.",
                advice: "The execution \(form.execution) shows what became of it.")
        }
        return task
    }

    private func report(_ request: PageRequest) async throws -> PageAnswer {
        var form = ReportForm(request.field)
        form.check()
        let task = try await task(of: form, request)
        guard form.faults.isEmpty, let token = task.taskToken else {
            return .page(try await page(form, task, request))
        }
        do throws(RPCFailure) {
            if form.succeeds {
                let params = ReportTaskSucceeded.Params.with {
                    $0.taskToken = token
                    $0.output = form.output.isEmpty ? "{}" : form.output
                }
                _ = try await services.engine.call(ReportTaskSucceeded.self, params, as: request.visitor.role)
            } else {
                let params = ReportTaskFailed.Params.with {
                    $0.taskToken = token
                    $0.error = form.error
                    if !form.cause.isEmpty { $0.cause = form.cause }
                }
                _ = try await services.engine.call(ReportTaskFailed.self, params, as: request.visitor.role)
            }
        } catch {
            guard let answer = error.answer, !answer.retryable else { throw error }
            form.faults["form"] = "\(answer.message)"
            return .page(try await page(form, task, request))
        }
        return .seeOther(
            ConsolePaths.with(ConsolePaths.waiting, [("done", ExecutionKey(form.flow, form.execution).text)]))
    }

    private func page(_ form: ReportForm, _ task: OpenTask, _ request: PageRequest) async throws -> Page {
        let execution = try await services.engine.call(
            DescribeExecution.self,
            .with {
                $0.flowName = form.flow
                $0.executionName = form.execution
            }, as: request.visitor.role)
        return Page(
            ConsoleFace.face, "Report for \(task.stepName)", section: ConsolePaths.waiting,
            status: form.faults.isEmpty ? 200 : 400
        ) {
            el("nav", .class("crumbs"), .aria("label", "Where this is")) {
                el("a", .href(ConsolePaths.waiting)) { "Waiting room" }
                el("span") { "Report" }
            }
            el("div", .class("head")) { el("h1") { "Report for \(task.stepName)" } }
            if let fault = form.faults["form"] { notice(.bad) { el("p") { fault } } }
            el("div", .class("card")) { about(form, task, execution) }
            el("div", .class("sides")) {
                success(form, request)
                failure(form, request)
            }
            copyLine(form.command(step: task.stepName), request.language)
        }
    }

    private func about(_ form: ReportForm, _ task: OpenTask, _ execution: ExecutionRecord) -> HTML {
        let link = el("a", .class("mono"), .href(ConsolePaths.execution(form.flow, form.execution))) {
            form.execution
        }
        let deadline = task.deadline.map { time in el("span", .data("deadline", time), .title(time)) { time }
        }
        return facts([
            ("Execution", link), ("Flow", HTML(form.flow)),
            ("Resource", el("span", .class("mono")) { task.resourceArn }),
            ("Times out in", deadline ?? "no limit"), ("Input of the execution", jsonView(execution.input)),
        ])
    }

    private func success(_ form: ReportForm, _ request: PageRequest) -> HTML {
        request.form(OperationPaths.report, .class("card stack"), .data("once", ""), .id("succeed")) {
            el("h2") { "It succeeded" }
            form.names
            hidden("outcome", "succeed")
            textArea(
                "output", "Output", value: form.output, rows: 8, hint: "A JSON object; empty is {}.",
                fault: form.faults["output"])
            el("div", .class("row")) { el("button", .type("submit"), .class("main")) { "Report success" } }
        }
    }

    private func failure(_ form: ReportForm, _ request: PageRequest) -> HTML {
        request.form(OperationPaths.report, .class("card stack"), .data("once", ""), .id("fail")) {
            el("h2") { "It failed" }
            form.names
            hidden("outcome", "fail")
            textField(
                "error", "Name of the error", value: form.error,
                hint: "What the step's retry and catch look at, e.g. OutOfStock.",
                fault: form.faults["error"], required: true)
            textArea(
                "cause", "Cause", value: form.cause, rows: 3, hint: "A sentence for people.",
                fault: form.faults["cause"])
            el("div", .class("row")) { el("button", .type("submit"), .class("danger")) { "Report failure" } }
        }
    }
}

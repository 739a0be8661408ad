import ConsoleParts
import FlowEngineAPI
import HTMLMarkup
import Primitives
import RPCProtocol
import WebPages

/// `/console/executions/start`: starting an execution by hand.
struct StartPage: Sendable {
    let services: PageServices
    let world: any World

    /// An input may be large, and each of its signs three bytes of a form.
    private static let formBytesMax = 4 << 20

    var routes: [PageRoute] {
        [
            .get(OperationPaths.start, needs: .operate) { request in
                let form = StartForm(flow: request.asked("flow"), spare: makeUUID(from: world))
                return .page(try await page(form, request))
            },
            .post(OperationPaths.start, needs: .operate, bodyBytesMax: Self.formBytesMax) { request in
                try await start(request)
            },
        ]
    }

    private func start(_ request: PageRequest) async throws -> PageAnswer {
        var form = StartForm(sent: request, spare: makeUUID(from: world))
        guard form.faults.isEmpty else { return .page(try await page(form, request)) }
        let params = StartExecution.Params.with {
            $0.flowName = form.flow
            $0.executionName = form.executionName
            $0.input = form.input.isEmpty ? "{}" : form.input
            if !form.qualifier.isEmpty { $0.qualifier = form.qualifier }
        }
        do throws(RPCFailure) {
            let started = try await services.engine.call(
                StartExecution.self, params, as: request.visitor.role)
            return .seeOther(ConsolePaths.execution(started.flowName, started.name))
        } catch {
            guard let answer = error.answer, !answer.retryable else { throw error }
            form.refused(answer)
            return .page(try await page(form, request))
        }
    }

    private func page(_ form: StartForm, _ request: PageRequest) async throws -> Page {
        let listed = try await services.engine.call(
            ListFlows.self, .with { $0.limit = 1000 }, as: request.visitor.role)
        let flows = listed.flows.map(\.name).filter { request.visitor.mayTouch(flow: $0) }
        return Page(
            ConsoleFace.face, "Start an execution", section: ConsolePaths.executions,
            status: form.faults.isEmpty ? 200 : 400
        ) {
            el("nav", .class("crumbs"), .aria("label", "Where this is")) {
                el("a", .href(ConsolePaths.executions)) { "Executions" }
                el("span") { "Start" }
            }
            el("div", .class("head")) { el("h1") { "Start an execution" } }
            if let fault = form.faults["form"] { notice(.bad) { el("p") { fault } } }
            if flows.isEmpty {
                emptyState("There is no flow", "An execution runs a flow, so apply one first.") {
                    copyLine("fnfctl flow apply -f flow.yaml", request.language)
                }
            } else {
                fields(form, flows, request)
            }
            copyLine(command(form), request.language)
        }
    }

    private func fields(_ form: StartForm, _ flows: [String], _ request: PageRequest) -> HTML {
        request.form(OperationPaths.start, .class("card stack"), .data("once", "")) {
            hidden("spare", form.spare)
            textField(
                "flow", "Flow", value: form.flow, fault: form.faults["flow"], required: true, list: "flows")
            el("datalist", .id("flows")) { for flow in flows { el("option", .value(flow)) } }
            el("div", .class("pair")) {
                textField(
                    "name", "Name", value: form.name,
                    hint: "E.g. an order's number. Without one: \(form.spare)", fault: form.faults["name"])
                textField(
                    "qualifier", "Version or alias", value: form.qualifier,
                    hint: "Without one: the flow as it is.",
                    fault: form.faults["qualifier"])
            }
            textArea(
                "input", "Input", value: form.input, rows: 10, hint: "A JSON object; empty is {}.",
                fault: form.faults["input"])
            el("div", .class("row")) { el("button", .type("submit"), .class("main")) { "Start" } }
        }
    }

    private func command(_ form: StartForm) -> String {
        ShellText.command(
            ["fnfctl", "execution", "start", form.flow.isEmpty ? "FLOW" : form.flow]
                + (form.name.isEmpty ? [] : ["--name", form.name])
                + (form.qualifier.isEmpty ? [] : ["--qualifier", form.qualifier])
                + ["--input", form.input.isEmpty ? "{}" : form.input])
    }
}

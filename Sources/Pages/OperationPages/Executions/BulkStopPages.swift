import ConsoleParts
import FlowEngineAPI
import HTMLMarkup
import HTTPMessage
import RPCProtocol
import WebPages

/// Stopping several executions: first what will be stopped, then what became of each.
struct BulkStopPages: Sendable {
    let services: PageServices

    /// As many as one call of the engine takes.
    static let countMax = 100

    var routes: [PageRoute] {
        [
            .post(OperationPaths.review, needs: .operate, bodyBytesMax: 512 << 10) { request in
                .page(review(try chosen(request), request))
            },
            .post(OperationPaths.stop, needs: .operate, bodyBytesMax: 512 << 10) { request in
                .page(try await stop(try chosen(request), request))
            },
        ]
    }

    private func chosen(_ request: PageRequest) throws(Problem) -> [ExecutionKey] {
        var keys: [ExecutionKey] = []
        for pair in request.form.pairs where pair.name == "execution" {
            guard let key = ExecutionKey(text: pair.value) else {
                throw .badField("\"\(pair.value)\" names no execution.", request.language)
            }
            guard request.visitor.mayTouch(flow: key.flow) else {
                throw Problem(
                    403, "You may not do that",
                    "Your key may not touch the flow \(key.flow). Nothing was stopped.")
            }
            if !keys.contains(key) { keys.append(key) }
        }
        guard !keys.isEmpty else {
            throw Problem(
                400, "Nothing was selected", "No execution was selected, so nothing was stopped.",
                advice: "Go back and mark those that should be stopped.")
        }
        guard keys.count <= Self.countMax else {
            throw .badField(
                "\(keys.count) executions are too many at once; one form stops at most \(Self.countMax).",
                request.language)
        }
        return keys
    }

    private func review(_ keys: [ExecutionKey], _ request: PageRequest, fault: String? = nil) -> Page {
        Page(
            ConsoleFace.face, "Stop executions", section: ConsolePaths.executions,
            status: fault == nil ? 200 : 400
        ) {
            crumbs("Stop")
            el("div", .class("head")) { el("h1") { "Stop \(CountText.of(Int64(keys.count), "execution"))?" } }
            el("p", .class("lede")) {
                "Their open tasks are abandoned, and what is reported for them later is refused. "
                    + "A stopped execution does not go on again; it can be started anew with the same input."
            }
            request.form(OperationPaths.stop, .class("card stack"), .data("once", "")) {
                for key in keys { hidden("execution", key.text) }
                textField(
                    "cause", "Reason", value: request.field("cause"),
                    hint: "Kept in the history of each, for whoever asks later.",
                    fault: fault, required: true)
                textField(
                    "error", "Name of the failure", value: request.field("error"),
                    hint: "Only where a parent flow should catch it, e.g. Withdrawn.")
                el("div", .class("row")) {
                    el("button", .type("submit"), .class("danger")) {
                        "Stop \(CountText.of(Int64(keys.count), "execution"))"
                    }
                    el("a", .class("button"), .href(ConsolePaths.executions)) { "Stop none" }
                }
            }
            el("div", .class("card flush")) {
                ListTable(
                    caption: "Executions that will be stopped", columns: [.init("Execution"), .init("Flow")]
                )
                .markup(keys.map { [link($0), HTML($0.flow)] })
            }
        }
    }

    private func stop(_ keys: [ExecutionKey], _ request: PageRequest) async throws -> Page {
        let (cause, error) = (request.field("cause"), request.field("error"))
        guard !cause.isEmpty else {
            return review(
                keys, request, fault: "Say why: whoever looks at these executions later wants to know.")
        }
        let params = StopExecutions.Params.with {
            $0.executions = keys.map { key in
                ExecutionReference.with {
                    $0.flowName = key.flow
                    $0.executionName = key.execution
                }
            }
            $0.cause = cause
            if !error.isEmpty { $0.error = error }
        }
        let result = try await services.engine.call(StopExecutions.self, params, as: request.visitor.role)
        return outcome(result, params, request)
    }

    private func outcome(
        _ result: StopExecutions.Result, _ params: StopExecutions.Params, _ request: PageRequest
    ) -> Page {
        let ended = Int64(result.items.count { $0.outcome == "alreadyEnded" })
        let refused = Int64(result.items.count { $0.outcome == "refused" })
        let parts =
            ["\(CountText.of(result.stopped, "execution")) \(result.stopped == 1 ? "was" : "were") stopped"]
            + (ended > 0 ? ["\(CountText.grouped(ended)) had ended already"] : [])
            + (refused > 0 ? ["\(CountText.grouped(refused)) could not be stopped"] : [])
        return Page(ConsoleFace.face, "Stopped", section: ConsolePaths.executions) {
            crumbs("Stop")
            el("div", .class("head")) { el("h1") { parts.joined(separator: ", ") + "." } }
            el("div", .class("card flush")) {
                ListTable(
                    caption: "What became of each",
                    columns: [
                        .init("Execution"), .init("Flow"), .init("Outcome"), .init("Status"), .init("Why"),
                    ]
                ).markup(result.items.map(row))
            }
            el("p") { el("a", .class("button"), .href(ConsolePaths.executions)) { "Back to the executions" } }
            copyLine(CallText.command("flow-engine", StopExecutions.self, params), request.language)
        }
    }

    private func row(_ item: StopOutcome) -> [HTML] {
        let mark: HTML =
            switch item.outcome {
            case "stopped": badge("Stopped now", .good)
            case "alreadyEnded": badge("Had ended", .still)
            default: badge("Refused", .bad)
            }
        return [
            link(ExecutionKey(item.flowName, item.executionName)), HTML(item.flowName), mark,
            item.status.map(executionBadge) ?? HTML("–"), HTML(item.message ?? "–"),
        ]
    }

    private func link(_ key: ExecutionKey) -> HTML {
        el("a", .class("mono"), .data("open", ""), .href(ConsolePaths.execution(key.flow, key.execution))) {
            key.execution
        }
    }

    private func crumbs(_ last: String) -> HTML {
        el("nav", .class("crumbs"), .aria("label", "Where this is")) {
            el("a", .href(ConsolePaths.executions)) { "Executions" }
            el("span") { last }
        }
    }
}

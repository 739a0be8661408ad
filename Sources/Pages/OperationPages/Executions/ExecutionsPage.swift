import ConsoleParts
import FlowEngineAPI
import HTMLMarkup
import Primitives
import RPCProtocol
import WebPages

/// `/console/executions`: finding executions of all flows.
struct ExecutionsPage: Sendable {
    let services: PageServices

    /// Rows of a page.
    private static let limit: Int64 = 50
    /// A search goes through names first, then through inputs and outputs, a part at a time; so many parts
    /// are looked at for one page while nothing is found.
    private static let partsMax = 5

    var routes: [PageRoute] {
        [.get(ConsolePaths.executions, needs: .read) { request in .page(try await page(request)) }]
    }

    private func page(_ request: PageRequest) async throws -> Page {
        let filter = try ExecutionFilter(request)
        let next = request.asked("next")
        let role = request.visitor.role
        let found = try await search(filter, next, request)
        // Without counts the list is still of use.
        let all = try? await services.engine.call(CountExecutions.self, .init(), as: role)
        let flows = (all?.flows ?? []).map(\.flowName).filter { request.visitor.mayTouch(flow: $0) }
        var counted = all
        if !filter.flow.isEmpty {
            let params = CountExecutions.Params.with { $0.flowName = filter.flow }
            counted = try? await services.engine.call(CountExecutions.self, params, as: role)
        }
        let counts = ExecutionCounts(counted, flow: filter.flow)
        return Page(
            ConsoleFace.face, "Executions", section: ConsolePaths.executions,
            events: next.isEmpty ? OperationPaths.events : nil, isWide: true
        ) {
            el("div", .class("head")) {
                el("h1") { "Executions" }
                if next.isEmpty { el("span", .class("live if-script")) { "live" } }
                if request.visitor.may(.operate) {
                    el(
                        "a", .class("button"),
                        .href(ConsolePaths.with(OperationPaths.start, [("flow", filter.flow)]))
                    ) { "Start an execution" }
                }
            }
            ExecutionChips(filter: filter, counts: counts, flows: flows).markup()
            list(found, filter, next, request)
            copyLine(filter.command, request.language)
        }
    }

    private func search(
        _ filter: ExecutionFilter, _ next: String, _ request: PageRequest
    ) async throws(RPCFailure) -> SearchExecutions.Result {
        var params = filter.params(next: next, limit: Self.limit)
        var found = SearchExecutions.Result()
        for _ in 1...Self.partsMax {
            found = try await services.engine.call(SearchExecutions.self, params, as: request.visitor.role)
            let isEmpty = !found.executions.contains { request.visitor.mayTouch(flow: $0.flowName) }
            guard isEmpty, let next = found.nextToken else { break }
            params.nextToken = next
        }
        return found
    }

    private func list(
        _ found: SearchExecutions.Result, _ filter: ExecutionFilter, _ next: String, _ request: PageRequest
    ) -> HTML {
        let rows = ExecutionRows(request: request)
        let visible = found.executions.filter { request.visitor.mayTouch(flow: $0.flowName) }
        let links = pageLinks(
            first: next.isEmpty ? nil : filter.place(), next: found.nextToken.map { filter.place(next: $0) })
        let content = el("div", .class("card flush"), .id("executions"), .data("part", "")) {
            if visible.isEmpty { empty(found, filter) } else { rows.table(visible) }
            if let sentence = boundary(found, filter) { el("p", .class("small muted inset")) { sentence } }
            links
        }
        guard request.visitor.may(.operate) else { return content }
        return request.form(OperationPaths.review, .class("bulk"), .data("bulk", "")) {
            content
            el("div", .class("bulk-bar row")) {
                el("span", .class("small muted if-script"), .data("chosen", "")) { "None selected" }
                el("button", .type("submit"), .class("danger small")) { "Stop selected…" }
                el("span", .class("small muted if-script keys")) {
                    el("kbd") { "j" }
                    " "
                    el("kbd") { "k" }
                    " move, "
                    el("kbd") { "x" }
                    " selects, "
                    el("kbd") { "Enter" }
                    " opens, "
                    el("kbd") { "/" }
                    " searches"
                }
            }
        }
    }

    private func empty(_ found: SearchExecutions.Result, _ filter: ExecutionFilter) -> HTML {
        if found.nextToken != nil {
            return emptyState(
                "None in this part",
                "The search goes through the past a part at a time; go on to look further back.")
        }
        if filter.isEmpty {
            return emptyState(
                "No execution yet",
                "An execution is one run of a flow. Start one here, or let an order do it.")
        }
        return emptyState("Nothing fits", "No execution agrees with all of these filters.") {
            el("a", .class("button"), .href(ConsolePaths.executions)) { "Show all" }
        }
    }

    private func boundary(_ found: SearchExecutions.Result, _ filter: ExecutionFilter) -> String? {
        guard found.nextToken != nil, !filter.isEmpty, let back = found.searchedBackTo else { return nil }
        let time = back.prefix(19).replacing("T", with: " ")
        if found.isInPayloads { return "Looked into inputs and outputs back to \(time) UTC." }
        return filter.text.isEmpty
            ? "Looked back to \(time) UTC."
            : "Looked at names, labels and errors back to \(time) UTC; inputs and outputs follow."
    }
}

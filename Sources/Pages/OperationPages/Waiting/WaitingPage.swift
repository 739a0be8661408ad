import ConsoleParts
import FlowEngineAPI
import HTMLMarkup
import Primitives
import RPCProtocol
import WebPages

/// `/console/waiting`: every callback that is open, those that have waited longest first.
struct WaitingPage: Sendable {
    let services: PageServices

    var routes: [PageRoute] {
        [.get(ConsolePaths.waiting, needs: .read) { request in .page(try await page(request)) }]
    }

    private func page(_ request: PageRequest) async throws -> Page {
        let filter = WaitingFilter(request)
        let next = request.asked("next")
        let role = request.visitor.role
        let found = try await services.engine.call(ListWaitingTasks.self, filter.params(next: next), as: role)
        let counts = try? await services.engine.call(CountExecutions.self, .init(), as: role)
        let flows = (counts?.flows ?? []).filter { $0.waitingForCallback > 0 }.map(\.flowName)
            .filter { request.visitor.mayTouch(flow: $0) }
        return Page(
            ConsoleFace.face, "Waiting room", section: ConsolePaths.waiting, events: OperationPaths.events,
            isWide: true
        ) {
            el("div", .class("head"), .id("waiting-head"), .data("part", "")) {
                el("h1") { "Waiting room" }
                el("span", .class("muted")) {
                    "\(CountText.of(found.total, "task awaits a report", "tasks await a report"))"
                }
            }
            if !request.asked("done").isEmpty { done(request) }
            filters(filter, flows)
            list(found, filter, next, request)
            copyLine(filter.command, request.language)
        }
    }

    /// After a report: what it was for.
    private func done(_ request: PageRequest) -> HTML {
        guard let key = ExecutionKey(text: request.asked("done")) else { return HTML() }
        return notice(.good) {
            el("p") {
                "Reported. "
                el("a", .href(ConsolePaths.execution(key.flow, key.execution))) { key.execution }
                " goes on from there."
            }
        }
    }

    private func filters(_ filter: WaitingFilter, _ flows: [String]) -> HTML {
        let named = filter.flow.isEmpty || flows.contains(filter.flow) ? flows : flows + [filter.flow]
        return el(
            "form", .attribute("method", "get"), .action(ConsolePaths.waiting), .class("filters"),
            .role("search")
        ) {
            filterSelect("flow", "Flow", [("", "All flows")] + named.map { ($0, $0) }, chosen: filter.flow)
            filterText("step", "Step", value: filter.step)
            filterText("resource", "Resource begins with", value: filter.resource, isSearch: true)
            el("button", .type("submit")) { "Filter" }
            if !filter.isEmpty { el("a", .class("quiet"), .href(ConsolePaths.waiting)) { "Clear" } }
        }
    }

    private func list(
        _ found: ListWaitingTasks.Result, _ filter: WaitingFilter, _ next: String, _ request: PageRequest
    ) -> HTML {
        let visible = found.tasks.filter { request.visitor.mayTouch(flow: $0.flowName) }
        return el("div", .class("card flush"), .id("waiting"), .data("part", "")) {
            if visible.isEmpty {
                if found.nextToken != nil {
                    emptyState(
                        "None in this part",
                        "The list is gone through a part at a time; go on to see the rest.")
                } else if filter.isEmpty {
                    emptyState(
                        "Nobody is waited for",
                        "Steps that wait for a report stand here until it comes or their time is up."
                    )
                } else {
                    emptyState("Nothing fits", "No open task agrees with all of these filters.")
                }
            } else {
                ListTable(
                    caption: "Tasks that await a report, oldest first",
                    columns: [
                        .init("Step"), .init("Execution"), .init("Waits for"), .init("Times out in"),
                        .init("Resource"), .init("Report", isBare: true),
                    ]
                ).markup(visible.map { row($0, request) })
            }
            pageLinks(
                first: next.isEmpty ? nil : filter.place(),
                next: found.nextToken.map { filter.place(next: $0) })
        }
    }

    private func row(_ task: WaitingTask, _ request: PageRequest) -> [HTML] {
        [
            group {
                el("strong") { task.stepName }
                if task.attempt > 0 { el("div", .class("small muted")) { "attempt \(task.attempt + 1)" } }
            },
            group {
                el(
                    "a", .class("mono"), .data("open", ""),
                    .href(ConsolePaths.execution(task.flowName, task.executionName))
                ) { task.executionName }
                el("div", .class("small muted")) { task.flowName }
            },
            el("span", .class("nowrap"), .data("since", task.since), .title(task.since)) {
                age(task, request)
            },
            deadline(task, request),
            el("span", .class("small mono")) { task.resourceArn },
            el("div", .class("row end")) {
                if request.visitor.may(.operate) {
                    el("a", .class("button small"), .href(ReportPage.place(of: task))) { "Report…" }
                }
                el(
                    "button", .type("button"), .class("small if-script"),
                    .data("copy", ReportPage.command(of: task)), .title("Copies the line for a shell")
                ) { "Copy fnfctl" }
            },
        ]
    }

    private func age(_ task: WaitingTask, _ request: PageRequest) -> String {
        Timestamp(rfc3339: task.since).map {
            MomentText.length(max(0, $0.duration(to: request.now).components.seconds), request.language)
        } ?? task.since
    }

    private func deadline(_ task: WaitingTask, _ request: PageRequest) -> HTML {
        guard let deadline = task.deadline, let time = Timestamp(rfc3339: deadline) else {
            return el("span", .class("muted")) { "no limit" }
        }
        let left = request.now.duration(to: time).components.seconds
        return el(
            "span", .class("nowrap", left < 60 ? "bad-text" : nil), .data("deadline", deadline),
            .title(deadline)
        ) { MomentText.length(max(0, left), request.language) }
    }
}

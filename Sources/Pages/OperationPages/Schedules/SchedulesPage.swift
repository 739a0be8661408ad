import ConsoleParts
import FlowEngineAPI
import HTMLMarkup
import Primitives
import RPCProtocol
import WebPages

/// `/console/schedules`: what starts by itself, and when next.
struct SchedulesPage: Sendable {
    let services: PageServices

    /// Flows whose schedules one page shows: each costs a call.
    private static let flowsMax: Int64 = 50
    /// Schedules of one flow on a page of all flows; its own page shows the rest.
    private static let perFlow: Int64 = 20

    var routes: [PageRoute] {
        [
            .get(ConsolePaths.schedules, needs: .read) { request in .page(try await page(request)) },
            .post(OperationPaths.scheduleSwitch, needs: .operate) { request in try await turn(request) },
            .post(OperationPaths.scheduleDelete, needs: .operate) { request in try await delete(request) },
        ]
    }

    static func place(flow: String) -> String { ConsolePaths.with(ConsolePaths.schedules, [("flow", flow)]) }

    private struct Found {
        var schedules: [ScheduleRecord] = []
        var next: String?
        /// Flows that have more than are shown here.
        var cut: [String] = []
    }

    private func page(_ request: PageRequest) async throws -> Page {
        let (flow, next) = (request.asked("flow"), request.asked("next"))
        let found = flow.isEmpty ? try await all(next, request) : try await one(flow, next, request)
        return Page(
            ConsoleFace.face, "Schedules", section: ConsolePaths.schedules, events: OperationPaths.events,
            isWide: true
        ) {
            el("div", .class("head")) {
                el("h1") { flow.isEmpty ? "Schedules" : "Schedules of \(flow)" }
                if !flow.isEmpty { el("a", .class("quiet"), .href(ConsolePaths.schedules)) { "All flows" } }
                if request.visitor.may(.operate) {
                    el(
                        "a", .class("button"),
                        .href(ConsolePaths.with(OperationPaths.scheduleNew, [("flow", flow)]))
                    ) {
                        "New schedule"
                    }
                }
            }
            el("div", .class("card flush"), .id("schedules"), .data("part", "")) {
                if found.schedules.isEmpty {
                    empty(found, request)
                } else {
                    ListTable(
                        caption: "Schedules",
                        columns: [
                            .init("Schedule"), .init("When"), .init("Next in"), .init("Last"), .init("State"),
                            .init("Change", isBare: true),
                        ]
                    ).markup(found.schedules.map { row($0, request) })
                }
                for flow in found.cut {
                    el("p", .class("small inset")) {
                        el("a", .href(Self.place(flow: flow))) { "More schedules of \(flow)" }
                    }
                }
                pageLinks(first: nil, next: found.next.map { place(flow, $0) })
            }
            copyLine(
                ShellText.command(["fnfctl", "schedule", "list"] + (flow.isEmpty ? [] : [flow])),
                request.language)
        }
    }

    private func place(_ flow: String, _ next: String) -> String {
        ConsolePaths.with(ConsolePaths.schedules, [("flow", flow), ("next", next)])
    }

    private func empty(_ found: Found, _ request: PageRequest) -> HTML {
        emptyState(
            found.next == nil ? "No schedule yet" : "None in this part",
            found.next == nil
                ? "A schedule starts a flow at times of its own, e.g. each weekday at half past eight."
                : "These flows have no schedules; go on to see the next ones."
        ) {
            if request.visitor.may(.operate), found.next == nil {
                el("a", .class("button"), .href(OperationPaths.scheduleNew)) { "Make one" }
            }
        }
    }

    private func one(_ flow: String, _ next: String, _ request: PageRequest) async throws -> Found {
        try ScheduleRights.check(flow, request)
        let params = ListSchedules.Params.with {
            $0.flowName = flow
            if !next.isEmpty { $0.nextToken = next }
        }
        let listed = try await services.engine.call(ListSchedules.self, params, as: request.visitor.role)
        return Found(schedules: listed.schedules, next: listed.nextToken)
    }

    /// Those due next first, within the flows of the page.
    private func all(_ next: String, _ request: PageRequest) async throws -> Found {
        let flows = try await services.engine.call(
            ListFlows.self,
            .with {
                $0.limit = Self.flowsMax
                if !next.isEmpty { $0.nextToken = next }
            }, as: request.visitor.role)
        var found = Found(next: flows.nextToken)
        for flow in flows.flows where request.visitor.mayTouch(flow: flow.name) {
            let params = ListSchedules.Params.with {
                $0.flowName = flow.name
                $0.limit = Self.perFlow
            }
            let listed = try await services.engine.call(ListSchedules.self, params, as: request.visitor.role)
            found.schedules += listed.schedules
            if listed.nextToken != nil { found.cut.append(flow.name) }
        }
        found.schedules.sort {
            ($0.nextTime.isEmpty ? "~" : $0.nextTime) < ($1.nextTime.isEmpty ? "~" : $1.nextTime)
        }
        return found
    }

    private func row(_ schedule: ScheduleRecord, _ request: PageRequest) -> [HTML] {
        [
            group {
                el("strong") { schedule.scheduleName }
                el("div", .class("small")) {
                    el("a", .href(Self.place(flow: schedule.flowName))) { schedule.flowName }
                }
                if !schedule.description.isEmpty { el("div", .class("small muted")) { schedule.description } }
            },
            el("span", .class("mono")) { schedule.cronExpression },
            due(schedule),
            last(schedule, request),
            group {
                schedule.enable ? badge("Enabled", .good) : badge("Disabled", .still)
                if schedule.missedCount > 0 {
                    el("div", .class("small muted")) { "\(CountText.grouped(schedule.missedCount)) missed" }
                }
            },
            changes(schedule, request),
        ]
    }

    private func due(_ schedule: ScheduleRecord) -> HTML {
        guard !schedule.nextTime.isEmpty else { return el("span", .class("muted")) { "never" } }
        return group {
            el("span", .class("nowrap"), .data("deadline", schedule.nextTime)) { schedule.nextTime }
            el("div", .class("small muted nowrap")) {
                "\(schedule.nextTime.prefix(16).replacing("T", with: " ")) UTC"
            }
        }
    }

    private func last(_ schedule: ScheduleRecord, _ request: PageRequest) -> HTML {
        guard !schedule.lastExecutionName.isEmpty else { return el("span", .class("muted")) { "not yet" } }
        return group {
            moment(Timestamp(rfc3339: schedule.lastTime), now: request.now, request.language)
            el("div", .class("small")) {
                el(
                    "a", .class("mono"), .data("open", ""),
                    .href(ConsolePaths.execution(schedule.flowName, schedule.lastExecutionName))
                ) {
                    schedule.lastExecutionName
                }
            }
        }
    }

    private func changes(_ schedule: ScheduleRecord, _ request: PageRequest) -> HTML {
        guard request.visitor.may(.operate) else { return HTML() }
        let names = [("flow", schedule.flowName), ("schedule", schedule.scheduleName)]
        return el("div", .class("row end")) {
            el(
                "a", .class("button small"),
                .href(ConsolePaths.with(OperationPaths.scheduleEdit, names.map { ($0.0, $0.1) }))
            ) {
                "Change"
            }
            request.form(OperationPaths.scheduleSwitch, .class("inline")) {
                for (name, value) in names { hidden(name, value) }
                hidden("enable", schedule.enable ? "no" : "yes")
                el("button", .type("submit"), .class("small")) { schedule.enable ? "Disable" : "Enable" }
            }
        }
    }

    private func turn(_ request: PageRequest) async throws -> PageAnswer {
        try ScheduleRights.check(request.field("flow"), request)
        let params = UpdateSchedule.Params.with {
            $0.flowName = request.field("flow")
            $0.scheduleName = request.field("schedule")
            $0.enable = request.field("enable") == "yes"
        }
        _ = try await services.engine.call(UpdateSchedule.self, params, as: request.visitor.role)
        return .seeOther(Self.place(flow: params.flowName))
    }

    private func delete(_ request: PageRequest) async throws -> PageAnswer {
        try ScheduleRights.check(request.field("flow"), request)
        let params = DeleteSchedule.Params.with {
            $0.flowName = request.field("flow")
            $0.scheduleName = request.field("schedule")
        }
        _ = try await services.engine.call(DeleteSchedule.self, params, as: request.visitor.role)
        return .seeOther(Self.place(flow: params.flowName))
    }
}

/// Whether the visitor's key may touch the flow that a schedule starts.
enum ScheduleRights {
    static func check(_ flow: String, _ request: PageRequest) throws(Problem) {
        guard request.visitor.mayTouch(flow: flow) else {
            throw Problem(403, "You may not do that", "Your key may not touch the flow \(flow).")
        }
    }
}

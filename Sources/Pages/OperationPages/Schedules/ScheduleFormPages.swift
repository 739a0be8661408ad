import ConsoleParts
import FlowEngineAPI
import FlowSchedule
import HTMLMarkup
import Primitives
import RPCProtocol
import WebPages

/// Making and changing a schedule, with the times at which it would fire.
struct ScheduleFormPages: Sendable {
    let services: PageServices
    let zones: @Sendable (String) -> ZoneLookup

    /// A payload has up to 64 KiB, and each of its signs three bytes of a form.
    private static let formBytesMax = 256 << 10

    var routes: [PageRoute] {
        [
            .get(OperationPaths.scheduleNew, needs: .operate) { request in
                .page(page(ScheduleForm(flow: request.asked("flow")), request))
            },
            .get(OperationPaths.scheduleEdit, needs: .operate) { request in
                .page(page(try await stored(request), request))
            },
            .post(OperationPaths.scheduleEdit, needs: .operate, bodyBytesMax: Self.formBytesMax) { request in
                try await sent(request)
            },
        ]
    }

    private func stored(_ request: PageRequest) async throws -> ScheduleForm {
        let flow = request.asked("flow")
        try ScheduleRights.check(flow, request)
        let params = DescribeSchedule.Params.with {
            $0.flowName = flow
            $0.scheduleName = request.asked("schedule")
        }
        return ScheduleForm(
            try await services.engine.call(DescribeSchedule.self, params, as: request.visitor.role))
    }

    /// Saves, or only shows when it would fire.
    private func sent(_ request: PageRequest) async throws -> PageAnswer {
        var form = ScheduleForm(sent: request)
        if request.field("do") == "preview" {
            form.faults = [:]
            return .page(page(form, request))
        }
        try ScheduleRights.check(form.flow, request)
        if form.expression.isEmpty { form.faults["expression"] = "Say when, e.g. @every 60m." }
        _ = form.preview(zones: zones, after: request.now)
        guard form.faults.isEmpty else { return .page(page(form, request)) }
        do throws(RPCFailure) { try await save(form, request) } catch {
            guard let answer = error.answer, !answer.retryable else { throw error }
            form.refused(answer)
            return .page(page(form, request))
        }
        return .seeOther(SchedulesPage.place(flow: form.flow))
    }

    private func save(_ form: ScheduleForm, _ request: PageRequest) async throws(RPCFailure) {
        if form.isChange {
            let params = UpdateSchedule.Params.with {
                $0.flowName = form.flow
                $0.scheduleName = form.name
                $0.cronExpression = form.expression
                $0.payload = form.payload
                $0.description = form.description
                $0.enable = form.isEnabled
            }
            _ = try await services.engine.call(UpdateSchedule.self, params, as: request.visitor.role)
        } else {
            let params = CreateSchedule.Params.with {
                $0.flowName = form.flow
                $0.scheduleName = form.name
                $0.cronExpression = form.expression
                $0.payload = form.payload
                $0.description = form.description
                $0.enable = form.isEnabled
            }
            _ = try await services.engine.call(CreateSchedule.self, params, as: request.visitor.role)
        }
    }

    private func page(_ given: ScheduleForm, _ request: PageRequest) -> Page {
        var form = given
        let preview = form.preview(zones: zones, after: request.now)
        let title = form.isChange ? "Change \(form.name)" : "New schedule"
        return Page(
            ConsoleFace.face, title, section: ConsolePaths.schedules, status: form.faults.isEmpty ? 200 : 400
        ) {
            el("nav", .class("crumbs"), .aria("label", "Where this is")) {
                el("a", .href(ConsolePaths.schedules)) { "Schedules" }
                if !form.flow.isEmpty { el("a", .href(SchedulesPage.place(flow: form.flow))) { form.flow } }
                el("span") { form.isChange ? form.name : "New" }
            }
            el("div", .class("head")) { el("h1") { title } }
            if let fault = form.faults["form"] { notice(.bad) { el("p") { fault } } }
            el("div", .class("sides uneven")) {
                fields(form, request)
                times(preview, request)
            }
            if form.isChange { removal(form, request) }
            copyLine(command(form), request.language)
        }
    }

    private func fields(_ form: ScheduleForm, _ request: PageRequest) -> HTML {
        request.form(OperationPaths.scheduleEdit, .class("card stack")) {
            if form.isChange {
                hidden("flow", form.flow)
                hidden("name", form.name)
                hidden("change", "yes")
            } else {
                el("div", .class("pair")) {
                    textField("flow", "Flow", value: form.flow, fault: form.faults["flow"], required: true)
                    textField("name", "Name", value: form.name, fault: form.faults["name"], required: true)
                }
            }
            textField(
                "expression", "When", value: form.expression,
                hint: "@every 60m, or six fields (second, minute, hour, day, month, weekday), in UTC or with "
                    + "CRON_TZ=Asia/Shanghai in front.",
                fault: form.faults["expression"], required: true)
            textField("description", "What it is for", value: form.description)
            textArea(
                "payload", "Payload", value: form.payload, rows: 5,
                hint: "JSON or any text; executions read it as $input.payload.", fault: form.faults["payload"]
            )
            el("label", .class("row")) {
                void(
                    "input", .type("checkbox"), .name("enabled"), .value("yes"),
                    .flag("checked", when: form.isEnabled))
                "Enabled"
            }
            el("div", .class("row")) {
                el("button", .type("submit"), .class("main"), .name("do"), .value("save")) { "Save" }
                el("button", .type("submit"), .name("do"), .value("preview")) { "Show next times" }
            }
        }
    }

    private func times(
        _ preview: (expression: ScheduleExpression, times: [Timestamp])?, _ request: PageRequest
    ) -> HTML {
        el("section", .class("card stack"), .id("preview")) {
            el("h2") { "Next times" }
            if let preview {
                if preview.times.isEmpty { el("p") { "It never fires again." } }
                el("ol", .class("times")) {
                    for time in preview.times {
                        el("li") {
                            el("strong") { "\(time.description.prefix(19).replacing("T", with: " ")) UTC" }
                            el("span", .class("small muted")) {
                                MomentText.text(time, now: request.now, request.language)
                            }
                            if let clock = preview.expression.clockText(at: time),
                                preview.expression.zoneName != "UTC"
                            {
                                el("span", .class("small muted")) { clock }
                            }
                        }
                    }
                }
            } else {
                el("p", .class("muted")) { "Write when it should fire and press “Show next times”." }
            }
        }
    }

    private func removal(_ form: ScheduleForm, _ request: PageRequest) -> HTML {
        request.form(
            OperationPaths.scheduleDelete, .class("row"),
            .data("confirm", "Delete the schedule \(form.name)?")
        ) {
            hidden("flow", form.flow)
            hidden("schedule", form.name)
            el("button", .type("submit"), .class("danger small")) { "Delete this schedule" }
            el("span", .class("small muted")) { "Executions that it started go on." }
        }
    }

    private func command(_ form: ScheduleForm) -> String {
        let names = [form.flow.isEmpty ? "FLOW" : form.flow, form.name.isEmpty ? "NAME" : form.name]
        let rest = form.payload.isEmpty ? [] : ["--payload", form.payload]
        let about = form.description.isEmpty ? [] : ["--description", form.description]
        if form.isChange {
            return ShellText.command(
                ["fnfctl", "schedule", "update"] + names + ["--expression", form.expression] + rest + about)
        }
        return ShellText.command(
            ["fnfctl", "schedule", "create"] + names + [
                form.expression.isEmpty ? "@every 60m" : form.expression
            ]
                + rest + about + (form.isEnabled ? [] : ["--disabled"]))
    }
}

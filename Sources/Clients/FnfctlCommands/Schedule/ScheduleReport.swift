import FlowEngineAPI
import Primitives
import RPCProtocol

/// How schedules are shown.
enum ScheduleReport {
    static func list(_ schedules: [ScheduleRecord], now: Timestamp) -> Report {
        let rows = schedules.map { schedule -> [Cell] in
            [
                Cell(schedule.flowName), Cell(schedule.scheduleName), Cell(schedule.cronExpression),
                schedule.enable
                    ? Cell(TimeText.relative(schedule.nextTime, now: now)) : Cell("disabled", .faint),
                Cell(TimeText.relative(schedule.lastTime, now: now)), Cell(schedule.description),
            ]
        }
        let table = Table(
            columns: [
                "Flow", "Name", "Expression", "Next", "Last", .init("Description", isElastic: true),
            ],
            rows: rows,
            empty: "there is no schedule; make one: fnfctl schedule create FLOW NAME \"@every 60m\"")
        return Report(
            json: ["Schedules": .array(schedules.map(\.wire))], names: schedules.map(\.scheduleName),
            blocks: [.table(table)])
    }

    static func one(_ schedule: ScheduleRecord, now: Timestamp) -> Report {
        var fields: [Report.Field] = [
            .init("Flow", schedule.flowName), .init("Name", schedule.scheduleName),
            .init("Expression", schedule.cronExpression),
            .init(
                "Next",
                schedule.enable
                    ? Cell(TimeText.full(schedule.nextTime, now: now))
                    : Cell("disabled (fnfctl schedule enable)", .warning)),
            .init("Last", TimeText.full(schedule.lastTime, now: now)),
        ]
        if !schedule.lastExecutionName.isEmpty {
            fields.append(.init("Started last", schedule.lastExecutionName))
        }
        if schedule.missedCount > 0 {
            fields.append(.init("Missed", Cell("\(schedule.missedCount) runs, e.g. at a downtime", .warning)))
        }
        if !schedule.description.isEmpty { fields.append(.init("Description", schedule.description)) }
        fields.append(.init("Created", TimeText.full(schedule.createdTime, now: now)))
        fields.append(.init("Changed", TimeText.full(schedule.lastModifiedTime, now: now)))
        if !schedule.payload.isEmpty {
            let text = (try? JSONParser.parse(schedule.payload))?.prettyText ?? schedule.payload
            fields.append(.init("Payload", text))
        }
        return Report(json: schedule.wire, names: [schedule.scheduleName], blocks: [.fields(fields)])
    }
}

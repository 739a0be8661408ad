package import RPCProtocol

/// Starts executions of a flow at the times that an expression names.
///
/// Durability: the schedule is on disk when this returns. A repeat with the same content answers the schedule
/// again.
package enum CreateSchedule: RPCMethod {
    package struct Params: WireRecord {
        package var flowName: String = ""
        package var scheduleName: String = ""
        package var cronExpression: String = ""
        package var payload: String = ""
        package var description: String = ""
        package var enable: Bool = true
        package var onlyNew: Bool?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("FlowName", \.flowName),
            .required("ScheduleName", \.scheduleName),
            .required("CronExpression", \.cronExpression, "@every 60m, or [CRON_TZ=Area/City ]six fields"),
            .defaulted(
                "Payload", \.payload, "JSON text, or any text; the execution's Input has it as `payload`"),
            .defaulted("Description", \.description),
            .defaulted("Enable", \.enable, "false: it is kept, and fires only once it is enabled"),
            .optional(StrictCreation.parameter, \.onlyNew, StrictCreation.about),
        ]
    }

    package typealias Result = ScheduleRecord

    package static let summary = "Creates a schedule that starts executions of a flow"
    package static let roles: Set<RPCRole> = [.operate, .service]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .flowNotExists, .scheduleAlreadyExists, .entityTooLarge,
    ]
    package static let exampleParams = Params.with {
        $0.flowName = "Greeting"
        $0.scheduleName = "weekday-mornings"
        $0.cronExpression = "CRON_TZ=Asia/Shanghai 0 30 8 * * MON-FRI"
        $0.payload = #"{"who":"world"}"#
    }
    package static let exampleResult = Result.with {
        $0.flowName = "Greeting"
        $0.scheduleName = "weekday-mornings"
        $0.cronExpression = "CRON_TZ=Asia/Shanghai 0 30 8 * * MON-FRI"
        $0.payload = #"{"who":"world"}"#
        $0.nextTime = "2026-11-24T00:30:00.000Z"
    }
}

package import RPCProtocol

/// Replaces what is given of a schedule. With another expression, or enabled again, its next time is worked
/// out anew from now; what is due meanwhile is not made up for.
package enum UpdateSchedule: RPCMethod {
    package struct Params: WireRecord {
        package var flowName: String = ""
        package var scheduleName: String = ""
        package var cronExpression: String?
        package var payload: String?
        package var description: String?
        package var enable: Bool?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("FlowName", \.flowName),
            .required("ScheduleName", \.scheduleName),
            .optional("CronExpression", \.cronExpression),
            .optional("Payload", \.payload),
            .optional("Description", \.description),
            .optional("Enable", \.enable),
        ]
    }

    package typealias Result = ScheduleRecord

    package static let summary = "Changes, enables or disables a schedule"
    package static let roles: Set<RPCRole> = [.operate, .service]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .flowNotExists, .scheduleNotExists, .entityTooLarge,
    ]
    package static let exampleParams = Params.with {
        $0.flowName = "Greeting"
        $0.scheduleName = "weekday-mornings"
        $0.enable = false
    }
    package static let exampleResult = Result.with {
        $0.flowName = "Greeting"
        $0.scheduleName = "weekday-mornings"
        $0.cronExpression = "CRON_TZ=Asia/Shanghai 0 30 8 * * MON-FRI"
        $0.enable = false
    }
}

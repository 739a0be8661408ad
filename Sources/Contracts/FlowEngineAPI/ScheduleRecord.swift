package import RPCProtocol

/// A schedule as Create-, Update-, Describe- and ListSchedules answer it. Source: fdl §10.2; FlowName and
/// what follows LastModifiedTime are ours.
package struct ScheduleRecord: WireRecord {
    package var scheduleId: String = ""
    package var flowName: String = ""
    package var scheduleName: String = ""
    package var cronExpression: String = ""
    package var payload: String = ""
    package var description: String = ""
    package var enable: Bool = true
    package var createdTime: String = ""
    package var lastModifiedTime: String = ""
    package var nextTime: String = ""
    package var lastTime: String = ""
    package var lastExecutionName: String = ""
    package var missedCount: Int64 = 0

    package init() {}

    package static let fields: [WireField<ScheduleRecord>] = [
        .defaulted(
            "ScheduleId", \.scheduleId,
            "Made by the engine; a schedule made again under the same name has another"),
        .defaulted("FlowName", \.flowName),
        .required("ScheduleName", \.scheduleName),
        .required("CronExpression", \.cronExpression, "@every 60m, or [CRON_TZ=Area/City ]six fields"),
        .defaulted("Payload", \.payload, "As it was given"),
        .defaulted("Description", \.description),
        .defaulted("Enable", \.enable),
        .defaulted("CreatedTime", \.createdTime),
        .defaulted("LastModifiedTime", \.lastModifiedTime),
        .defaulted("NextTime", \.nextTime, "When it is due next; empty while it is disabled"),
        .defaulted("LastTime", \.lastTime, "When it was due last and an execution was started for it"),
        .defaulted("LastExecutionName", \.lastExecutionName),
        .defaulted(
            "MissedCount", \.missedCount, "Due times that had no execution of their own, e.g. at a downtime"),
    ]
}

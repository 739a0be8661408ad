package import RPCProtocol

/// One event of a history. Source: fdl §8.2.
package struct EventRecord: WireRecord {
    package var eventId: Int64 = 0
    package var scheduleEventId: Int64 = 0
    package var type: String = ""
    package var stepName: String = ""
    package var time: String = ""
    package var eventDetail: String = ""

    package init() {}

    package static let fields: [WireField<EventRecord>] = [
        .required("EventId", \.eventId),
        .required("ScheduleEventId", \.scheduleEventId, "The event that caused this one"),
        .required("Type", \.type),
        .defaulted("StepName", \.stepName),
        .required("Time", \.time),
        .defaulted("EventDetail", \.eventDetail, "JSON text"),
    ]
}

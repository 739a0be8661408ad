package import RPCProtocol

/// A task that an execution waits for.
package struct OpenTask: WireRecord {
    package var stepName: String = ""
    package var scheduledEventId: Int64 = 0
    package var resourceArn: String = ""
    package var state: String = ""
    package var attempt: Int64 = 0
    package var deadline: String?
    package var taskToken: String?
    package var redeliveries: Int64 = 0
    package var trouble: String?

    package init() {}

    package static let fields: [WireField<OpenTask>] = [
        .required("StepName", \.stepName),
        .required("ScheduledEventId", \.scheduledEventId),
        .required("ResourceArn", \.resourceArn),
        .required("State", \.state, "delivering, waitingForCallback, or waitingToRetry"),
        .defaulted("Attempt", \.attempt, "0 for the first"),
        .optional("Deadline", \.deadline, "When it times out"),
        .optional("TaskToken", \.taskToken, "Only for callers with the role operate"),
        .defaulted("Redeliveries", \.redeliveries, "How often this attempt had to be sent again"),
        .optional("Trouble", \.trouble, "Why it could not be delivered so far"),
    ]
}

package import RPCProtocol

/// A step that an open execution stands at, and what it waits for there.
package struct CurrentStep: WireRecord {
    package var stepName: String = ""
    package var state: String = ""
    package var since: String = ""
    package var deadline: String?
    package var attempt: Int64 = 0
    package var resourceArn: String?

    package init() {}

    package static let fields: [WireField<CurrentStep>] = [
        .required("StepName", \.stepName),
        .required("State", \.state, "delivering, waitingForCallback, waitingToRetry or waiting"),
        .required("Since", \.since, "When it came into this state"),
        .optional("Deadline", \.deadline, "When its task times out, is tried again, or its wait is over"),
        .defaulted("Attempt", \.attempt, "0 for the first"),
        .optional("ResourceArn", \.resourceArn, "Of a task"),
    ]
}

package import FlowModel

/// Why the machine did not take an input. Its state is as before.
package enum InputRefused: Error, Sendable, Hashable {
    /// The execution has ended, and the task, if one was named, ended with it.
    case executionEnded(ExecutionStatus)
    /// This attempt has ended before, as the outcome says.
    case taskEnded(TaskOutcome)
    /// No attempt was ever scheduled under this event.
    case unknownTask
    /// A report by token for a task whose result is the service's answer.
    case reportNotAwaited
    /// The execution has begun before.
    case alreadyStarted
    /// Nothing but a start can come first.
    case notStarted
}

/// How one attempt of a task ended, kept for as long as the execution is known, so that a repeated report can
/// be told from a late one.
package struct TaskOutcome: Sendable, Hashable {
    package let eventID: Int64
    /// One for which `endsTask` holds.
    package let type: HistoryEventType
    /// The key of the report by token that ended it; nil when no report did, or one without a key.
    package let reportKey: String?

    package init(eventID: Int64, type: HistoryEventType, reportKey: String? = nil) {
        self.eventID = eventID
        self.type = type
        self.reportKey = reportKey
    }
}

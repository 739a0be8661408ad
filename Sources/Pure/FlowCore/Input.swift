package import FlowModel
package import Primitives

/// A fact reported to an execution from outside.
package enum Input: Sendable, Equatable {
    /// `inputText` is the starter's text, kept byte for byte; `input` is what it says.
    case start(input: JSONObject, inputText: String, labels: JSONObject)
    /// The service has taken a callback task's request; its answer is recorded and otherwise dropped.
    case taskSubmitted(scheduledEventID: Int64, output: JSONValue)
    /// The service refused the request, or there is none.
    case taskSubmitFailed(scheduledEventID: Int64, FlowFailure)
    case taskSucceeded(scheduledEventID: Int64, output: JSONValue, by: TaskReporter)
    case taskFailed(scheduledEventID: Int64, FlowFailure, by: TaskReporter)
    /// A time of `nextDeadline` has come.
    case timerFired
    /// Nil: stopped without a failure of its own.
    case stop(FlowFailure?)
}

/// Who says how a task ended.
package enum TaskReporter: Sendable, Hashable {
    /// The service, in its answer to the call. For a callback task that answer is the submission.
    case service
    /// Whoever holds the task's token. `reportKey` makes the report repeatable: it comes back in
    /// `TaskOutcome`.
    case token(reportKey: String?)
}

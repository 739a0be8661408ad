package import FlowDefinition
package import FlowModel
package import Primitives

/// What one input led to: the events to commit and, only after the commit, the commands to run.
package struct Transition: Sendable, Equatable {
    package static let empty = Transition()

    package let events: [HistoryEvent]
    package let commands: [Command]

    package init(events: [HistoryEvent] = [], commands: [Command] = []) {
        self.events = events
        self.commands = commands
    }

    package var isEmpty: Bool { events.isEmpty && commands.isEmpty }
}

/// What the machine wants done. Not stored: `ExecutionMachine.outstanding` derives it from the state again.
package enum Command: Sendable, Equatable {
    case invokeTask(TaskInvocation)
    /// The execution has ended with this status; whoever waits may be told.
    case executionEnded(ExecutionStatus)
}

/// One attempt of one task, with all that its call needs.
package struct TaskInvocation: Sendable, Equatable {
    package let scheduledEventID: Int64
    package let stepName: String
    package let resourceArn: String
    package let pattern: TaskPattern
    /// The step's mapped input.
    package let input: JSONObject
    /// `serviceParams` with their paths resolved.
    package let serviceParams: JSONObject
    package let token: String
    /// 0 for the first.
    package let attempt: Int64
    /// Of this attempt, on the wall clock.
    package let deadline: Timestamp?

    package init(
        scheduledEventID: Int64, stepName: String, resourceArn: String, pattern: TaskPattern,
        input: JSONObject,
        serviceParams: JSONObject, token: String, attempt: Int64, deadline: Timestamp?
    ) {
        self.scheduledEventID = scheduledEventID
        self.stepName = stepName
        self.resourceArn = resourceArn
        self.pattern = pattern
        self.input = input
        self.serviceParams = serviceParams
        self.token = token
        self.attempt = attempt
        self.deadline = deadline
    }
}

/// A task that waits for its service or its report.
package struct OpenTask: Sendable, Hashable {
    package let scheduledEventID: Int64
    package let stepName: String
    package let resourceArn: String
    package let attempt: Int64
    package let deadline: Timestamp?
    package let waitsForCallback: Bool
    /// The service has answered the call; only a report can be missing.
    package let submitted: Bool
}

/// A failed attempt that the flow repeats after a pause: between two attempts no task is open.
package struct PendingRetry: Sendable, Hashable {
    package let stepName: String
    package let resourceArn: String
    /// Of the attempt that failed.
    package let scheduledEventID: Int64
    /// Of the attempt to come.
    package let attempt: Int64
    package let retryAt: Timestamp
    package let failure: FlowFailure
}

/// Why recorded events do not belong to this machine: another definition, a gap, a foreign execution.
package struct ReplayFault: Error, Sendable, Hashable, CustomStringConvertible {
    package let eventID: Int64
    package let reason: String

    package var description: String { "event \(eventID) cannot be replayed: \(reason)" }
}

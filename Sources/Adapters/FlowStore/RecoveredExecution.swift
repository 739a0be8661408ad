package import Primitives

/// What a start of the engine must know of an execution: enough to wait for its times and to make its calls
/// again, without its entry.
package struct RecoveredExecution: Sendable, Hashable {
    package let execution: Int64
    package let flowName: String
    package var isOpen = true
    /// When its next timer is due.
    package var deadline: Timestamp?
    /// Whether a call for a task may have to be made again.
    package var hasUndelivered = false
    /// The task that waits for its end.
    package var awaiting: AwaitingTask?
    /// What it stood at when the index was written.
    package var steps: [OpenStep] = []

    package init(execution: Int64, flowName: String) {
        self.execution = execution
        self.flowName = flowName
    }

    /// Without steps.
    package init(_ entry: ExecutionEntry) {
        self.init(execution: entry.execution, flowName: entry.flowName)
        isOpen = entry.isOpen
        deadline = entry.deadline
        hasUndelivered = entry.hasUndelivered
        awaiting = entry.origin.awaiting
    }
}

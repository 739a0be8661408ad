/// The complete list of event types of an execution's history, as published. Source: fdl §8.1.
package enum HistoryEventType: String, Sendable, Hashable, CaseIterable {
    case stepEntered = "StepEntered"
    case stepStarted = "StepStarted"
    case stepSucceeded = "StepSucceeded"
    case stepFailed = "StepFailed"
    case stepExited = "StepExited"
    case branchEntered = "BranchEntered"
    case branchExited = "BranchExited"
    case iterationEntered = "IterationEntered"
    case iterationExited = "IterationExited"
    case taskScheduled = "TaskScheduled"
    case taskStarted = "TaskStarted"
    case taskSubmitted = "TaskSubmitted"
    case taskSubmitFailed = "TaskSubmitFailed"
    case taskSucceeded = "TaskSucceeded"
    case taskFailed = "TaskFailed"
    case taskTimedOut = "TaskTimedOut"
    case executionStarted = "ExecutionStarted"
    case executionStopped = "ExecutionStopped"
    case executionSucceeded = "ExecutionSucceeded"
    case executionFailed = "ExecutionFailed"
    case executionTimedOut = "ExecutionTimedOut"

    /// How the execution ended, for the four events after which nothing follows.
    package var endStatus: ExecutionStatus? {
        switch self {
        case .executionSucceeded: .succeeded
        case .executionFailed: .failed
        case .executionStopped: .stopped
        case .executionTimedOut: .timedOut
        default: nil
        }
    }

    /// True for those four.
    package var endsExecution: Bool { endStatus != nil }

    /// True for the four events that end one attempt of a task.
    package var endsTask: Bool {
        switch self {
        case .taskSubmitFailed, .taskSucceeded, .taskFailed, .taskTimedOut: true
        default: false
        }
    }
}

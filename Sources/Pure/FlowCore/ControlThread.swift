import FlowDefinition
import FlowModel
import Primitives

/// One thread of control: the flow's own, a parallel's branch, or a foreach's iteration.
///
/// Its id is the number of the event that entered it, `main` for the flow's own. A choice makes no thread:
/// its branch is a further list on the stack.
struct ControlThread: Sendable, Equatable {
    static let main: Int64 = 0

    /// The last event of this thread, which causes its next one.
    var tail: Int64
    /// The thread whose step waits for this one; nil for `main`.
    let parent: Int64?
    /// Which branch or element this is, from 0.
    let index: Int
    /// The lists this thread is in, innermost last; never empty.
    var lists: [SerialList]
}

/// A step between StepEntered and StepExited.
struct StepRun: Sendable, Equatable {
    let enteredEventID: Int64
    /// The step's own input, once it is mapped.
    var input = JSONObject()
    var inputSize = JSONObject.emptySize
    /// What the step gave or, of a task, its service; nil as long as it gave nothing. StepExited is stored
    /// without an output that stands here.
    var output: JSONObject?
    var phase: StepPhase = .begun
    /// Retries so far, by the position of the retry policy.
    var retries: [Int64: Int64] = [:]
}

/// What a step that has been entered is doing.
enum StepPhase: Sendable, Equatable {
    /// Can become: any other, within the same transition.
    case begun
    /// A choice whose branch is the next list on the stack. Can become: ended, when that list has ended.
    case branch(TakenBranch)
    /// A parallel or foreach. Can become: ended, when every thread it starts has exited.
    indirect case forked(Fork)
    /// A wait. Can become: ended, by the timer.
    case waiting(until: Timestamp)
    /// An attempt is open. Can become: ended by success or failure; `backoff` by a failure that is retried.
    case task(TaskRun)
    /// Between attempts. Can become: `task`, by the timer.
    indirect case backoff(Backoff)
    /// The outcome is known. Can become: exited or failed, within the same transition.
    case ended
}

/// What a choice chose.
enum TakenBranch: Sendable, Equatable {
    /// No condition held, and there is no default.
    case none
    /// The condition of this number held, from 0.
    case number(Int)
    case otherwise
}

/// One attempt of a task.
struct TaskRun: Sendable, Equatable {
    let scheduledEventID: Int64
    let attempt: Int64
    let deadline: Timestamp?
    var submitted = false
}

/// The pause behind an attempt that failed.
struct Backoff: Sendable, Equatable {
    let until: Timestamp
    let nextAttempt: Int64
    /// Of the attempt that failed.
    let scheduledEventID: Int64
    let failure: FlowFailure
}

import FlowDefinition
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

/// Steps that run one after the other over one input and one local.
struct SerialList: Sendable, Equatable {
    let steps: [Step]
    let input: JSONObject
    /// The merge of the outputs of the steps so far.
    var local = JSONObject()
    /// The step that runs or, between steps, the one that runs next; `steps.count` when the list has ended.
    var position = 0
    /// Nil between steps.
    var run: StepRun?

    init(steps: [Step], input: JSONObject) {
        self.steps = steps
        self.input = input
    }
}

/// A step between StepEntered and StepExited.
struct StepRun: Sendable, Equatable {
    let enteredEventID: Int64
    /// The step's own input, once it is mapped.
    var input = JSONObject()
    var phase: StepPhase = .begun
    /// Retries so far, by the position of the retry policy.
    var retries: [Int64: Int64] = [:]
}

/// What a step that has been entered is doing.
enum StepPhase: Sendable, Equatable {
    /// Can become: any other, within the same transition.
    case begun
    /// A choice whose branch is the next list on the stack. Can become: ended, when that list has ended.
    case branch(goto: String?)
    /// A parallel or foreach. Can become: ended, when every thread it starts has exited.
    case forked(Fork)
    /// A wait. Can become: ended, by the timer.
    case waiting(until: Timestamp)
    /// An attempt is open. Can become: ended by success or failure; `backoff` by a failure that is retried.
    case task(TaskRun)
    /// Between attempts. Can become: `task`, by the timer.
    case backoff(until: Timestamp, nextAttempt: Int64)
    /// The outcome is known. Can become: exited or failed, within the same transition.
    case ended
}

/// One attempt of a task.
struct TaskRun: Sendable, Equatable {
    let scheduledEventID: Int64
    let attempt: Int64
    let deadline: Timestamp?
    var submitted = false
}

/// The threads of a parallel or foreach step.
struct Fork: Sendable, Equatable {
    /// The event that causes each BranchEntered or IterationEntered.
    let startedEventID: Int64
    /// The elements of a foreach; nil for a parallel.
    let items: [JSONValue]?
    /// How many there are in all.
    let count: Int
    /// The next one to start.
    var next = 0
    var running = 0
    /// The local of each one that has exited, null for the others.
    var results: [JSONValue]

    init(startedEventID: Int64, count: Int, items: [JSONValue]?) {
        self.startedEventID = startedEventID
        self.count = count
        self.items = items
        results = Array(repeating: .null, count: count)
    }

    func canStart(atOnceMax: Int) -> Bool { next < count && running < atOnceMax }
    var isComplete: Bool { next == count && running == 0 }
}

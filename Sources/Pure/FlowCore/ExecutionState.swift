import FlowModel
import Primitives

/// What an execution must remember to decide: a tree of serial lists, never the history itself.
struct ExecutionState: Sendable, Equatable {
    var status: ExecutionStatus = .starting
    var lastEventID: Int64 = 0
    var lastEventTime = Timestamp(microseconds: 0)
    var inputText = ""
    /// The Input through the flow's own `inputMappings`.
    var flowInput = JSONObject()
    var labels = JSONObject()
    var startedTime: Timestamp?
    var stoppedTime: Timestamp?
    var output: JSONObject?
    var failure: FlowFailure?
    /// Of the execution as a whole.
    var deadline: Timestamp?
    /// By id; empty once the execution has ended.
    var threads = ThreadTable()
    /// The thread of each open task, by the event that scheduled it.
    var taskThreads: [Int64: Int64] = [:]
    /// Open tasks whose call is not answered.
    var unsubmitted = 0
    /// How each ended attempt ended, by the event that scheduled it.
    var outcomes: [Int64: TaskOutcome] = [:]
}

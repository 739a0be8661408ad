import FlowModel
import Primitives

struct ExecutionState: Sendable, Equatable {
    var status: ExecutionStatus = .starting
    var lastEventID: Int64 = 0
    var inputText = ""
    var labels = JSONObject()
    var startedTime: Timestamp?
    var stoppedTime: Timestamp?
    var outputText: String?
    var failure: FlowFailure?
}

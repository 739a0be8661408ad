import FlowCore
import Primitives

/// Names one attempt of one task.
struct TaskKey: Hashable, Sendable {
    let execution: Int64
    let scheduledEventID: Int64
}

/// One attempt of one task on its way to the service.
final class Delivery {
    enum State {
        /// In its line.
        case waiting
        case calling(Task<Void, Never>)
        /// Until it is sent again.
        case pausing(any LoopTimer)
    }

    let key: TaskKey
    let invocation: TaskInvocation
    let flow: String
    let execution: String
    let labels: JSONObject
    /// A task of the execution has ended before.
    let isUnderWay: Bool
    var binding: ResourceBinding
    var state = State.waiting
    /// How often it was sent before.
    var redeliveries: Int64 = 0
    /// Why it was not taken so far.
    var trouble: String?
    /// The task ended while the call was under way: the answer says nothing any more.
    var isAbandoned = false

    init(
        key: TaskKey, invocation: TaskInvocation, flow: String, execution: String, labels: JSONObject,
        isUnderWay: Bool, binding: ResourceBinding
    ) {
        self.key = key
        self.invocation = invocation
        self.flow = flow
        self.execution = execution
        self.labels = labels
        self.isUnderWay = isUnderWay
        self.binding = binding
    }

    /// The idempotency key of the attempt, as the service sees it.
    var attemptKey: String { "\(flow)/\(execution)/\(key.scheduledEventID)" }
}

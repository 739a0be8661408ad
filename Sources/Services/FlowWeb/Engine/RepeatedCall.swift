import FlowEngineAPI
import Primitives
import RPCProtocol

/// A call and how it is asked again.
struct RepeatedCall {
    /// Each would take effect once more: there is no name to know the first one by.
    private static let onceOnly: Set<String> = [StartSyncExecution.name]
    /// Parameters that say how long to wait. Units: seconds.
    private static let waitParameters = ["WaitTimeSeconds", "WaitSeconds"]

    private let method: String
    private let asked: JSONValue
    private let begun: Timestamp
    private var firstFailure: Timestamp?
    private var wasLost = false
    private(set) var params: JSONValue

    init(_ method: String, _ params: JSONValue, since begun: Timestamp) {
        self.method = method
        asked = params
        self.params = params
        self.begun = begun
    }

    /// Whether to ask again, now that it failed; `params` is then what to ask.
    mutating func mayFollow(_ failure: RPCFailure, at now: Timestamp, _ limits: EngineLimits) -> Bool {
        switch failure {
        case .lost where !Self.onceOnly.contains(method):
            wasLost = true
            // What is there now may be what this call made.
            if var object = params.objectValue {
                object[StrictCreation.parameter] = nil
                params = .object(object)
            }
        case .answered(let error) where error.isStopping || Self.isEndedWait(error): break
        default: return false
        }
        let first = firstFailure ?? now
        firstFailure = first
        return first.duration(to: now) < limits.patience
    }

    /// What a repeat is told when the call whose reply was lost has done its work.
    private static let done: [String: RPCErrorName] = [
        DeleteFlow.name: .flowNotExists, DeleteSchedule.name: .scheduleNotExists,
        DeleteFlowVersion.name: .flowVersionNotExists, DeleteFlowAlias.name: .flowAliasNotExists,
        StopExecution.name: .executionAlreadyCompleted,
    ]

    func isDone(_ failure: RPCFailure) -> Bool { wasLost && failure.answer?.name == Self.done[method] }

    /// What to ask for the answer to such a call; nil: the answer is empty.
    var lookup: (method: String, params: JSONValue)? {
        guard method == StopExecution.name else { return nil }
        var object: JSONObject = [:]
        for name in ["FlowName", "ExecutionName"] { object[name] = asked[name] }
        return (DescribeExecution.name, .object(object))
    }

    /// An engine that ends lets go of those that wait.
    private static func isEndedWait(_ error: RPCError) -> Bool { error.name == .canceled && error.retryable }

    /// Asks to wait for what is left of the time.
    mutating func shorten(at now: Timestamp) {
        guard var object = params.objectValue else { return }
        for name in Self.waitParameters {
            guard let seconds = asked[name]?.integerValue else { continue }
            object[name] = .integer(max(0, seconds - begun.duration(to: now).components.seconds))
        }
        params = .object(object)
    }
}

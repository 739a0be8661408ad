import FlowModel
import Primitives
import RPCProtocol

/// What a returned call means for its attempt.
enum CallOutcome {
    /// The service did it.
    case output(JSONValue)
    /// The service answered that it failed.
    case failed(FlowFailure)
    /// Nobody was there to do it, and the flow decides whether it is tried again.
    case unreached(FlowFailure)
    /// It says nothing about the task: the same attempt is sent again.
    case trouble(RPCFailure)
}

extension Result where Success == JSONValue, Failure == RPCFailure {
    /// Of a service of this host.
    func outcome(limits: FlowLimits) -> CallOutcome {
        switch self {
        case .success(let answer): .output(answer)
        case .failure(.answered(let error)) where !error.isTransient:
            .failed(FlowFailure(error: error.name.text, cause: error.message, limits: limits))
        case .failure(let trouble): .trouble(trouble)
        }
    }
}

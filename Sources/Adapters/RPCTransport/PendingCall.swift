import Primitives
import RPCProtocol
import Synchronization

/// The place where a caller waits for one result, whichever comes first: the reply, the deadline, a loss, a
/// cancel.
final class PendingCall: Sendable {
    typealias Outcome = Result<JSONValue, RPCFailure>

    private enum State {
        case open
        case waiting(CheckedContinuation<Outcome, Never>)
        case finished(Outcome)
    }

    private let state = Mutex(State.open)

    var isFinished: Bool {
        state.withLock { if case .finished = $0 { true } else { false } }
    }

    /// False when there was an outcome before this one, which then stays.
    @discardableResult
    func finish(_ outcome: Outcome) -> Bool {
        let before = state.withLock { state in
            let before = state
            if case .finished = before {} else { state = .finished(outcome) }
            return before
        }
        switch before {
        case .open: return true
        case .waiting(let continuation):
            continuation.resume(returning: outcome)
            return true
        case .finished: return false
        }
    }

    /// To be awaited once.
    func outcome() async -> Outcome {
        await withCheckedContinuation { continuation in
            let known: Outcome? = state.withLock { state in
                if case .finished(let outcome) = state { return outcome }
                state = .waiting(continuation)
                return nil
            }
            if let known { continuation.resume(returning: known) }
        }
    }
}

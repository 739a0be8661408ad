import Primitives
import RPCProtocol

/// A call on its way between two processes.
final class Flight: @unchecked Sendable { // touched by the one thread of its stage only
    typealias Outcome = Result<JSONValue, RPCFailure>

    private var outcome: Outcome?
    private var waiter: CheckedContinuation<Outcome, Never>?
    private var items: [JSONValue] = []
    private var itemWaiter: CheckedContinuation<JSONValue?, Never>?
    var task: Task<Void, Never>?

    var isOpen: Bool { outcome == nil }

    func finish(_ outcome: Outcome) {
        guard self.outcome == nil else { return }
        self.outcome = outcome
        waiter?.resume(returning: outcome)
        waiter = nil
        if items.isEmpty {
            itemWaiter?.resume(returning: nil)
            itemWaiter = nil
        }
    }

    func wait() async -> Outcome {
        await withCheckedContinuation { continuation in
            if let outcome { continuation.resume(returning: outcome) } else { waiter = continuation }
        }
    }

    func push(_ item: JSONValue) {
        guard isOpen else { return }
        if let itemWaiter {
            self.itemWaiter = nil
            itemWaiter.resume(returning: item)
        } else {
            items.append(item)
        }
    }

    /// nil after the last.
    func nextItem() async -> JSONValue? {
        await withCheckedContinuation { continuation in
            if !items.isEmpty {
                continuation.resume(returning: items.removeFirst())
            } else if outcome != nil {
                continuation.resume(returning: nil)
            } else {
                itemWaiter = continuation
            }
        }
    }
}

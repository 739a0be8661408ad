package import Primitives
package import RPCProtocol

/// The caller's end of a call: the items of its stream as they come, and how it ended.
package final class AwaitedReply: @unchecked Sendable { // touched by the one thread of its stage only
    package typealias Outcome = Result<JSONValue, RPCFailure>

    package private(set) var outcome: Outcome?
    private var waiter: CheckedContinuation<Outcome, Never>?
    private var items: [JSONValue] = []
    private var itemWaiter: CheckedContinuation<JSONValue?, Never>?

    package init() {}

    package var isOpen: Bool { outcome == nil }

    /// False when there was an outcome before.
    @discardableResult
    package func finish(_ outcome: Outcome) -> Bool {
        guard self.outcome == nil else { return false }
        self.outcome = outcome
        waiter?.resume(returning: outcome)
        waiter = nil
        // Items that came before the end are still handled, unless nobody wants them.
        if case .failure(.canceled) = outcome { items = [] }
        if items.isEmpty {
            itemWaiter?.resume(returning: nil)
            itemWaiter = nil
        }
        return true
    }

    package func wait() async -> Outcome {
        await withCheckedContinuation { continuation in
            if let outcome { continuation.resume(returning: outcome) } else { waiter = continuation }
        }
    }

    package func push(_ item: JSONValue) {
        guard isOpen else { return }
        if let itemWaiter {
            self.itemWaiter = nil
            itemWaiter.resume(returning: item)
        } else {
            items.append(item)
        }
    }

    /// nil after the last.
    package func nextItem() async -> JSONValue? {
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

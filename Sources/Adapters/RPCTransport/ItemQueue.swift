import Primitives
import Synchronization

/// The items of one stream between the connection that reads them and the caller that handles them.
final class ItemQueue: Sendable {
    /// The connection stops reading at this many items, so a slow caller holds a bounded number. Units:
    /// items.
    static let itemsMax = 64

    private static let itemsLow = 16

    private struct State {
        var items: [JSONValue] = []
        var taken = 0
        var waiter: CheckedContinuation<JSONValue?, Never>?
        var hasEnded = false
        var isHeld = false

        var left: Int { items.count - taken }

        mutating func take() -> JSONValue? {
            guard taken < items.count else { return nil }
            defer {
                taken += 1
                if taken == items.count {
                    items.removeAll(keepingCapacity: true)
                    taken = 0
                }
            }
            return items[taken]
        }
    }

    private let state = Mutex(State())

    /// False when the queue is full: the connection must stop reading until `mayResume` has said so.
    func push(_ item: JSONValue) -> Bool {
        let (waiter, hasRoom) = state.withLock { state -> (CheckedContinuation<JSONValue?, Never>?, Bool) in
            guard !state.hasEnded else { return (nil, true) }
            if let waiter = state.waiter {
                state.waiter = nil
                return (waiter, true)
            }
            state.items.append(item)
            if state.left >= Self.itemsMax { state.isHeld = true }
            return (nil, !state.isHeld)
        }
        waiter?.resume(returning: item)
        return hasRoom
    }

    /// True once after a full queue was read down to `itemsLow`.
    func mayResume() -> Bool {
        state.withLock { state in
            guard state.isHeld, state.left <= Self.itemsLow else { return false }
            state.isHeld = false
            return true
        }
    }

    /// No item comes any more. Those that were pushed before are still delivered, unless `dropping` them.
    func end(dropping: Bool = false) {
        let waiter: CheckedContinuation<JSONValue?, Never>? = state.withLock { state in
            state.hasEnded = true
            if dropping {
                state.items = []
                state.taken = 0
            }
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: nil)
    }

    /// The next item, nil after the last. One caller at a time.
    func next() async -> JSONValue? {
        await withCheckedContinuation { continuation in
            let ready: JSONValue?? = state.withLock { state in
                if let item = state.take() { return .some(item) }
                if state.hasEnded { return .some(nil) }
                state.waiter = continuation
                return nil
            }
            if let ready { continuation.resume(returning: ready) }
        }
    }
}

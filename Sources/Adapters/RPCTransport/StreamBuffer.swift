import Primitives
import RPCProtocol

/// The items of one stream that wait for a slow reader, and what comes after them.
struct StreamBuffer {
    private var items: [JSONValue] = []
    private var taken = 0
    /// The reply that follows the last item.
    var end: Result<JSONValue, RPCError>?
    /// Handlers that wait for room.
    var waiters: [CheckedContinuation<Void, Never>] = []

    var count: Int { items.count - taken }
    var isEmpty: Bool { count == 0 }

    mutating func append(_ item: JSONValue) { items.append(item) }

    mutating func next() -> JSONValue? {
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

    mutating func takeWaiters() -> [CheckedContinuation<Void, Never>] {
        defer { waiters = [] }
        return waiters
    }
}

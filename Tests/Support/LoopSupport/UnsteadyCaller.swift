package import Primitives
package import RPCProtocol
import Synchronization

/// A way to a peer that can be cut: before the call is made, or after it was carried out and before its reply.
package final class UnsteadyCaller: RPCCaller {
    package enum Way: Sendable, Hashable {
        case open
        /// Nobody takes the connection.
        case down
        /// The peer does the work, the reply is lost.
        case repliesLost
    }

    private let caller: any RPCCaller
    private let state = Mutex((way: Way.open, calls: [(method: String, params: JSONValue)]()))

    package init(_ caller: any RPCCaller) { self.caller = caller }

    package var way: Way {
        get { state.withLock { $0.way } }
        set { state.withLock { $0.way = newValue } }
    }

    /// The params of each call that was tried, in order.
    package func params(of method: String) -> [JSONValue] {
        state.withLock { $0.calls.filter { $0.method == method }.map(\.params) }
    }

    package func call(
        _ method: String, _ params: JSONValue, meta: RPCMeta
    ) async throws(RPCFailure) -> JSONValue {
        let way = state.withLock { state in
            state.calls.append((method, params))
            return state.way
        }
        if way == .down { throw .unreachable("nobody listens") }
        let result = try await caller.call(method, params, meta: meta)
        if way == .repliesLost { throw .lost("the connection ended before the reply") }
        return result
    }

    package func stream(
        _ method: String, _ params: JSONValue, meta: RPCMeta,
        onItem: @Sendable (JSONValue) async throws -> Void
    ) async throws(RPCFailure) -> JSONValue {
        let way = state.withLock { state in
            state.calls.append((method, params))
            return state.way
        }
        if way == .down { throw .unreachable("nobody listens") }
        return try await caller.stream(method, params, meta: meta, onItem: onItem)
    }
}

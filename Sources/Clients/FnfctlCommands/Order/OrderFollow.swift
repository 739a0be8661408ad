import OrderStoreAPI
import RPCProtocol
import Synchronization

/// Following an order until it is closed.
enum OrderFollow {
    /// Tells each change once, those before the call included. Throws: status 6 when the limit passes first.
    static func untilClosed(
        _ order: String, limit: Duration?, _ peers: Peers, _ session: Session,
        onChange: @escaping @Sendable (OrderChange) -> Void
    ) async throws(CommandFailure) -> OrderRecord {
        let told = Mutex(0)
        // The limit is this reader's own, so it holds over all reconnections.
        let reader = Peers(folder: peers.folder, timeout: limit, session: session)
        do throws(CommandFailure) {
            return try await reader.follow(WatchOrder.self, on: .orderStore) {
                .with { $0.orderNum = order }
            } onItem: { item in
                let fresh = told.withLock { told in
                    defer { told = max(told, item.changes.count) }
                    return item.changes.dropFirst(told)
                }
                for change in fresh { onChange(change) }
            }
        } catch {
            guard error.status == .timedOut else { throw error }
            throw CommandFailure(
                .timedOut, "order \(order) is not closed yet",
                next: "what it waits for: fnfctl order show \(order)")
        }
    }
}

import OrderStoreAPI
import RPCProtocol

/// The feed of the changes of all orders.
extension OrderStoreService {
    /// Fewer than a slow reader may be behind.
    private static let feedBatch = 128

    /// Sends what is there in batches, then the changes of each commit.
    func watchOrders(
        _ params: WatchOrders.Params, _ sink: StreamSink<WatchOrders>
    ) async throws(RPCError) -> NoFields {
        // Before the first look: a change that comes between the two is told.
        let (wakes, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        watchersMade += 1
        let follower = watchersMade
        followers[follower] = continuation
        defer { followers[follower] = nil }
        var cursor = try read { try params.afterSequence ?? OrderFeedTable.last($0) }
        continuation.yield()
        for await _ in wakes {
            while true {
                let items = try read {
                    try OrderFeedTable.items($0, after: cursor, limit: Self.feedBatch)
                }
                for item in items { try sink.send(item) }
                guard let last = items.last else { break }
                cursor = last.sequence
                try await sink.room()
            }
        }
        throw RPCError(.canceled, "the service stops; watch again after \(cursor)", retryable: true)
    }

    /// Called after the commit of a change.
    func wakeFollowers() {
        for follower in followers.values { follower.yield() }
    }
}

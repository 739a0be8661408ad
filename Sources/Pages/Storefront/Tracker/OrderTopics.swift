import OrderStoreAPI
import Primitives
import RPCProtocol
import Synchronization
import WebPages

/// What the pages of the shop listen at: a topic for each order, and one for all of them.
enum OrderTopics {
    static let board = "shop orders"
    static func order(_ number: String) -> String { "shop order \(number)" }
}

/// Rings the shop's topics: follows the changes of all orders in one stream, from the first listener on for
/// as long as the process lives.
final class OrderBell: Sendable {
    private struct State {
        var following: Task<Void, Never>?
        /// The last change that was told.
        var sequence: Int64?
    }

    /// How long the flow may take from the offer to its wish for a payment, of which the feed of orders does
    /// not tell: pages ask once more then, for the deadline.
    private static let settles: [Duration] = [.milliseconds(250), .seconds(2)]

    private let services: PageServices
    private let hub: EventHub
    private let loop: any ServiceLoop
    private let state = Mutex(State())

    init(services: PageServices, hub: EventHub, loop: any ServiceLoop) {
        self.services = services
        self.hub = hub
        self.loop = loop
    }

    /// The answer to who listens at the topic.
    func answer(to topic: String, _ language: Language) throws(Problem) -> PageAnswer {
        state.withLock { state in
            if state.following == nil { state.following = follow() }
        }
        return try hub.answer(to: topic, language)
    }

    private func follow() -> Task<Void, Never> {
        KeptStream.keep(loop: loop) { [self] () throws(RPCFailure) in
            try await followOnce()
        } broke: { [self] failure in
            // From where it broke the feed goes on without a gap, unless it says that it can't.
            if failure?.answer?.name == .sequenceNotKept { state.withLock { $0.sequence = nil } }
        }
    }

    private func followOnce() async throws(RPCFailure) {
        let after = try await beginning()
        _ = try await services.orders.follow(
            WatchOrders.self, .with { $0.afterSequence = after }
        ) { [self] item in tell(of: item) }
    }

    /// Where the feed is followed from. What happened before is on the pages that are asked for afterwards.
    private func beginning() async throws(RPCFailure) -> Int64 {
        if let known = state.withLock({ $0.sequence }) { return known }
        let sequence = try await services.orders.call(ListOrders.self, .with { $0.limit = 1 }, as: nil)
            .sequence
        state.withLock { $0.sequence = sequence }
        hub.ringAll()
        return sequence
    }

    private func tell(of item: WatchOrders.Item) {
        state.withLock { $0.sequence = item.sequence }
        let topic = OrderTopics.order(item.orderNum)
        hub.ring(topic, isLast: item.status.isClosed)
        hub.ring(OrderTopics.board)
        guard item.status == .awaitingPayment else { return }
        for delay in Self.settles { _ = loop.after(delay) { [hub] in hub.ring(topic) } }
    }
}

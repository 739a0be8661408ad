import GRDB
package import Logging
import OrderStoreAPI
import PaymentGatewayAPI
package import Primitives
package import RPCProtocol
package import ServiceLedger

/// The truth of money: what was accepted, charged and voided, and whom it still has to tell.
///
/// Durability: each answer leaves after the commit of what it says; what that promises to others is in the
/// outbox.
package actor PaymentGatewayService {
    /// How long a buyer waits for the engine's word before the payment is answered as pending.
    static let answerPatience = Duration.seconds(2)
    /// A peer that takes longer than this is answered for as unavailable.
    static let peerPatienceMs: Int64 = 10_000

    package nonisolated let store: GroupCommit
    let loop: any ServiceLoop
    let world: any World
    let logger: Logger
    let discounts: Discounts
    let orderStore: any RPCCaller
    let engine: any RPCCaller
    let waiters: OrderWaiters
    let announcer: PaymentAnnouncer
    let book = AccountBook()
    lazy var outbox = makeOutbox()
    var feed: ExecutionFeed?
    /// Items of the feed that were handled since the cursor was written.
    var unsavedItems = 0
    /// Payments without a request, looked at again by a timer.
    var rechecks: [String: any LoopTimer] = [:]
    var troubledPeers: Set<String> = []
    var isStopped = false

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        loop.executor.asUnownedSerialExecutor()
    }

    /// - Parameter engine: the engine's report door.
    /// - Parameter orderStore: order-store's internal door.
    /// - Parameter onStoreFault: as `GroupCommit` tells it; after a fatal one the process must end.
    package init(
        databasePath: String, loop: any ServiceLoop, world: any World, logger: Logger, metrics: MetricSet,
        discounts: Discounts, orderStore: any RPCCaller, engine: any RPCCaller,
        onStoreFault: @escaping @Sendable (String, _ isFatal: Bool) -> Void
    ) throws(ServiceDatabase.Fault) {
        let queue = try ServiceDatabase.open(databasePath) { PaymentGatewayMigrations.register(&$0) }
        store = GroupCommit(queue, loop: loop, onFault: onStoreFault)
        store.report(to: metrics)
        book.join(store)
        self.loop = loop
        self.world = world
        self.logger = logger
        self.discounts = discounts
        self.orderStore = orderStore
        self.engine = engine
        waiters = OrderWaiters(loop: loop)
        announcer = PaymentAnnouncer(logger: logger, metrics: metrics)
    }

    /// Reads where the feed is to go on and which payments nobody has asked for.
    package func recover() throws(RPCError) {
        let (cursor, unpaired) = try store.read { db in
            (try PaymentTable(db: db).cursor(), try PaymentTable(db: db).unpairedOrders())
        }
        feed = ExecutionFeed(
            engine: engine, loop: loop, world: world, logger: logger, after: cursor,
            handle: { [weak self] (item) throws(RPCError) in try await self?.follow(item) })
        for orderNum in unpaired { recheck(orderNum, in: Self.answerPatience) }
    }

    /// Sends what the outbox holds and follows the engine's feed.
    package func start() async {
        await outbox.wake()
        await feed?.start()
    }

    package func drain() async {
        isStopped = true
        await feed?.stop()
        await outbox.stop()
        await waiters.stop()
        for timer in rechecks.values { timer.cancel() }
        rechecks = [:]
    }

    /// Nothing to send, and nobody who may still come.
    package var isIdle: Bool {
        get async {
            guard let waiting = try? await outbox.count, waiting == 0 else { return false }
            return (try? store.read { try !PaymentTable(db: $0).isWaiting() }) ?? false
        }
    }

    /// Shape: `{"outbox":{"pending":n,"troubles":{peer:reason}},"feed":{"trouble":…}}`
    package var status: JSONObject {
        get async {
            var outboxStatus: JSONObject = [:]
            if let waiting = try? await outbox.count { outboxStatus["pending"] = .integer(Int64(waiting)) }
            outboxStatus["troubles"] = .object(
                JSONObject(await outbox.troubles.map { ($0.key, .string($0.value)) }))
            var feedStatus: JSONObject = [:]
            if let trouble = await feed?.trouble { feedStatus["trouble"] = .string(trouble) }
            return ["outbox": .object(outboxStatus), "feed": .object(feedStatus)]
        }
    }
}

// MARK: - Changes

extension PaymentGatewayService {
    /// One transaction on an order's account; afterwards journal, waiting callers and outbox learn of it.
    func change<Value: Sendable>(
        _ orderNum: String,
        _ body: @escaping @Sendable (inout OrderAccount, Timestamp) throws -> Value
    ) async throws(RPCError) -> Value {
        let now = world.now
        let (value, change) = try await store.write { [book] db in
            try book.change(db, orderNum, at: now) { try body(&$0, now) }
        }
        committed(change)
        return value
    }

    /// Tells of a change that is on disk.
    func committed(_ change: AccountChange) {
        guard change.after != change.before else { return }
        announcer.tell(change)
        waiters.assumeIsolated { $0.changed(change.after.orderNum) }
        if !change.enqueued.isEmpty { outbox.assumeIsolated { $0.send(change.enqueued) } }
    }

    /// The account as it is committed; what is under way is in memory.
    func account(_ orderNum: String) throws(RPCError) -> OrderAccount {
        if let known = book.recall(orderNum) { return known }
        return try store.read { try book.account($0, orderNum) }
    }

    private func makeOutbox() -> Outbox {
        Outbox(
            store, loop: loop, world: world, callers: [Peer.orderStore: orderStore, Peer.engine: engine],
            onTrouble: { [weak self] message, reason in
                self?.assumeIsolated { $0.noteTrouble(message.target, reason) }
            },
            onAnswer: { [weak self, book, world] db, message, answer in
                let change = try Self.note(answer, to: message, in: book, db, at: world.now)
                return { [weak self] in await self?.told(change, by: message.target) }
            })
    }

    private static func note(
        _ answer: OutboxAnswer, to message: OutboxMessage, in book: AccountBook, _ db: Database,
        at now: Timestamp
    ) throws -> AccountChange {
        let refusal: RPCError? = if case .refused(let error) = answer { error } else { nil }
        return try book.change(db, message.subject, at: now) { account in
            if message.method == RecordPayment.name {
                account.chargeAnswered(message.id, refusal: refusal, at: now)
            } else {
                account.reportAnswered(message.id, refusal: refusal, at: now)
            }
        }.change
    }

    private func told(_ change: AccountChange, by peer: String) {
        troubledPeers.remove(peer)
        committed(change)
    }

    private func noteTrouble(_ peer: String, _ reason: String) {
        guard troubledPeers.insert(peer).inserted else { return }
        logger.warning("\(peer) has not answered: \(reason); it is asked again until it does")
    }
}

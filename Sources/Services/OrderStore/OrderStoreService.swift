import GRDB
package import Logging
import OrderStoreAPI
package import Primitives
package import RPCProtocol
package import ServiceLedger

/// Keeps the orders: takes them in, starts their executions, and follows what becomes of them.
///
/// Durability: what a method returns is on disk. Everything runs on the service's loop.
package actor OrderStoreService {
    let store: GroupCommit
    let loop: any ServiceLoop
    let world: any World
    let engine: any RPCCaller
    let logger: Logger
    let metrics: MetricSet
    let defaultFlow: String
    let book = OrderBook()

    var outbox: Outbox?
    var feed: ExecutionFeed?
    /// What keeps an order from starting, by its number; found out again after a restart.
    var troubles: [String: String] = [:]
    var troublesLogged: Set<String> = []
    var watchers: [String: [Int: AsyncStream<OrderView>.Continuation]] = [:]
    var watchersMade = 0
    /// Those who follow the changes of all orders; each is told that there are some, and reads them itself.
    var followers: [Int: AsyncStream<Void>.Continuation] = [:]
    /// Feed items handled since the cursor was written.
    var itemsUnsaved = 0
    private var closings = 0

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        loop.executor.asUnownedSerialExecutor()
    }

    /// - Parameter store: the writer of a database opened with `OrderStoreMigrations`.
    /// - Parameter engine: the engine's report door.
    /// - Parameter defaultFlow: for orders that name no flow.
    package init(
        store: GroupCommit, engine: any RPCCaller, defaultFlow: String, loop: any ServiceLoop,
        world: any World,
        logger: Logger, metrics: MetricSet
    ) {
        self.store = store
        self.engine = engine
        self.defaultFlow = defaultFlow
        self.loop = loop
        self.world = world
        self.logger = logger
        self.metrics = metrics
        book.join(store)
    }

    /// Reads how far the feed was followed; calls nobody.
    package func recover() throws(RPCError) {
        let cursor = try store.read { try FeedCursor.load($0) }
        outbox = makeOutbox()
        feed = makeFeed(after: cursor)
        declareMetrics()
    }

    /// Starts the executions that are still due and follows the engine's feed.
    package func start() {
        wakeOutbox()
        feed?.assumeIsolated { $0.start() }
    }

    /// Ends what `start` began, and writes how far the feed was followed. Nothing is called afterwards.
    package func stop() async {
        await outbox?.stop()
        await feed?.stop()
        for watcher in watchers.values.flatMap(\.values) { watcher.finish() }
        for follower in followers.values { follower.finish() }
        guard itemsUnsaved > 0, let sequence = await feed?.sequence else { return }
        do { try await saveCursor(sequence) } catch {
            logger.warning("the feed is read again from an earlier item after the next start: \(error)")
        }
    }

    func wakeOutbox() { outbox?.assumeIsolated { $0.wake() } }

    /// Sends what a commit has just promised.
    func send(_ message: OutboxMessage) { outbox?.assumeIsolated { $0.send([message]) } }

    /// The order as it is committed; what is under way is in memory.
    func find(_ number: String) throws(RPCError) -> Order? {
        if let known = book.recall(number) { return known }
        return try read { try book.find($0, number) }
    }

    /// Reads what is committed, with refusals as answers.
    func read<Value>(_ body: (Database) throws -> Value) throws(RPCError) -> Value {
        try store.read { db in try OrderStoreError.answering { try body(db) } }
    }

    /// What one commit did to one order.
    struct Change: Sendable {
        let order: Order
        let isClosing: Bool
        let isChange: Bool
    }

    /// Tells of a change that is on disk.
    func announce(_ change: Change) {
        guard change.isChange else { return }
        wakeFollowers()
        let order = change.order
        if change.isClosing {
            closings += 1
            metrics.add("fnf_orders_closed_total{status=\"\(order.status.rawValue)\"}")
            let because = order.reason.map { ": \($0)" } ?? ""
            logger.info(
                "order \(order.number) \(order.status.rawValue)\(because)",
                metadata: orderMetadata(order, "orderClosed").merging(
                    ["status": "\(order.status.rawValue)"]) { $1 })
        }
        publish(order.number)
    }

    /// Old answers are forgotten a batch at a time, with every so many closings.
    var isTimeToForget: Bool { closings % 256 == 255 }

    func orderMetadata(_ order: Order, _ kind: String) -> Logger.Metadata {
        [
            "messageID": "\(kind)", "order": "\(order.number)", "execution": "\(order.number)",
            "flow": "\(order.flow)",
        ]
    }
}

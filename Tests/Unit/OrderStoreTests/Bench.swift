import FlowEngineAPI
import GRDB
import LoopSupport
@testable import OrderStore
import OrderStoreAPI
import Primitives
import RPCProtocol
import ServiceLedger

/// An order store on a database file, with an engine that a test controls, and callers for each of its doors.
struct Bench: Sendable {
    let folder: TemporaryFolder
    let loop: TestLoop
    let engine: EngineStandIn
    let way: UnsteadyCaller
    let store: GroupCommit
    let service: OrderStoreService
    let log = LogRecorder()
    let metrics = MetricSet()
    let client: InProcessCaller
    let peers: InProcessCaller
    let task: InProcessCaller

    /// Recovers and, unless told not to, starts.
    init(
        in folder: TemporaryFolder? = nil, engine: EngineStandIn = EngineStandIn(),
        flow: String = "OrderDemo-Jiyuan",
        way wayPut: UnsteadyCaller.Way = .open, starting: Bool = true
    ) async throws {
        let folder = try folder ?? TemporaryFolder()
        let loop = TestLoop()
        let way = UnsteadyCaller(InProcessCaller(engine.table, door: .report))
        way.way = wayPut
        let queue = try ServiceDatabase.open("\(folder.path)/order-store.sqlite") {
            OrderStoreMigrations.register(&$0)
        }
        store = GroupCommit(queue, loop: loop) { _, _ in }
        service = OrderStoreService(
            store: store, engine: way, defaultFlow: flow, loop: loop, world: TestWorld(loop),
            logger: log.logger,
            metrics: metrics)
        let methods = OrderStoreMethods.table(of: service)
        client = InProcessCaller(methods, door: .client)
        peers = InProcessCaller(methods, door: .internal)
        task = InProcessCaller(methods, door: .task)
        self.folder = folder
        self.loop = loop
        self.engine = engine
        self.way = way
        try await service.recover()
        if starting { await service.start() }
    }

    /// The same store as another process finds it after a kill at this moment.
    func afterCrash(engine: EngineStandIn? = nil, starting: Bool = true) async throws -> Bench {
        let folder = folder
        let image = try await loop.run { try folder.crashImage() }
        way.way = .down
        await service.stop()
        return try await Bench(in: image, engine: engine ?? self.engine, starting: starting)
    }
}

/// The calls of the order's way.
extension Bench {
    @discardableResult
    func submit(
        _ number: String = "o-1", _ edit: (inout SubmitOrder.Params) -> Void = { _ in }
    ) async throws -> OrderRecord {
        var params = SubmitOrder.exampleParams
        params.orderNum = number
        edit(&params)
        return try await client.call(SubmitOrder.self, params)
    }

    @discardableResult
    func offer(_ number: String = "o-1", _ methods: String = "zhifubao,weixin") async throws -> OrderRecord {
        try await peers.call(
            SetPaymentCombination.self,
            .with {
                $0.orderNum = number
                $0.paymentcombination = methods
            })
    }

    @discardableResult
    func pay(
        _ number: String = "o-1", _ method: String = "zhifubao", price: Int64 = 80, paid: Int64 = 100
    ) async throws -> OrderRecord {
        try await peers.call(
            RecordPayment.self,
            .with {
                $0.orderNum = number
                $0.paymentMethod = method
                $0.price = DecimalNumber(price)
                $0.paid = DecimalNumber(paid)
            })
    }

    @discardableResult
    func complete(_ number: String = "o-1", event: Int64 = 30) async throws -> CompleteOrder.Result {
        try await task.call(
            CompleteOrder.self, .with { $0.orderNum = number },
            meta: Self.meta(number, "orderCompleted", event))
    }

    @discardableResult
    func cancel(_ number: String = "o-1", event: Int64 = 30) async throws -> CancelOrder.Result {
        try await task.call(
            CancelOrder.self, .with { $0.orderNum = number }, meta: Self.meta(number, "orderCanceled", event))
    }

    static func meta(_ number: String, _ step: String, _ event: Int64) -> RPCMeta {
        RPCMeta(
            task: TaskMeta(
                flow: "OrderDemo-Jiyuan", execution: number, step: step, scheduledEventID: event, attempt: 0,
                token: "t", deadline: nil, labels: [:], redelivery: 0))
    }

    func order(_ number: String = "o-1") async throws -> OrderRecord {
        try await client.call(DescribeOrder.self, .with { $0.orderNum = number })
    }

    /// Waits on the loop until the order is as asked for.
    func until(_ number: String = "o-1", _ holds: @escaping @Sendable (OrderRecord) -> Bool) async {
        let service = service
        await loop.until {
            service.assumeIsolated { (try? $0.describe(number)).map(holds) ?? false }
        }
    }

    /// Reads one number from the database.
    func number(_ sql: String) async throws -> Int64? {
        let store = store
        return try await loop.run { try store.read { try Int64.fetchOne($0, sql: sql) } }
    }

    func cursor() async throws -> Int64? { try await number("SELECT sequence FROM feed_cursor") }

    func execute(_ sql: String) async throws {
        let store = store
        try await loop.run { try store.read { try $0.execute(sql: sql) } }
    }
}

/// The name of the error that a call is answered with, nil when it succeeds.
func refusal(_ call: () async throws -> Void) async -> RPCErrorName? {
    do { try await call() } catch { return (error as? RPCFailure)?.answer?.name ?? "NoAnswer" }
    return nil
}

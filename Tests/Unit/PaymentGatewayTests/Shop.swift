import LoopSupport
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import ServiceLedger

@testable import PaymentGateway

/// A gateway with its database file, its loop and its peers.
final class Shop: Sendable {
    let folder: TemporaryFolder
    let loop = TestLoop()
    let engine: EnginePeer
    let orderStore: OrderStorePeer
    let toEngine: UnsteadyCaller
    let toOrderStore: UnsteadyCaller
    let journal = TestJournal()
    let metrics = MetricSet()
    let service: PaymentGatewayService

    convenience init() async throws {
        try await self.init(try TemporaryFolder(), engine: EnginePeer(), orderStore: OrderStorePeer())
    }

    init(
        _ folder: TemporaryFolder, engine: EnginePeer, orderStore: OrderStorePeer,
        engineIsDown: Bool = false
    ) async throws {
        self.folder = folder
        self.engine = engine
        self.orderStore = orderStore
        toEngine = UnsteadyCaller(InProcessCaller(engine.methods, door: .report))
        if engineIsDown { toEngine.way = .down }
        toOrderStore = UnsteadyCaller(InProcessCaller(orderStore.methods, door: .internal))
        let factors = ["zhifubao": DecimalNumber("0.8"), "weixin": DecimalNumber(1)].compactMapValues { $0 }
        service = try PaymentGatewayService(
            databasePath: "\(folder.path)/payment-gateway.sqlite", loop: loop, world: TestWorld(loop),
            logger: journal.logger, metrics: metrics, discounts: Discounts(factors: factors, minorUnits: 2),
            orderStore: toOrderStore, engine: toEngine, onStoreFault: { _, _ in })
        try await service.recover()
        await service.start()
    }

    /// The same files as a kill at this moment would leave them, opened by another process with the same
    /// peers.
    func killedAndStarted() async throws -> Shop {
        try await Shop(try folder.crashImage(), engine: engine, orderStore: orderStore)
    }

    @discardableResult
    func pay(
        _ orderNum: String, _ method: String = "zhifubao", _ price: String = "100"
    ) async throws(RPCFailure) -> PaymentRecord {
        try await InProcessCaller(service.methods, door: .client).call(
            PayOrder.self,
            .with {
                $0.orderNum = orderNum
                $0.paymentMethod = method
                $0.price = DecimalNumber(price) ?? .zero
            })
    }

    /// The flow asks for the payment; `event` tells attempts apart.
    func request(_ orderNum: String, offer: String = "zhifubao,weixin", event: Int64 = 5) async throws {
        _ = try await InProcessCaller(service.methods, door: .task).call(
            RequestPayment.self,
            .with {
                $0.taskToken = "token-\(orderNum)-\(event)"
                $0.orderNum = orderNum
                $0.paymentcombination = offer
            }, meta: meta(orderNum, event))
    }

    @discardableResult
    func charge(
        _ orderNum: String, _ method: String = "zhifubao", _ price: String = "100", event: Int64 = 9
    ) async throws(RPCFailure) -> DecimalNumber {
        try await InProcessCaller(service.methods, door: .task).call(
            ChargeOrder.self,
            .with {
                $0.orderNum = orderNum
                $0.paymentMethod = method
                $0.price = price
            }, meta: meta(orderNum, event)
        ).charged
    }

    private func meta(_ orderNum: String, _ event: Int64) -> RPCMeta {
        RPCMeta(
            task: TaskMeta(
                flow: "OrderDemo", execution: orderNum, step: "step", scheduledEventID: event, attempt: 0,
                token: "token-\(orderNum)-\(event)", deadline: nil, labels: [:], redelivery: 0))
    }

    func payments(
        _ edit: (inout ListPayments.Params) -> Void = { _ in }
    ) async throws -> ListPayments.Result {
        try await InProcessCaller(service.methods, door: .client).call(ListPayments.self, .with(edit))
    }

    /// The newest payment of an order.
    func payment(_ orderNum: String) async throws -> PaymentRecord? {
        try await payments { $0.orderNum = orderNum }.payments.first
    }

    func until(_ orderNum: String, _ state: PaymentState) async {
        await loop.until { [service] in
            let account = try? service.store.read { try PaymentTable(db: $0).account(orderNum) }
            return account?.payment?.state == state
        }
    }

    /// Waits until somebody waits for the payment, then lets the buyer's patience run out.
    func letPatienceEnd() async {
        await loop.until { [loop] in loop.armed.contains(PaymentGatewayService.answerPatience) }
        await loop.advance(by: PaymentGatewayService.answerPatience)
    }

    /// Lets the outbox try again.
    func letBackoffEnd() async { await loop.advance(by: .seconds(10)) }
}

/// The name a call was refused with.
func refusal(_ body: () async throws -> some Any) async -> RPCErrorName? {
    do {
        _ = try await body()
        return nil
    } catch {
        return (error as? RPCFailure)?.answer?.name ?? "NotAnswered"
    }
}

import FlowEngineAPI
import LoopSupport
import OrderStoreAPI
import Primitives
import RPCProtocol
import SupplierRulesAPI
import Testing

@testable import SupplierRules

@Suite(.timeLimit(.minutes(1))) struct GeneratingTests {
    @Test func `a decision is told to order-store, then to the engine, by the task's key`() async throws {
        let counter = try await Counter(shipped)
        try await counter.generate("o-1", supplier: "haidilao")
        #expect(counter.peers.combinations == [.init(text: "zhifubao,weixin", key: "OrderDemo/o-1/2")])
        let output = #"{"orderNum":"o-1","paymentcombination":"zhifubao,weixin"}"#
        #expect(counter.peers.successes == [.init(text: output, key: "OrderDemo/o-1/2")])
    }

    @Test func `a task delivered again is decided as the first time, also after a kill`() async throws {
        let counter = try await Counter(shipped)
        try await counter.generate("o-1", supplier: "haidilao")
        try await counter.set("haidilao", ["unionpay"])
        try await counter.generate("o-1", supplier: "haidilao")
        let next = try await Counter([], folder: try counter.folder.crashImage(), peers: counter.peers)
        try await next.generate("o-1", supplier: "haidilao")
        #expect(Set(counter.peers.combinations.map(\.text)) == ["zhifubao,weixin"])
        #expect(Set(counter.peers.successes).count == 1)
        try await next.generate("o-2", supplier: "haidilao")
        #expect(counter.peers.combinations.last?.text == "unionpay")
    }

    @Test func `without order-store the engine is told nothing and the task is to come again`() async throws {
        let counter = try await Counter(shipped)
        counter.toOrderStore.way = .down
        let error = await refusal { try await counter.generate("o-1", supplier: "x") }
        #expect(error?.name == .serviceUnavailable && error?.retryable == true)
        #expect(counter.toEngine.params(of: ReportTaskSucceeded.name).isEmpty)
        counter.toOrderStore.way = .open
        try await counter.generate("o-1", supplier: "x")
        #expect(counter.peers.successes.count == 1)
    }

    @Test func `without the engine the task is to come again`() async throws {
        let counter = try await Counter(shipped)
        counter.toEngine.way = .repliesLost
        let error = await refusal { try await counter.generate("o-1", supplier: "x") }
        #expect(error?.name == .serviceUnavailable && error?.retryable == true)
        counter.peers.refuseReports(.resourceThrottled)
        counter.toEngine.way = .open
        #expect(await refusal { try await counter.generate("o-1", supplier: "x") }?.retryable == true)
        counter.peers.refuseReports(nil)
        try await counter.generate("o-1", supplier: "x")
        #expect(Set(counter.peers.successes).count == 1)
    }

    @Test(arguments: [RPCErrorName.orderNotExists, .orderClosed, .invalidOrder])
    func `an order that can't be told fails the task by that name`(name: RPCErrorName) async throws {
        let counter = try await Counter(shipped)
        counter.peers.refuseOrders(name)
        try await counter.generate("o-1", supplier: "x")
        #expect(counter.peers.failures == [.init(text: name.text, key: "OrderDemo/o-1/2")])
        #expect(counter.peers.successes.isEmpty)
    }

    @Test func `a task that has ended counts as answered, a wrong token does not`() async throws {
        let counter = try await Counter(shipped)
        counter.peers.refuseReports(.taskAlreadyCompleted)
        try await counter.generate("o-1", supplier: "x")
        counter.peers.refuseReports(.invalidArgument)
        #expect(await refusal { try await counter.generate("o-2", supplier: "x") }?.name == .invalidArgument)
    }

    @Test func `where no rule matches the task fails`() async throws {
        let counter = try await Counter([])
        try await counter.generate("o-1", supplier: "x")
        await counter.service.use(RuleSet(shipped))
        try await counter.generate("o-1", supplier: "x")
        #expect(counter.peers.failures.map(\.text) == ["NoRuleMatches", "NoRuleMatches"])
        #expect(counter.peers.combinations.isEmpty)
    }

    @Test func `a rule with a time goes by the order's submission`() async throws {
        let night = rule("night", ["unionpay"]) {
            $0.supplier = [Glob("haidilao")]
            $0.time = TimeWindow(from: MinuteOfDay(22 * 60), to: MinuteOfDay(6 * 60))
        }
        let counter = try await Counter([night] + shipped)
        counter.peers.add("o-1", submitted: "2026-11-23T23:59:59.999Z")
        counter.peers.add("o-2", submitted: "2026-11-24T06:00:00.000Z")
        try await counter.generate("o-1", supplier: "haidilao")
        try await counter.generate("o-2", supplier: "haidilao")
        #expect(counter.peers.combinations.map(\.text) == ["unionpay", "zhifubao,weixin"])
        #expect(counter.toOrderStore.params(of: DescribeOrder.name).count == 2)
        try await counter.generate("o-3", supplier: "other")
        #expect(counter.toOrderStore.params(of: DescribeOrder.name).count == 2)
        try await counter.generate("o-4", supplier: "haidilao")
        #expect(counter.peers.failures.map(\.text) == ["OrderNotExists"])
    }

    @Test func `a task without order, token or supplier is refused`() async throws {
        let counter = try await Counter(shipped)
        #expect(await refusal { try await counter.generate("", supplier: "x") }?.name == .invalidParams)
        #expect(await refusal { try await counter.generate("o", supplier: "") }?.name == .invalidParams)
    }
}

import Logging
import LoopSupport
import OrderStoreAPI
import Primitives
import RPCProtocol
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ChangeTests {
    @Test func `an order's whole way is in its change log, and two lines of it in the journal`() async throws
    {
        let bench = try await Bench()
        try await bench.submit { $0.total = DecimalNumber(100) }
        await bench.until { $0.started }
        #expect(try await bench.offer().status == .awaitingPayment)
        #expect(try await bench.pay().status == .paid)
        #expect(try await bench.complete().orderStatus == .completed)
        let order = try await bench.order()
        #expect(order.paymentMethods == ["zhifubao", "weixin"])
        #expect(order.paymentMethod == "zhifubao")
        #expect(order.price == DecimalNumber(80))
        #expect(order.closedTime == "2026-11-23T09:30:00.000Z")
        #expect(
            order.changes.map(\.status) == ["submitted", "submitted", "awaitingPayment", "paid", "completed"])
        #expect(bench.log.kinds(of: "o-1") == ["orderSubmitted", "orderClosed"])
        #expect(bench.log.metadata(ofKind: "orderClosed")?["status"] == "completed")
        #expect(bench.metrics.value("fnf_orders_closed_total{status=\"completed\"}") == 1)
    }

    @Test func `each change is on disk when it is answered`() async throws {
        var bench = try await Bench()
        try await bench.submit()
        await bench.until { $0.started }
        bench = try await bench.afterCrash()
        try await bench.offer()
        bench = try await bench.afterCrash()
        #expect(try await bench.order().status == .awaitingPayment)
        try await bench.pay()
        bench = try await bench.afterCrash()
        #expect(try await bench.order().status == .paid)
        try await bench.complete()
        bench = try await bench.afterCrash()
        #expect(try await bench.order().status == .completed)
    }

    @Test func `a repeat is answered as the first and writes nothing`() async throws {
        let bench = try await Bench()
        try await bench.submit()
        await bench.until { $0.started }
        let (offer, payment, end) = (
            try await bench.offer(), try await bench.pay(), try await bench.complete()
        )
        #expect(offer.status == .awaitingPayment)
        let lines = try await bench.number("SELECT count(*) FROM order_changes")
        #expect(try await bench.offer().paymentMethods == offer.paymentMethods)
        #expect(try await bench.pay().price == payment.price)
        #expect(try await bench.complete() == end)
        #expect(try await bench.number("SELECT count(*) FROM order_changes") == lines)
        #expect(bench.log.kinds(of: "o-1") == ["orderSubmitted", "orderClosed"])
    }

    @Test
    func `money: another payment conflicts, another price than the total is refused, a closed order too`()
        async throws
    {
        let bench = try await Bench(way: .down)
        try await bench.submit { $0.total = DecimalNumber(100) }
        try await bench.offer()
        #expect(await refusal { try await bench.pay(paid: 90) } == .priceMismatch)
        try await bench.pay()
        #expect(await refusal { try await bench.pay(price: 70) } == .orderConflict)
        #expect(await refusal { try await bench.pay("o-1", "weixin") } == .orderConflict)
        #expect(try await bench.order().price == DecimalNumber(80))
        try await bench.submit("o-2")
        try await bench.cancel("o-2")
        #expect(await refusal { try await bench.pay("o-2") } == .orderClosed)
        #expect(await refusal { try await bench.offer("o-2") } == .orderClosed)
        #expect(await refusal { try await bench.pay("o-3") } == .orderNotExists)
        #expect(await refusal { try await bench.offer("o-2", " ") } == .invalidOrder)
    }

    @Test func `a task that comes again is answered from the ledger, after a restart too`() async throws {
        let bench = try await Bench(way: .down)
        try await bench.submit()
        let first = try await bench.cancel()
        let restarted = try await bench.afterCrash()
        #expect(try await restarted.cancel() == first)
        #expect(try await restarted.number("SELECT count(*) FROM request_ledger") == 1)
    }

    @Test
    func `another attempt that wants what is so gets the same answer, one that wants the opposite conflicts`()
        async throws
    {
        let bench = try await Bench(way: .down)
        try await bench.submit()
        let first = try await bench.complete(event: 30)
        #expect(try await bench.complete(event: 34) == first)
        #expect(await refusal { try await bench.cancel(event: 38) } == .orderConflict)
        #expect(try await bench.order().status == .completed)
    }

    @Test func `the ledger refuses one attempt's key for another order`() async throws {
        let bench = try await Bench(way: .down)
        try await bench.submit()
        try await bench.submit("o-2")
        try await bench.complete()
        let name = await refusal {
            _ = try await bench.task.call(
                CompleteOrder.self, .with { $0.orderNum = "o-2" },
                meta: Bench.meta("o-1", "orderCompleted", 30))
        }
        #expect(name == .idempotencyConflict)
        #expect(try await bench.order("o-2").status == .submitted)
    }

    @Test func `a paid order can be canceled and says what is due back`() async throws {
        let bench = try await Bench(way: .down)
        try await bench.submit()
        try await bench.offer()
        try await bench.pay()
        #expect(try await bench.cancel().orderStatus == .canceled)
        #expect(
            try await bench.order().reason == "canceled by the flow; 80 charged by zhifubao are due back")
    }

    @Test func `a step's other data does not disturb the task`() async throws {
        let bench = try await Bench(way: .down)
        try await bench.submit()
        let answer = try await bench.task.call(
            "CompleteOrder", ["orderNum": "o-1", "price": "80", "Status": "ok"],
            meta: Bench.meta("o-1", "orderCompleted", 30))
        #expect(answer == ["orderNum": "o-1", "Status": "ok", "orderStatus": "completed"])
    }

    @Test func `each door opens what its role needs and no more`() async throws {
        let bench = try await Bench(way: .down)
        try await bench.submit()
        let denied = await refusal { _ = try await bench.client.call("RecordPayment", [:], meta: RPCMeta()) }
        #expect(denied == .accessDenied)
        let alsoDenied = await refusal {
            _ = try await bench.peers.call("CompleteOrder", [:], meta: RPCMeta())
        }
        #expect(alsoDenied == .accessDenied)
        _ = try await bench.peers.call(DescribeOrder.self, .with { $0.orderNum = "o-1" })
    }
}

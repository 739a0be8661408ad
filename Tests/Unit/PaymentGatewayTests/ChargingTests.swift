import FlowEngineAPI
import Logging
import LoopSupport
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import Testing

@testable import PaymentGateway

@Suite(.timeLimit(.minutes(1))) struct ChargingTests {
    private func paidShop(_ method: String = "zhifubao", _ price: String = "100") async throws -> Shop {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        try await shop.request("o-1")
        try await shop.pay("o-1", method, price)
        return shop
    }

    @Test func `a charge is discounted, noted at order-store, and then answered`() async throws {
        let shop = try await paidShop("zhifubao", "79.99")
        #expect(try await shop.charge("o-1", "zhifubao", "79.99") == DecimalNumber("63.99"))
        let note = try #require(shop.orderStore.notes["o-1"])
        #expect(note.price == DecimalNumber("63.99"))
        #expect(note.paid == DecimalNumber("79.99"))
        #expect(note.paymentMethod == "zhifubao")
        let payment = try #require(try await shop.payment("o-1"))
        #expect(payment.state == .charged)
        #expect(payment.charged == DecimalNumber("63.99"))
        #expect(shop.journal.lines("paymentCharged", "o-1").map(\.level) == [.info])
    }

    @Test func `a repeat of a charge charges nothing`() async throws {
        let shop = try await paidShop()
        #expect(try await shop.charge("o-1") == DecimalNumber(80))
        #expect(try await shop.charge("o-1") == DecimalNumber(80))
        #expect(shop.toOrderStore.params(of: RecordPayment.name).count == 1)
        #expect(shop.metrics.value("fnf_payments_charged_total") == 1)
    }

    @Test func `another task of the same order is answered with the one charge`() async throws {
        let shop = try await paidShop()
        #expect(try await shop.charge("o-1", event: 9) == DecimalNumber(80))
        #expect(try await shop.charge("o-1", event: 29) == DecimalNumber(80))
        #expect(await refusal { try await shop.charge("o-1", "weixin", event: 30) } == .paymentConflict)
        #expect(shop.toOrderStore.params(of: RecordPayment.name).count == 1)
    }

    @Test func `a charge and its repeat are answered when order-store has noted it`() async throws {
        let shop = try await paidShop()
        shop.toOrderStore.way = .down
        async let first = shop.charge("o-1")
        await shop.until("o-1", .charged)
        async let second = shop.charge("o-1")
        await shop.letBackoffEnd()
        #expect(shop.orderStore.notes.isEmpty)
        shop.toOrderStore.way = .open
        await shop.letBackoffEnd()
        #expect(try await first == DecimalNumber(80))
        #expect(try await second == DecimalNumber(80))
        #expect(shop.orderStore.notes.count == 1)
    }

    @Test func `a caller who goes away leaves the charge made and to be noted`() async throws {
        let shop = try await paidShop()
        shop.toOrderStore.way = .down
        let task = Task { await refusal { try await shop.charge("o-1") } }
        await shop.until("o-1", .charged)
        task.cancel()
        #expect(await task.value == RPCErrorName.canceled)
        shop.toOrderStore.way = .open
        await shop.letBackoffEnd()
        #expect(try await shop.charge("o-1") == DecimalNumber(80))
        #expect(shop.orderStore.notes.count == 1)
    }

    @Test func `a kill between charge and note charges once`() async throws {
        let shop = try await paidShop()
        shop.toOrderStore.way = .down
        let task = Task { await refusal { try await shop.charge("o-1") } }
        await shop.until("o-1", .charged)
        let next = try await shop.killedAndStarted()
        #expect(try await next.charge("o-1") == DecimalNumber(80))
        #expect(next.orderStore.notes.count == 1)
        #expect(try await next.payments().payments.count == 1)
        task.cancel()
        _ = await task.value
    }

    @Test func `a kill after the note and before its answer was kept charges once`() async throws {
        let shop = try await paidShop()
        shop.toOrderStore.way = .repliesLost
        let task = Task { await refusal { try await shop.charge("o-1") } }
        await shop.loop.until { shop.orderStore.notes.count == 1 }
        let next = try await shop.killedAndStarted()
        #expect(try await next.charge("o-1") == DecimalNumber(80))
        #expect(next.orderStore.notes["o-1"]?.price == DecimalNumber(80))
        task.cancel()
        _ = await task.value
    }

    @Test(arguments: [RPCErrorName.orderClosed, .orderConflict, .priceMismatch, .orderNotExists])
    func `a charge that order-store refuses is due back and fails the task`(name: RPCErrorName) async throws {
        let shop = try await paidShop()
        shop.orderStore.refuseNotes(name)
        #expect(await refusal { try await shop.charge("o-1") } == name)
        #expect(await refusal { try await shop.charge("o-1") } == name)
        let payment = try #require(try await shop.payment("o-1"))
        #expect(payment.state == .refundDue)
        #expect(payment.reason == name.text)
        #expect(payment.charged == DecimalNumber(80))
        #expect(shop.journal.lines("refundDue", "o-1").map(\.level) == [.warning])
        #expect(shop.metrics.value("fnf_refunds_due_total") == 1)
        #expect(shop.toOrderStore.params(of: RecordPayment.name).count == 1)
    }

    @Test func `nothing is charged by an unknown method or otherwise than paid`() async throws {
        let shop = try await paidShop()
        #expect(await refusal { try await shop.charge("o-1", "bitcoin") } == .unknownPaymentMethod)
        #expect(await refusal { try await shop.charge("o-1", "weixin") } == .paymentConflict)
        #expect(await refusal { try await shop.charge("o-1", "zhifubao", "99") } == .paymentConflict)
        for price in ["", "ten", "0", "1e2", "0.001"] {
            #expect(await refusal { try await shop.charge("o-1", "zhifubao", price) } == .invalidPayment)
        }
        #expect(shop.orderStore.notes.isEmpty)
        #expect(try await shop.payment("o-1")?.state == .confirmed)
    }

    @Test func `what an operator reported by hand is charged as the flow's own`() async throws {
        let shop = try await Shop()
        #expect(try await shop.charge("o-1", "weixin", "12.34") == DecimalNumber("12.34"))
        let payment = try #require(try await shop.payment("o-1"))
        #expect(payment.origin == "flow")
        #expect(payment.state == .charged)
        #expect(shop.journal.lines("paymentAccepted", "o-1").isEmpty)
    }

    @Test func `a charge before the engine's word came stays a charge`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        try await shop.request("o-1")
        shop.toEngine.way = .repliesLost
        async let answer = shop.pay("o-1")
        await shop.loop.until { shop.engine.reports.count == 1 }
        #expect(try await shop.charge("o-1") == DecimalNumber(80))
        shop.toEngine.way = .open
        await shop.letBackoffEnd()
        await shop.loop.until { shop.toEngine.params(of: "ReportTaskSucceeded").count == 2 }
        #expect(try await answer.state == .charged)
        #expect(try await shop.payment("o-1")?.state == .charged)
    }

    @Test func `amounts are exact and half a coin is rounded away from zero`() throws {
        func amount(_ price: String, _ factor: String, _ minorUnits: Int) throws -> String {
            let factors = ["m": try #require(DecimalNumber(factor))]
            return try Discounts(factors: factors, minorUnits: minorUnits)
                .amount(of: try #require(DecimalNumber(price)), by: "m").description
        }
        #expect(try amount("100", "0.8", 2) == "80")
        #expect(try amount("0.1", "0.7", 2) == "0.07")
        #expect(try amount("1.15", "0.5", 2) == "0.58")
        #expect(try amount("1.13", "0.5", 2) == "0.57")
        #expect(try amount("33.33", "0.85", 2) == "28.33")
        #expect(try amount("2.5", "1", 0) == "3")
        #expect(try amount("9999999999.99", "0.8", 2) == "7999999999.99")
    }
}

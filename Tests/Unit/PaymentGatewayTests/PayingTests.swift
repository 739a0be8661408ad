import Logging
import LoopSupport
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import Testing

@testable import PaymentGateway

@Suite(.timeLimit(.minutes(1))) struct PayingTests {
    @Test func `a payment for an open request is reported and confirmed`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        try await shop.request("o-1")
        let payment = try await shop.pay("o-1", "zhifubao", "79.90")
        #expect(payment.state == .confirmed)
        let report = try #require(shop.engine.reports.first)
        #expect(report.token == "token-o-1-5")
        #expect(report.output == #"{"orderNum":"o-1","paymentMethod":"zhifubao","price":"79.9"}"#)
        #expect(report.key == "\(payment.paymentId)/5")
        #expect(shop.journal.lines("paymentAccepted", "o-1").map(\.level) == [.info])
        #expect(shop.journal.lines("paymentAccepted", "o-1").first?.metadata["execution"] == "o-1")
    }

    @Test func `a payment before the request is kept and reported when the request comes`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        async let answer = shop.pay("o-1")
        await shop.until("o-1", .accepted)
        #expect(shop.engine.reports.isEmpty)
        try await shop.request("o-1")
        #expect(try await answer.state == .confirmed)
        #expect(shop.engine.reports.count == 1)
    }

    @Test func `a payment that nobody asks for is answered as accepted after two seconds`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        async let answer = shop.pay("o-1")
        await shop.letPatienceEnd()
        #expect(try await answer.state == .accepted)
    }

    @Test func `a payment that the engine has not taken yet is pending and confirmed later`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        try await shop.request("o-1")
        shop.toEngine.way = .down
        async let answer = shop.pay("o-1")
        await shop.letPatienceEnd()
        #expect(try await answer.state == .accepted)
        shop.toEngine.way = .open
        await shop.letBackoffEnd()
        await shop.until("o-1", .confirmed)
        #expect(try await shop.pay("o-1").state == .confirmed)
        #expect(shop.engine.reports.count == 1)
    }

    @Test func `a payment kept for an offer that lacks its method is voided`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        async let answer = shop.pay("o-1", "unionpay")
        await shop.until("o-1", .accepted)
        try await shop.request("o-1", offer: "zhifubao, weixin")
        let payment = try await answer
        #expect(payment.state == .voided)
        #expect(payment.reason == "methodNotOffered")
        #expect(shop.journal.lines("paymentVoided", "o-1").first?.metadata["error"] == "methodNotOffered")
        #expect(shop.engine.reports.isEmpty)
        #expect(try await shop.pay("o-1", "weixin").state == .confirmed)
        #expect(try await shop.payments().payments.map(\.state) == [.confirmed, .voided])
    }

    @Test func `a method that is not on offer is refused and can be chosen better`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        try await shop.request("o-1", offer: "weixin")
        #expect(await refusal { try await shop.pay("o-1", "zhifubao") } == .methodNotOffered)
        #expect(try await shop.payment("o-1") == nil)
        #expect(try await shop.pay("o-1", "weixin").state == .confirmed)
    }

    @Test func `the same payment again is the same payment, other content is a conflict`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        try await shop.request("o-1")
        let first = try await shop.pay("o-1", "zhifubao", "100")
        shop.toOrderStore.way = .down
        #expect(try await shop.pay("o-1", "zhifubao", "100.00") == first)
        #expect(await refusal { try await shop.pay("o-1", "weixin", "100") } == .paymentConflict)
        #expect(await refusal { try await shop.pay("o-1", "zhifubao", "99") } == .paymentConflict)
        #expect(shop.engine.reports.count == 1)
        #expect(shop.metrics.value("fnf_payments_accepted_total") == 1)
    }

    @Test func `of two payments at once one is taken`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        try await shop.request("o-1")
        async let left = refusal { try await shop.pay("o-1", "zhifubao") }
        async let right = refusal { try await shop.pay("o-1", "weixin") }
        let answers = await [left, right]
        #expect(answers.filter { $0 == nil }.count == 1)
        #expect(answers.contains(RPCErrorName.paymentConflict))
        #expect(try await shop.payments().payments.count == 1)
    }

    @Test func `nothing is taken for an order that is unknown, closed or priced otherwise`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("closed")
        shop.orderStore.close("closed")
        shop.orderStore.add("priced", total: "88")
        #expect(await refusal { try await shop.pay("none") } == .orderNotExists)
        #expect(await refusal { try await shop.pay("closed") } == .orderClosed)
        #expect(await refusal { try await shop.pay("priced", "weixin", "87.99") } == .priceMismatch)
        #expect(try await shop.payments().payments.isEmpty)
    }

    @Test func `a price is positive and no finer than the smallest coin`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        for price in ["0", "-1", "0.001", "1.999"] {
            #expect(await refusal { try await shop.pay("o-1", "zhifubao", price) } == .invalidPayment)
        }
        #expect(await refusal { try await shop.pay("o-1", "", "1") } == .invalidPayment)
        #expect(await refusal { try await shop.pay("o-1", "a,b", "1") } == .invalidPayment)
        #expect(try await shop.payments().payments.isEmpty)
    }

    @Test func `without order-store nothing is taken and the buyer may try again`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        shop.toOrderStore.way = .down
        do {
            try await shop.pay("o-1")
            Issue.record("the payment was taken")
        } catch {
            #expect(error.answer?.name == .serviceUnavailable)
            #expect(error.isRetryable)
        }
        #expect(try await shop.payments().payments.isEmpty)
    }

    @Test func `a buyer who goes away ends the waiting, not the payment`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        let buyer = Task { try await shop.pay("o-1") }
        await shop.until("o-1", .accepted)
        buyer.cancel()
        #expect(try await buyer.value.state == .accepted)
        try await shop.request("o-1")
        await shop.until("o-1", .confirmed)
    }

    @Test func `a request by hand is kept by its token`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        let door = InProcessCaller(shop.service.methods, door: .task)
        for _ in 1...2 {
            _ = try await door.call(
                RequestPayment.self,
                .with {
                    $0.taskToken = "by-hand"
                    $0.orderNum = "o-1"
                    $0.paymentcombination = "weixin"
                })
        }
        #expect(try await shop.pay("o-1", "weixin").state == .confirmed)
        #expect(shop.engine.reports.map(\.token) == ["by-hand"])
    }

    @Test func `a request without order, token or offer is refused`() async throws {
        let shop = try await Shop()
        let door = InProcessCaller(shop.service.methods, door: .task)
        for (order, token, offer) in [("", "t", "a"), ("o", "", "a"), ("o", "t", " , ")] {
            let name = await refusal {
                try await door.call(
                    RequestPayment.self,
                    .with {
                        $0.taskToken = token
                        $0.orderNum = order
                        $0.paymentcombination = offer
                    })
            }
            #expect(name == .invalidPayment)
        }
    }
}

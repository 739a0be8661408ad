import LoopSupport
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import ServiceLedger
import Testing

@testable import PaymentGateway

@Suite(.timeLimit(.minutes(1))) struct QuoteTests {
    private func quote(
        _ shop: Shop, _ orderNum: String, price: String? = nil
    ) async throws -> QuotePayment.Result {
        try await InProcessCaller(shop.service.methods, door: .client).call(
            QuotePayment.self,
            .with {
                $0.orderNum = orderNum
                $0.price = price.flatMap { DecimalNumber($0) }
            })
    }

    private func text(_ quotes: [PaymentQuote]) -> [String] {
        quotes.map {
            "\($0.paymentMethod) \($0.labelEn) \($0.labelZh) \($0.percentOff?.description ?? "-") "
                + "\($0.charged?.description ?? "-")"
        }
    }

    @Test(arguments: ["100", "79.90", "0.01", "0.04", "33.33", "999999999.99"])
    func `what is quoted is what is charged`(_ total: String) async throws {
        for method in ["zhifubao", "weixin"] {
            let shop = try await Shop()
            shop.orderStore.add("o-1", total: total)
            try await shop.request("o-1")
            let quoted = try #require(
                try await quote(shop, "o-1").quotes.first { $0.paymentMethod == method })
            _ = try await shop.pay("o-1", method, total)
            #expect(try await shop.charge("o-1", method, total) == quoted.charged)
            #expect(shop.orderStore.notes["o-1"]?.price == quoted.charged)
        }
    }

    @Test func `each method on offer is quoted with its name and discount`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1", total: "99.99")
        try await shop.request("o-1", offer: "weixin,zhifubao,gold")
        let answer = try await quote(shop, "o-1")
        #expect(
            text(answer.quotes) == [
                "weixin WeChat Pay 微信支付 0 99.99", "zhifubao Alipay 支付宝 20 79.99", "gold gold gold - -",
            ])
        #expect(answer.quotes[2].fault?.contains("nothing is charged by gold") == true)
        #expect(answer.total == DecimalNumber("99.99"))
        #expect(answer.request == .open && answer.payable && answer.reason == nil)
        #expect(answer.payment == nil)
    }

    @Test func `an order without a total is quoted for a price, one with it for no other`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1")
        shop.orderStore.add("o-2", total: "10")
        try await shop.request("o-1", offer: "zhifubao")
        #expect(text(try await quote(shop, "o-1").quotes) == ["zhifubao Alipay 支付宝 20 -"])
        #expect(text(try await quote(shop, "o-1", price: "50").quotes) == ["zhifubao Alipay 支付宝 20 40"])
        #expect(await refusal { try await quote(shop, "o-2", price: "11") } == .priceMismatch)
        #expect(await refusal { try await quote(shop, "o-1", price: "0.001") } == .invalidPayment)
        #expect(await refusal { try await quote(shop, "none") } == .orderNotExists)
    }

    @Test func `it says whether and why not it can be paid, at each stage`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1", total: "10")
        let early = try await quote(shop, "o-1")
        #expect(!early.payable && early.quotes.isEmpty && early.request == .notAsked)
        #expect(early.reason == "the supplier's payment methods are not known yet")
        try await shop.request("o-1")
        #expect(try await quote(shop, "o-1").payable)
        _ = try await shop.pay("o-1", "weixin", "10")
        let paid = try await quote(shop, "o-1")
        #expect(!paid.payable && paid.request == .confirmed && paid.payment?.state == .confirmed)
        #expect(paid.reason?.contains("already paid by weixin with 10") == true)
        shop.orderStore.add("o-2", total: "10")
        try await shop.request("o-2")
        shop.orderStore.close("o-2")
        let closed = try await quote(shop, "o-2")
        #expect(!closed.payable && closed.reason?.contains("canceled") == true)
        shop.orderStore.add("o-3", total: "0.001")
        try await shop.request("o-3")
        let fine = try await quote(shop, "o-3")
        #expect(!fine.payable && fine.quotes.allSatisfy { $0.fault != nil && $0.charged == nil })
    }

    @Test func `a quote changes nothing and needs order-store`() async throws {
        let shop = try await Shop()
        shop.orderStore.add("o-1", total: "10")
        try await shop.request("o-1")
        let commits = shop.service.store.commits
        _ = try await quote(shop, "o-1")
        #expect(shop.service.store.commits == commits)
        shop.toOrderStore.way = .down
        #expect(await refusal { try await quote(shop, "o-1") } == .serviceUnavailable)
    }

    @Test func `the methods are those of the price list`() async throws {
        let shop = try await Shop()
        let answer = try await InProcessCaller(shop.service.methods, door: .client).call(
            ListPaymentMethods.self, NoFields())
        #expect(answer.methods.map(\.paymentMethod) == ["weixin", "zhifubao"])
        #expect(answer.methods.map(\.percentOff) == [.zero, DecimalNumber(20)])
        #expect(answer.minorUnits == 2)
        let dear = Discounts(
            factors: ["gold": try #require(DecimalNumber("1.005"))], minorUnits: 2,
            labels: ["gold": MethodLabel(en: "Gold", zh: "黄金")])
        #expect(dear.record("gold")?.percentOff == DecimalNumber("-0.5"))
        #expect(dear.record("gold")?.labelZh == "黄金")
        #expect(dear.record("silver") == nil)
    }
}

import GRDB
import LoopSupport
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import ServiceLedger
import Testing

@testable import PaymentGateway

@Suite(.timeLimit(.minutes(1))) struct PaymentOverviewTests {
    private func summary(
        _ shop: Shop, _ edit: (inout SummarizePayments.Params) -> Void = { _ in }
    ) async throws -> [String] {
        try await InProcessCaller(shop.service.methods, door: .client).call(
            SummarizePayments.self, .with(edit)
        ).sums.map { "\($0.state.rawValue) \($0.paymentMethod) \($0.count) \($0.price) \($0.charged)" }
    }

    /// Paid and charged: o-1, o-2 by zhifubao, o-3 by weixin; voided: o-4 by a word that is no method.
    private func busyShop() async throws -> Shop {
        let shop = try await Shop()
        for (order, method, price) in [
            ("o-1", "zhifubao", "100"), ("o-2", "zhifubao", "0.10"), ("o-3", "weixin", "7"),
        ] {
            shop.orderStore.add(order, total: price)
            try await shop.request(order)
            _ = try await shop.pay(order, method, price)
            try await shop.charge(order, method, price)
        }
        shop.orderStore.add("o-4", total: "5")
        async let answer = shop.pay("o-4", "pebbles", "5")
        await shop.until("o-4", .accepted)
        try await shop.request("o-4")
        #expect(try await answer.state == .voided)
        return shop
    }

    @Test func `payments are summed by state and method, a payment where it stands now`() async throws {
        let shop = try await busyShop()
        let sums = ["voided  1 5 0", "charged weixin 1 7 7", "charged zhifubao 2 100.1 80.08"]
        #expect(try await summary(shop) == sums)
        shop.orderStore.add("o-5", total: "3")
        try await shop.request("o-5")
        _ = try await shop.pay("o-5", "weixin", "3")
        #expect(try await summary(shop) == ["confirmed weixin 1 3 0"] + sums)
        #expect(try await summary(shop.killedAndStarted()) == ["confirmed weixin 1 3 0"] + sums)
    }

    @Test func `a payment after a voided one is counted beside it`() async throws {
        let shop = try await busyShop()
        _ = try await shop.pay("o-4", "weixin", "5")
        #expect(try await summary(shop).prefix(2) == ["confirmed weixin 1 5 0", "voided  1 5 0"])
    }

    @Test func `sums can be of a stretch of time, and of payments from before they were kept`() async throws {
        let shop = try await busyShop()
        let accepted = try #require(try await shop.payment("o-1")).acceptedTime
        let now = try #require(Timestamp(rfc3339: accepted))
        let all = try await summary(shop)
        #expect(try await summary(shop) { $0.since = now } == all)
        #expect(try await summary(shop) { $0.since = now.advanced(by: .seconds(1800)) } == [])
        #expect(try await summary(shop) { $0.until = now.advanced(by: .seconds(-1800)) } == [])
        let store = shop.service.store
        try await shop.loop.run {
            try store.read { db in
                try db.execute(sql: "DELETE FROM payment_sums")
                try PaymentTable(db: db).sumAll()
            }
        }
        #expect(try await summary(shop) == all)
    }

    @Test func `a list is narrowed by state, method and text, page by page`() async throws {
        let shop = try await busyShop()
        func found(_ edit: (inout ListPayments.Params) -> Void) async throws -> [String] {
            try await shop.payments(edit).payments.map(\.orderNum)
        }
        #expect(try await found { $0.paymentMethod = "zhifubao" } == ["o-2", "o-1"])
        #expect(try await found { $0.state = .voided } == ["o-4"])
        #expect(try await found { $0.search = "PEBB" } == ["o-4"])
        #expect(try await found { $0.search = "methodnotoffered" } == ["o-4"])
        #expect(try await found { $0.search = "%" } == [])
        #expect(
            try await found {
                $0.state = .charged
                $0.paymentMethod = "weixin"
                $0.search = "o-"
            } == ["o-3"])
        let first = try await shop.payments {
            $0.state = .charged
            $0.limit = 2
        }
        #expect(first.payments.map(\.orderNum) == ["o-3", "o-2"])
        let second = try await shop.payments {
            $0.state = .charged
            $0.limit = 2
            $0.nextToken = first.nextToken
        }
        #expect(second.payments.map(\.orderNum) == ["o-1"])
        #expect(second.nextToken == nil)
    }
}

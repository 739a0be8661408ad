import LoopSupport
import OrderStoreAPI
import Primitives
import RPCProtocol
import ServiceLedger
import Testing

@testable import OrderStore

/// All orders at a glance: sums, and the feed of changes.
@Suite(.timeLimit(.minutes(1)))
struct OverviewTests {
    private func summary(
        _ bench: Bench, _ edit: (inout SummarizeOrders.Params) -> Void = { _ in }
    ) async throws -> SummarizeOrders.Result {
        try await bench.client.call(SummarizeOrders.self, .with(edit))
    }

    private func text(_ sums: [OrderSum]) -> [String] {
        sums.filter { $0.count > 0 }.map { "\($0.status.rawValue) \($0.count) \($0.total) \($0.charged)" }
    }

    @Test func `orders are counted where they stand, with their money`() async throws {
        let bench = try await Bench(way: .down)
        try await bench.submit("o-1") { $0.total = DecimalNumber("100.50") }
        try await bench.submit("o-2") { $0.supplier = "xibei" }
        try await bench.submit("o-3") { $0.total = DecimalNumber(100) }
        try await bench.offer("o-3")
        try await bench.pay("o-3")
        #expect(text(try await summary(bench).sums) == ["submitted 2 100.5 0", "paid 1 100 80"])
        try await bench.complete("o-3")
        try await bench.cancel("o-1")
        let all = try await summary(bench) { $0.bySupplier = true }
        #expect(text(all.sums) == ["submitted 1 0 0", "completed 1 100 80", "canceled 1 100.5 0"])
        #expect(all.sums.map(\.status) == OrderStatus.allCases)
        #expect(all.suppliers.map(\.supplier) == ["haidilao", "xibei"])
        #expect(text(all.suppliers[1].sums) == ["submitted 1 0 0"])
        #expect(text(try await summary(bench) { $0.supplier = "xibei" }.sums) == ["submitted 1 0 0"])
        #expect(text(try await summary(bench.afterCrash()).sums) == text(all.sums))
    }

    @Test func `a stretch of time is told as it was counted`() async throws {
        let bench = try await Bench(way: .down)
        try await bench.submit("o-1")
        let now = try #require(Timestamp(rfc3339: "2026-11-23T09:33:00Z"))
        let within = try await summary(bench) { $0.since = now }
        #expect(within.since?.description == "2026-11-23T09:30:00.000Z")
        #expect(text(within.sums) == ["submitted 1 0 0"])
        #expect(text(try await summary(bench) { $0.since = now.advanced(by: .seconds(900)) }.sums) == [])
        #expect(text(try await summary(bench) { $0.until = now.advanced(by: .seconds(-900)) }.sums) == [])
    }

    @Test func `sums add up to what a list shows, whatever happened`() async throws {
        let bench = try await Bench(way: .down)
        for number in 1...40 {
            let name = "o-\(number)"
            try await bench.submit(name) { $0.total = DecimalNumber(100) }
            if number % 2 == 0 { try await bench.offer(name) }
            if number % 4 == 0 { try await bench.pay(name) }
            if number % 8 == 0 { try await bench.complete(name) }
            if number % 5 == 0, number % 8 != 0 { try await bench.cancel(name) }
        }
        let sums = try await summary(bench).sums
        for sum in sums {
            let listed = try await bench.client.call(
                ListOrders.self,
                .with {
                    $0.status = sum.status
                    $0.limit = 1000
                }
            ).orders
            #expect(sum.count == Int64(listed.count))
            var (total, charged) = (DecimalSum(), DecimalSum())
            for order in listed {
                if let money = order.total { total.add(money) }
                if let money = order.price { charged.add(money) }
            }
            #expect(sum.total == total && sum.charged == charged)
        }
        #expect(sums.reduce(0) { $0 + $1.count } == 40)
    }

    @Test func `orders that were there before sums were kept are counted`() async throws {
        let bench = try await Bench(way: .down)
        try await bench.submit("o-1") { $0.total = DecimalNumber(100) }
        try await bench.submit("o-2")
        let kept = try await summary(bench)
        try await bench.execute("DELETE FROM order_sums")
        #expect(text(try await summary(bench).sums) == [])
        let store = bench.store
        try await bench.loop.run { try store.read { try OrderTable.sumAll($0) } }
        #expect(try await summary(bench).sums == kept.sums)
    }

    @Test func `the feed tells each change once, and goes on after any of them`() async throws {
        let bench = try await Bench(way: .down)
        try await bench.submit("o-1")
        let sequence = try await bench.client.call(ListOrders.self, .init()).sequence
        #expect(sequence == 1)
        try await bench.offer("o-1")
        try await bench.submit("o-2")
        let first = Follower(bench, after: sequence)
        var seen = await first.next(2)
        try await bench.pay("o-1")
        try await bench.complete("o-1")
        seen += await first.next(2)
        #expect(
            seen.map { "\($0.sequence) \($0.orderNum) \($0.status.rawValue) \($0.supplier)" } == [
                "2 o-1 awaitingPayment haidilao", "3 o-2 submitted haidilao", "4 o-1 paid haidilao",
                "5 o-1 completed haidilao",
            ])
        let again = Follower(bench, after: 3)
        #expect(await again.next(2) == Array(seen.suffix(2)))
        let fresh = Follower(bench, after: nil)
        let service = bench.service
        await bench.loop.until { service.assumeIsolated { $0.followers.count == 3 } }
        try await bench.submit("o-3")
        #expect(await fresh.next(1).map(\.sequence) == [6])
        for follower in [first, again, fresh] { follower.stop() }
        await bench.loop.until { service.assumeIsolated { $0.followers.isEmpty } }
        try await bench.complete("o-2")
        let later = Follower(try await bench.afterCrash(), after: 6)
        #expect(await later.next(1).map(\.orderNum) == ["o-2"])
        later.stop()
    }

    @Test func `a feed can't go on from what is not kept`() async throws {
        let bench = try await Bench(way: .down)
        for number in 1...4 { try await bench.submit("o-\(number)") }
        try await bench.execute("DELETE FROM order_feed WHERE sequence <= 2")
        for sequence in [-1, 0, 1, 5] as [Int64] {
            let failure = await #expect(throws: RPCFailure.self) {
                _ = try await bench.client.stream(WatchOrders.self, .with { $0.afterSequence = sequence }) {
                    _ in
                }
            }
            #expect(failure?.answer?.name == .sequenceNotKept)
            #expect(failure?.answer?.details["sequence"] == 4)
        }
        let follower = Follower(bench, after: 2)
        #expect(await follower.next(2).map(\.orderNum) == ["o-3", "o-4"])
        follower.stop()
    }

    @Test func `a reader that comes late gets all of a long feed`() async throws {
        let bench = try await Bench(way: .down)
        try await bench.submit("o-1")
        try await bench.execute(
            """
            WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
            INSERT INTO order_feed SELECT i, 1, 'submitted', 0 FROM n
            """)
        let follower = Follower(bench, after: 0)
        #expect(await follower.next(200).map(\.sequence) == Array(1...200))
        follower.stop()
    }

    @Test func `the newest changes are kept, older ones go`() async throws {
        let bench = try await Bench(way: .down)
        try await bench.submit("o-1")
        let end = (OrderFeedTable.keptMax / 512 + 3) * 512
        try await bench.execute("UPDATE order_feed SET sequence = \(end - 1 - OrderFeedTable.keptMax)")
        try await bench.execute("INSERT INTO order_feed VALUES (\(end - 1), 1, 'submitted', 0)")
        try await bench.submit("o-2")
        #expect(try await bench.number("SELECT count(*) FROM order_feed") == 2)
        #expect(try await bench.number("SELECT min(sequence) FROM order_feed") == end - 1)
    }

    @Test func `a list by status or supplier needs no second page to find what is far back`() async throws {
        let bench = try await Bench(way: .down)
        try await bench.submit("o-1") { $0.supplier = "xibei" }
        try await bench.execute(
            """
            WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
            INSERT INTO orders
              (id, number, supplier, products, address, flow, submitted, status, methods, started)
            SELECT i, 'n-' || i, 'haidilao', 'beef', 'x', 'f', 0, 'completed', '', 1 FROM n
            """)
        func found(_ edit: (inout ListOrders.Params) -> Void) async throws -> [String] {
            try await bench.client.call(ListOrders.self, .with(edit)).orders.map(\.orderNum)
        }
        #expect(try await found { $0.status = .submitted } == ["o-1"])
        #expect(try await found { $0.supplier = "xibei" } == ["o-1"])
        #expect(
            try await found {
                $0.supplier = "xibei"
                $0.status = .submitted
            } == ["o-1"])
        let far = try await bench.client.call(ListOrders.self, .with { $0.search = "xibei" })
        #expect(far.orders.isEmpty && far.nextToken != nil)
        let next = try await bench.client.call(
            ListOrders.self,
            .with {
                $0.search = "xibei"
                $0.nextToken = far.nextToken
            })
        #expect(next.orders.map(\.orderNum) == ["o-1"])
        #expect(next.nextToken == nil)
    }
}

/// Somebody who follows the changes of all orders.
private final class Follower: Sendable {
    private let items: AsyncStream<WatchOrders.Item>
    private let task: Task<Void, any Error>

    init(_ bench: Bench, after sequence: Int64?) {
        let (items, continuation) = AsyncStream<WatchOrders.Item>.makeStream()
        self.items = items
        let client = bench.client
        task = Task {
            defer { continuation.finish() }
            _ = try await client.stream(WatchOrders.self, .with { $0.afterSequence = sequence }) { item in
                continuation.yield(item)
            }
        }
    }

    /// Waits for so many; fewer when the feed ends.
    func next(_ count: Int) async -> [WatchOrders.Item] {
        var seen: [WatchOrders.Item] = []
        for await item in items {
            seen.append(item)
            if seen.count == count { break }
        }
        return seen
    }

    func stop() { task.cancel() }
}

import LoopSupport
@testable import OrderStore
import OrderStoreAPI
import Primitives
import RPCProtocol
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ShowTests {
    func list(_ bench: Bench, _ edit: (inout ListOrders.Params) -> Void) async throws -> ListOrders.Result {
        try await bench.client.call(ListOrders.self, .with(edit))
    }

    @Test func `an order that does not exist is named, with the way out`() async throws {
        let bench = try await Bench()
        do {
            _ = try await bench.order("o-9")
            Issue.record("there is no such order")
        } catch RPCFailure.answered(let error) {
            #expect(error.name == .orderNotExists)
            #expect(error.message == "there is no order o-9; `fnfctl order list` shows them")
        }
    }

    @Test func `pages go from the newest to the oldest, each order once`() async throws {
        let bench = try await Bench(way: .down)
        for number in 1...7 { try await bench.submit("o-\(number)") }
        var seen: [String] = []
        var token: String?
        var pages = 0
        repeat {
            let page = try await list(bench) {
                $0.limit = 3
                $0.nextToken = token
            }
            seen += page.orders.map(\.orderNum)
            token = page.nextToken
            pages += 1
        } while token != nil
        #expect(seen == ["o-7", "o-6", "o-5", "o-4", "o-3", "o-2", "o-1"])
        #expect(pages == 3)
    }

    @Test func `filters are joined by and, a search takes its text as it is`() async throws {
        let bench = try await Bench(way: .down)
        try await bench.submit("o-1") { $0.supplier = "haidilao" }
        try await bench.submit("o-2") { $0.supplier = "xibei" }
        try await bench.submit("o-3") { $0.products = "100% lamb" }
        try await bench.cancel("o-3")
        func found(_ edit: (inout ListOrders.Params) -> Void) async throws -> [String] {
            try await list(bench, edit).orders.map(\.orderNum)
        }
        #expect(try await found { $0.supplier = "haidilao" } == ["o-3", "o-1"])
        #expect(
            try await found {
                $0.supplier = "haidilao"
                $0.status = .submitted
            } == ["o-1"])
        #expect(try await found { $0.search = "LAMB" } == ["o-3"])
        #expect(try await found { $0.search = "%" } == ["o-3"])
        #expect(try await found { $0.search = "_" } == [])
        #expect(try await found { $0.search = "xib" } == ["o-2"])
    }

    @Test func `a page ends where a reply would grow too large, and goes on from there`() async throws {
        let bench = try await Bench(way: .down)
        for number in 1...3 {
            try await bench.submit("o-\(number)") { $0.products = String(repeating: "x", count: 1000) }
        }
        let first = try await bench.service.list(ListOrders.Params(), bytesMax: 2800)
        #expect(first.orders.map(\.orderNum) == ["o-3", "o-2"])
        let second = try await bench.service.list(.with { $0.nextToken = first.nextToken }, bytesMax: 2800)
        #expect(second.orders.map(\.orderNum) == ["o-1"])
        #expect(second.nextToken == nil)
    }

    @Test func `limits and tokens that make no sense are refused`() async throws {
        let bench = try await Bench()
        for limit in [0, 1001] as [Int64] {
            #expect(await refusal { _ = try await list(bench) { $0.limit = limit } } == .invalidOrder)
        }
        #expect(await refusal { _ = try await list(bench) { $0.nextToken = "x" } } == .invalidOrder)
        #expect(try await list(bench) { _ in }.orders.isEmpty)
    }

    @Test func `who watches an order sees it now and after each change, until it is closed`() async throws {
        let bench = try await Bench()
        try await bench.submit()
        await bench.until { $0.started }
        let seen = Mutex<[OrderStatus]>([])
        async let last = bench.client.stream(WatchOrder.self, .with { $0.orderNum = "o-1" }) { item in
            seen.withLock { $0.append(item.status) }
        }
        let service = bench.service
        await bench.loop.until { service.assumeIsolated { $0.watchers["o-1"]?.count == 1 } }
        try await bench.offer()
        try await bench.pay()
        try await bench.complete()
        #expect(try await last.status == .completed)
        #expect(seen.withLock { $0 } == [.submitted, .awaitingPayment, .paid, .completed])
        await bench.loop.until { service.assumeIsolated { $0.watchers.isEmpty } }
    }

    @Test func `watching a closed order shows it once`() async throws {
        let bench = try await Bench(way: .down)
        try await bench.submit()
        try await bench.cancel()
        let count = Mutex(0)
        let last = try await bench.client.stream(WatchOrder.self, .with { $0.orderNum = "o-1" }) { _ in
            count.withLock { $0 += 1 }
        }
        #expect(last.status == .canceled)
        #expect(last.changes.count == 2)
        #expect(count.withLock { $0 } == 1)
    }

    @Test func `a watcher that goes away is forgotten`() async throws {
        let bench = try await Bench(way: .down)
        try await bench.submit()
        let watching = Task {
            try await bench.client.stream(WatchOrder.self, .with { $0.orderNum = "o-1" }) { _ in }
        }
        let service = bench.service
        await bench.loop.until { service.assumeIsolated { !$0.watchers.isEmpty } }
        watching.cancel()
        _ = await watching.result
        await bench.loop.until { service.assumeIsolated { $0.watchers.isEmpty } }
    }

    @Test func `the service is idle when no order is open and nothing is promised`() async throws {
        let bench = try await Bench()
        #expect(await bench.service.isIdle)
        try await bench.submit()
        #expect(await !bench.service.isIdle)
        await bench.until { $0.started }
        try await bench.complete()
        #expect(await bench.service.isIdle)
        #expect(bench.metrics.prometheusText.contains("fnf_orders_open 0"))
        #expect(bench.metrics.prometheusText.contains("fnf_outbox_depth 0"))
    }
}

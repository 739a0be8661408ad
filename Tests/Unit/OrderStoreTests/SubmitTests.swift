import FlowEngineAPI
import Logging
import LoopSupport
import OrderStore
import OrderStoreAPI
import Primitives
import RPCProtocol
import ServiceLedger
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SubmitTests {
    @Test func `an order is stored, then its execution is started with the order as its input`() async throws
    {
        let bench = try await Bench()
        let answer = try await bench.submit()
        #expect(answer.status == .submitted)
        #expect(answer.flow == "OrderDemo-Jiyuan")
        #expect(answer.submittedTime == "2026-11-23T09:30:00.000Z")
        await bench.until { $0.started }
        let execution = try #require(await bench.engine.executions["o-1"])
        #expect(
            execution.input
                == #"{"address":"West Lake 1","orderNum":"o-1","products":"beef,lotus root","supplier":"haidilao"}"#
        )
        #expect(execution.labels == ["order": "o-1"])
        let changes = try await bench.order().changes.map(\.note)
        #expect(
            changes == [
                "submitted for flow OrderDemo-Jiyuan", "execution o-1 of flow OrderDemo-Jiyuan started",
            ])
        #expect(bench.log.kinds(of: "o-1") == ["orderSubmitted"])
        #expect(bench.log.metadata(ofKind: "orderSubmitted")?["execution"] == "o-1")
        #expect(bench.log.metadata(ofKind: "orderSubmitted")?["flow"] == "OrderDemo-Jiyuan")
    }

    @Test func `the same order again gets the same answer and starts nothing`() async throws {
        let bench = try await Bench(way: .down)
        let first = try await bench.submit { $0.total = DecimalNumber(100) }
        let second = try await bench.submit { $0.total = DecimalNumber("100.00") }
        #expect(first.submittedTime == second.submittedTime)
        #expect(second.total == DecimalNumber(100))
        #expect(try await bench.number("SELECT count(*) FROM orders") == 1)
        #expect(try await bench.number("SELECT count(*) FROM outbox") == 1)
        #expect(bench.metrics.value("fnf_orders_submitted_total") == 1)
    }

    @Test(arguments: ["supplier", "products", "address", "total", "flow"])
    func `the same number with other content is a conflict`(_ what: String) async throws {
        let bench = try await Bench(way: .down)
        try await bench.submit()
        let name = await refusal {
            try await bench.submit { params in
                switch what {
                case "supplier": params.supplier = "another"
                case "products": params.products = "beef"
                case "address": params.address = "West Lake 2"
                case "total": params.total = DecimalNumber(1)
                default: params.flow = "Other"
                }
            }
        }
        #expect(name == .orderConflict)
    }

    @Test func `who names the configured flow means the same as who names none, even when it changes`()
        async throws
    {
        let bench = try await Bench(way: .down)
        try await bench.submit()
        try await bench.submit { $0.flow = "OrderDemo-Jiyuan" }
        let image = try await bench.loop.run { [folder = bench.folder] in try folder.crashImage() }
        let changed = try await Bench(in: image, flow: "OrderDemo-2", way: .down)
        #expect(try await changed.submit().flow == "OrderDemo-Jiyuan")
        #expect(try await changed.submit("o-2").flow == "OrderDemo-2")
    }

    @Test func `an order that breaks a rule is refused by name and leaves nothing`() async throws {
        let bench = try await Bench()
        #expect(await refusal { try await bench.submit("no good") } == .invalidOrder)
        #expect(await refusal { try await bench.submit { $0.total = .zero } } == .invalidOrder)
        #expect(try await bench.number("SELECT count(*) FROM orders") == 0)
    }

    @Test func `many orders at once share commits, a conflict among them harms no other`() async throws {
        let bench = try await Bench(way: .down)
        try await bench.submit("taken")
        let before = bench.store.commits
        let (service, loop) = (bench.service, bench.loop)
        let tasks = try await loop.run {
            (0..<100).map { number in
                loop.spawn {
                    var params = SubmitOrder.exampleParams
                    params.orderNum = number == 50 ? "taken" : "o-\(number)"
                    params.address = "Street \(number)"
                    _ = try? await service.submit(params)
                }
            }
        }
        for task in tasks { await task.value }
        #expect(bench.store.commits - before == 1)
        #expect(try await bench.number("SELECT count(*) FROM orders") == 100)
        #expect(try await bench.number("SELECT count(*) FROM outbox") == 100)
    }
}

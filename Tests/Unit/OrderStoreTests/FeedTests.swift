import Logging
import LoopSupport
@testable import OrderStore
import OrderStoreAPI
import Primitives
import RPCProtocol
import ServiceLedger
import Testing

@Suite(.timeLimit(.minutes(1)))
struct FeedTests {
    func started(_ numbers: [String] = ["o-1"]) async throws -> Bench {
        let bench = try await Bench()
        for number in numbers {
            try await bench.submit(number)
            await bench.until(number) { $0.started }
        }
        return bench
    }

    @Test(arguments: [
        ("Failed", OrderStatus.failed, "PaymentFailed: no money"),
        ("Stopped", .canceled, "stopped: PaymentFailed: no money"),
        ("TimedOut", .canceled, "the flow timed out: PaymentFailed: no money"),
    ])
    func `an order whose execution ended without a word is closed`(
        _ status: String, _ expected: OrderStatus, _ reason: String
    ) async throws {
        let bench = try await started()
        await bench.engine.end("o-1", status, error: "PaymentFailed", cause: "no money")
        await bench.until { $0.status == expected }
        #expect(try await bench.order().reason == reason)
        #expect(bench.log.kinds(of: "o-1") == ["orderSubmitted", "orderClosed"])
    }

    @Test func `an open order of a flow that succeeded is completed, a closed one stays as it is`()
        async throws
    {
        let bench = try await started(["o-1", "o-2", "o-3"])
        try await bench.cancel("o-1")
        await bench.engine.end("o-1", "Succeeded")
        await bench.engine.end("o-2", "Succeeded")
        await bench.until("o-2") { $0.status == .completed }
        #expect(try await bench.order("o-1").status == .canceled)
    }

    @Test func `an execution of this name in another flow is none of the order's business`() async throws {
        let bench = try await started(["o-1", "o-2"])
        await bench.engine.end("o-1", "Failed", flow: "Another")
        await bench.engine.end("o-2", "Failed")
        await bench.until("o-2") { $0.status == .failed }
        #expect(try await bench.order("o-1").status == .submitted)
    }

    @Test func `the cursor is kept with the change, and the feed goes on from there after a crash`()
        async throws
    {
        let bench = try await started()
        await bench.engine.end("o-1", "Stopped")
        await bench.until { $0.status == .canceled }
        #expect(try await bench.cursor() == 20)
        let restarted = try await bench.afterCrash()
        await bench.engine.loop.until { bench.engine.assumeIsolated { $0.readerCount == 2 } }
        #expect(restarted.way.params(of: "WatchExecutions") == [["AfterSequence": 20]])
        #expect(restarted.way.params(of: "DescribeExecution").isEmpty)
    }

    @Test func `when the cursor can't be written the change is not kept either, and comes again`()
        async throws
    {
        let bench = try await started()
        try await bench.execute(
            "CREATE TEMP TRIGGER full BEFORE INSERT ON feed_cursor BEGIN SELECT RAISE(ABORT, 'full'); END")
        await bench.engine.end("o-1", "Failed", error: "E")
        await bench.loop.until { bench.service.assumeIsolated { $0.feedTrouble?.contains("full") == true } }
        #expect(try await bench.order().status == .submitted)
        #expect(try await bench.cursor() == nil)
        try await bench.execute("DROP TRIGGER full")
        await bench.loop.advance(by: .seconds(5))
        await bench.until { $0.status == .failed }
        #expect(try await bench.cursor() == 20)
    }

    @Test func `an end that came while the store was down is found after the restart`() async throws {
        let bench = try await started(["o-1", "o-2"])
        await bench.engine.end("o-1", "Stopped")
        await bench.until("o-1") { $0.status == .canceled }
        let stopped = try await bench.afterCrash(starting: false)
        await bench.engine.end("o-2", "TimedOut")
        await stopped.service.start()
        await stopped.until("o-2") { $0.status == .canceled }
        #expect(try await stopped.order("o-2").reason == "the flow timed out")
    }

    @Test func `the feed is taken up again when the engine comes back`() async throws {
        let bench = try await started()
        await bench.engine.loop.until { bench.engine.assumeIsolated { $0.readerCount == 1 } }
        bench.way.way = .down
        await bench.engine.dropReaders()
        await bench.loop.until { bench.service.assumeIsolated { $0.feedTrouble != nil } }
        await bench.engine.end("o-1", "Failed")
        for _ in 1...6 {
            let tries = bench.way.params(of: "WatchExecutions").count
            await bench.loop.advance(by: .seconds(5))
            await bench.loop.until { bench.way.params(of: "WatchExecutions").count > tries }
        }
        #expect(bench.log.texts(.warning).count == 1)
        bench.way.way = .open
        await bench.loop.advance(by: .seconds(5))
        await bench.until { $0.status == .failed }
        #expect(await bench.service.feedTrouble == nil)
    }

    @Test func `items that change nothing cost no commit each, and are noted at the end`() async throws {
        let bench = try await started()
        let before = bench.store.commits
        for number in 1...300 { await bench.engine.end("other-\(number)", "Succeeded") }
        let service = bench.service
        await bench.loop.until { service.assumeIsolated { $0.feedSequence == 3010 } }
        #expect(bench.store.commits == before + 1)
        let noted = try #require(try await bench.cursor())
        #expect(noted >= 2560 && noted < 3010)
        await service.stop()
        #expect(try await bench.cursor() == 3010)
    }

    @Test func `without a cursor the engine is asked about every open order`() async throws {
        let bench = try await started(["o-1", "o-2", "o-3"])
        try await bench.complete("o-3")
        let stopped = try await bench.afterCrash(starting: false)
        try await stopped.execute("DELETE FROM feed_cursor")
        await stopped.service.start()
        await bench.engine.loop.until { bench.engine.assumeIsolated { $0.readerCount == 2 } }
        let asked = stopped.way.params(of: "DescribeExecution").map { $0["ExecutionName"] }
        #expect(asked == ["o-1", "o-2"])
    }

    @Test func `an engine that was set back is read from the beginning, and what it lost is told`()
        async throws
    {
        let bench = try await started(["o-1", "o-2", "o-3"])
        await bench.engine.end("o-3", "Stopped")
        await bench.until("o-3") { $0.status == .canceled }
        let older = EngineStandIn()
        await older.end("o-1", "Running")
        let restarted = try await bench.afterCrash(engine: older)
        await restarted.loop.until { restarted.service.assumeIsolated { $0.feedTrouble != nil } }
        await restarted.loop.advance(by: .milliseconds(50))
        await restarted.until("o-2") { $0.status == .failed }
        #expect(
            try await restarted.order("o-2").reason
                == "ExecutionNotExists: the flow-engine does not know the execution any more")
        #expect(try await restarted.order("o-1").status == .submitted)
        await older.end("o-1", "Succeeded")
        await restarted.until("o-1") { $0.status == .completed }
    }
}

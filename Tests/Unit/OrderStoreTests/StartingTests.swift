import FlowEngineAPI
import Logging
import LoopSupport
import OrderStore
import OrderStoreAPI
import Primitives
import RPCProtocol
import Testing

@Suite(.timeLimit(.minutes(1)))
struct StartingTests {
    @Test func `killed before the engine heard of it, the order is started after the restart`() async throws {
        let bench = try await Bench(way: .down)
        try await bench.submit()
        let restarted = try await bench.afterCrash()
        await restarted.until { $0.started }
        #expect(await bench.engine.starts == 1)
    }

    @Test func `killed before the engine's answer was noted, the execution is not started twice`()
        async throws
    {
        let bench = try await Bench(way: .repliesLost)
        try await bench.submit()
        await bench.until { $0.trouble != nil }
        #expect(await bench.engine.starts == 1)
        let restarted = try await bench.afterCrash()
        await restarted.until { $0.started }
        #expect(await bench.engine.starts == 1)
        #expect(try await restarted.number("SELECT count(*) FROM outbox") == 0)
    }

    @Test
    func `an execution that has ended meanwhile with the same input closes its order, even behind the feed`()
        async throws
    {
        let bench = try await Bench(way: .repliesLost)
        try await bench.submit()
        await bench.until { $0.trouble != nil }
        let stopped = try await bench.afterCrash(starting: false)
        await bench.engine.end("o-1", "Failed", error: "NoBeef", cause: "sold out")
        try await stopped.execute("INSERT OR REPLACE INTO feed_cursor VALUES ('executions', 20)")
        let restarted = try await stopped.afterCrash()
        await restarted.until { $0.status == .failed && $0.started }
        #expect(try await restarted.order().reason == "NoBeef: sold out")
        #expect(restarted.way.params(of: "WatchExecutions") == [["AfterSequence": 20]])
        #expect(restarted.log.kinds(of: "o-1") == ["orderClosed"])
    }

    @Test func `an execution of this name with another input fails the order`() async throws {
        let engine = EngineStandIn()
        _ = try await InProcessCaller(engine.table, door: .report).call(
            "StartExecution", ["FlowName": "OrderDemo-Jiyuan", "ExecutionName": "o-1", "Input": "{}"],
            meta: RPCMeta())
        let bench = try await Bench(engine: engine)
        try await bench.submit()
        await bench.until { $0.status == .failed }
        let order = try await bench.order()
        #expect(order.reason?.contains("already has an execution of this name with another input") == true)
        #expect(!order.started)
    }

    @Test func `without the flow the order stays submitted and says what is missing, until it is there`()
        async throws
    {
        let bench = try await Bench(engine: EngineStandIn(flows: []))
        try await bench.submit()
        await bench.until { $0.trouble != nil }
        let waiting = try await bench.order()
        #expect(waiting.status == .submitted)
        #expect(
            waiting.trouble == "the flow OrderDemo-Jiyuan does not exist; put it in by "
                + "`fnfctl flow apply -f FILE --name OrderDemo-Jiyuan`")
        #expect(bench.log.texts(.warning).count == 1)
        await bench.loop.advance(by: .milliseconds(50))
        await bench.loop.until { bench.way.params(of: "StartExecution").count == 2 }
        await bench.engine.putIn("OrderDemo-Jiyuan")
        await bench.loop.until { !bench.loop.armed.filter { $0 <= .seconds(5) }.isEmpty }
        await bench.loop.advance(by: .seconds(5))
        await bench.until { $0.started }
        #expect(try await bench.order().trouble == nil)
    }

    @Test func `an engine that is down is each waiting order's trouble`() async throws {
        let bench = try await Bench(way: .down)
        try await bench.submit("o-1")
        await bench.until { $0.trouble != nil }
        try await bench.submit("o-2")
        #expect(
            try await bench.order("o-2").trouble == "the flow-engine has not taken it yet: nobody listens")
        let status = await bench.service.status
        #expect(status["outbox"] == ["depth": 2, "troubles": ["flow-engine": "nobody listens"]])
        #expect(status["orders"] == ["open": 2])
        bench.way.way = .open
        await bench.loop.advance(by: .seconds(5))
        await bench.until("o-1") { $0.started }
        await bench.until("o-2") { $0.started }
        #expect(await bench.service.status["outbox"] == ["depth": 0])
    }

    @Test func `an input that the engine refuses for good fails the order with the reason`() async throws {
        let bench = try await Bench()
        await bench.engine.refuseStarts(RPCError("EntityTooLarge", "the input is too large"))
        try await bench.submit()
        await bench.until { $0.status == .failed }
        #expect(
            try await bench.order().reason
                == "the flow-engine refused to start it: EntityTooLarge: the input is too large")
        #expect(bench.log.kinds(of: "o-1") == ["orderSubmitted", "orderClosed"])
    }
}

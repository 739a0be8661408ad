import FlowEngineAPI
import FlowStore
import LoopSupport
import Primitives
import RPCProtocol
import Synchronization
import Testing

@testable import FlowEngine

@Suite(.timeLimit(.minutes(1))) struct ConsoleTests {
    private func counts(_ test: EngineUnderTest, flow: String? = nil) async throws -> CountExecutions.Result {
        try await test.client.call(CountExecutions.self, .with { $0.flowName = flow })
    }

    private func waiting(
        _ test: EngineUnderTest, through door: RPCDoor = .client,
        _ edit: (inout ListWaitingTasks.Params) -> Void = { _ in }
    ) async throws -> ListWaitingTasks.Result {
        var params = ListWaitingTasks.Params()
        edit(&params)
        return try await test.door(door).call(ListWaitingTasks.self, params)
    }

    private func untilWaiting(_ test: EngineUnderTest, _ count: Int) async {
        let engine = test.engine
        await test.loop.until { engine.assumeIsolated { $0.index.board.waiting.count == count } }
    }

    @Test func `counts follow starts, waits and ends, and survive a kill`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.ask)
        try await test.apply(Definitions.pass, as: "Quick")
        try await test.begin("first")
        await test.loop.advance(by: .seconds(5))
        try await test.begin("second")
        try await test.begin("done", flow: "Quick")
        await untilWaiting(test, 2)
        let now = try await counts(test)
        #expect(now.summary.running == 2 && now.summary.succeeded == 1 && now.summary.waitingTasks == 2)
        #expect(now.summary.waitingForCallback == 2 && now.summary.retrying == 0)
        #expect(now.summary.lastHour.started == 3 && now.summary.lastHour.succeeded == 1)
        #expect(now.summary.oldestWaiting?.executionName == "first")
        #expect(now.summary.oldestWaiting?.stepName == "ask")
        #expect(now.flows.map(\.flowName) == ["Demo", "Quick"])
        #expect(now.flows.map(\.waitingForCallback) == [2, 0] && now.flows.map(\.succeeded) == [0, 1])
        #expect(now.minutes.count == 60 && now.minutes.map(\.started).reduce(0, +) == 3)
        #expect(try await counts(test, flow: "Quick").flows.map(\.flowName) == ["Quick"])
        #expect(try await counts(test, flow: "None").flows.isEmpty)
        let again = try await test.restarted()
        let after = try await counts(again)
        #expect(after == now)
        try again.store.forgetIndex()
        #expect(try await counts(try await again.restarted()) == now)
    }

    @Test func `the last hour forgets what is older`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        try await test.begin("old")
        await test.loop.advance(by: .seconds(3_700))
        try await test.begin("new")
        let summary = try await counts(test).summary
        #expect(summary.succeeded == 2 && summary.lastHour.succeeded == 1 && summary.lastHour.started == 1)
    }

    @Test func `the waiting room shows the longest waiting first, with tokens for operators only`()
        async throws
    {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.ask)
        try await test.apply(Definitions.ask, as: "Other")
        for number in 0..<5 {
            try await test.begin("run-\(number)", labels: ["order": .string("o-\(number)")])
            await untilWaiting(test, number + 1)
            await test.loop.advance(by: .seconds(1))
        }
        try await test.begin("else", flow: "Other")
        await untilWaiting(test, 6)
        let all = try await waiting(test)
        #expect(all.total == 6 && all.tasks.map(\.executionName).prefix(2) == ["run-0", "run-1"])
        #expect(all.tasks.map(\.since) == all.tasks.map(\.since).sorted())
        #expect(all.tasks[0].resourceArn == "acs:mns:::/topics/ask/messages")
        #expect(all.tasks[0].labels == ["order": "o-0"] && all.tasks[0].deadline != nil)
        #expect(try await waiting(test, through: .report).tasks.allSatisfy { $0.taskToken == nil })
        var paged: [String] = []
        var token: String?
        repeat {
            let page = try await waiting(test) {
                $0.limit = 4
                $0.nextToken = token
            }
            paged += page.tasks.map(\.executionName)
            token = page.nextToken
        } while token != nil
        #expect(paged == all.tasks.map(\.executionName))
        #expect(try await waiting(test) { $0.flowName = "Other" }.tasks.map(\.executionName) == ["else"])
        #expect(try await waiting(test) { $0.resource = "acs:mns" }.tasks.count == 6)
        #expect(try await waiting(test) { $0.stepName = "none" }.tasks.isEmpty)
        _ = try await test.succeed(try #require(all.tasks[0].taskToken))
        #expect(try await waiting(test).tasks.first?.executionName == "run-1")
    }

    @Test func `many are stopped at once, and a repeat says that they have ended`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.ask)
        for name in ["a", "b"] { try await test.begin(name) }
        let params = StopExecutions.Params.with {
            $0.executions = ["a", "none", "b", "a"].map { name in
                .with {
                    $0.flowName = "Demo"
                    $0.executionName = name
                }
            }
            $0.cause = "closed today"
        }
        let first = try await test.client.call(StopExecutions.self, params)
        #expect(first.items.map(\.outcome) == ["stopped", "refused", "stopped", "alreadyEnded"])
        #expect(first.items.map(\.status) == ["Stopped", nil, "Stopped", "Stopped"] && first.stopped == 2)
        #expect(first.items[1].error == "ExecutionNotExists" && first.items[1].message?.isEmpty == false)
        let second = try await test.client.call(StopExecutions.self, params)
        #expect(second.stopped == 0)
        #expect(second.items.map(\.outcome) == ["alreadyEnded", "refused", "alreadyEnded", "alreadyEnded"])
        #expect(try await test.describe("a").cause == "closed today")
        #expect(try await counts(test).summary.waitingTasks == 0)
        let none = await refusal { try await test.client.call(StopExecutions.self, .init()) }
        #expect(none?.details["parameter"] == "Executions")
    }

    @Test func `when the disk refuses the stops, none has happened`() async throws {
        let store = FaultyStore()
        let test = try await EngineUnderTest(store)
        try await test.apply(Definitions.ask)
        try await test.begin("a")
        await untilWaiting(test, 1)
        store.commitFault = FaultyStore.full
        let params = StopExecutions.Params.with {
            $0.executions = [
                .with {
                    $0.flowName = "Demo"
                    $0.executionName = "a"
                }
            ]
        }
        #expect(await refusal { try await test.client.call(StopExecutions.self, params) } != nil)
        store.commitFault = nil
        #expect(try await counts(test).summary.running == 1)
        #expect(try await waiting(test).tasks.map(\.executionName) == ["a"])
    }

    @Test func `latencies, queues and storage are told`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.work())
        test.services.on("Work") { (_, _) async throws(RPCError) in [:] }
        try await test.begin()
        _ = try await test.end()
        _ = try await test.door(.admin).call(CreateQueue.self, .with { $0.queueName = "letters" })
        for _ in 0..<3 {
            _ = try await test.client.call(
                SendMessage.self,
                .with {
                    $0.queueName = "letters"
                    $0.messageBody = "hello"
                })
        }
        let engine = try await test.client.call(DescribeEngine.self, NoFields())
        #expect(engine.taskLatency.count == 1 && engine.commitLatency.count >= 3)
        #expect(engine.commits == engine.commitLatency.count)
        #expect(engine.queues.map(\.queueName) == ["letters"] && engine.queues[0].activeMessages == 3)
        #expect(engine.queues[0].oldestTime != nil && engine.queuesTotal == 1)
        #expect(engine.executionsOpen == 0 && engine.storage.trouble == nil)
    }

    @Test func `a burst is told twice: at once, and as it stood after the pause`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        let items = Mutex<[ActivitySummary]>([])
        let client = test.client
        let follower = Task {
            try await client.stream(WatchActivity.self, NoFields()) { item in
                items.withLock { $0.append(item) }
            }
        }
        let engine = test.engine
        await test.loop.until { engine.assumeIsolated { $0.console.followers.count == 1 } }
        for number in 0..<20 { try await test.begin("run-\(number)") }
        await test.loop.advance(by: .milliseconds(251))
        await test.loop.until { items.withLock { $0.last?.succeeded == 20 } }
        let seen = items.withLock { $0.map(\.succeeded) }
        #expect(seen.count == 3 && seen.first == 0 && seen.last == 20)
        await test.loop.advance(by: .milliseconds(251))
        #expect(items.withLock { $0.count } == 3)
        follower.cancel()
        await test.loop.until { engine.assumeIsolated { $0.console.followers.isEmpty } }
    }

    @Test func `a latency is told within a tenth`() {
        var ring = LatencyRing()
        let now = Timestamp(microseconds: 3_600_000_000_000)
        for number in 1...1_000 { ring.note(.microseconds(number * 10), at: now) }
        ring.note(.seconds(9), at: now.advanced(by: .seconds(-3_600)))
        let record = ring.record(until: now)
        #expect(record.count == 1_000 && record.maxMicros == 10_000)
        #expect((5_000...5_500).contains(record.p50Micros) && (9_900...10_000).contains(record.p99Micros))
    }
}

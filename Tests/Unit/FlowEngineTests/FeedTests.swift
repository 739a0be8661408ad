import FlowEngineAPI
import FlowStore
import LoopSupport
import Primitives
import RPCProtocol
import Synchronization
import Testing

@testable import FlowEngine

@Suite(.timeLimit(.minutes(1))) struct FeedTests {
    /// Follows the feed until `count` items were seen, then lets go.
    private func follow(
        _ test: EngineUnderTest, after: Int64 = 0, flow: String? = nil, count: Int
    ) async throws -> [WatchExecutions.Item] {
        let items = Mutex<[WatchExecutions.Item]>([])
        let params = WatchExecutions.Params.with {
            $0.afterSequence = after
            $0.flowName = flow
        }
        do {
            _ = try await test.door(.report).stream(
                WatchExecutions.name, params.wire, meta: RPCMeta()
            ) { json in
                let item = try WatchExecutions.Item(wire: json, strict: true)
                let seen = items.withLock { items in
                    items.append(item)
                    return items.count
                }
                if seen == count { throw CancellationError() }
            }
        } catch {
            guard error == .canceled else { throw error }
        }
        return items.withLock { $0 }
    }

    @Test func `the feed tells starts and ends, from the journal and then as they happen`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        try await test.begin("old", labels: ["order": "o-1"])
        async let followed = follow(test, count: 4)
        let engine = test.engine
        await test.loop.until { engine.assumeIsolated { !$0.feeds.isEmpty } }
        try await test.begin("new")
        let items = try await followed
        #expect(items.map(\.executionName) == ["old", "old", "new", "new"])
        #expect(items.map(\.status) == ["Running", "Succeeded", "Running", "Succeeded"])
        #expect(items.map(\.sequence) == items.map(\.sequence).sorted())
        #expect(Set(items.map(\.sequence)).count == 4)
        #expect(items[1].labels == ["order": "o-1"])
        await test.loop.until { engine.assumeIsolated { $0.feeds.isEmpty && $0.parked.isEmpty } }
    }

    @Test func `a reader that resumes anywhere misses nothing and sees nothing twice`() async throws {
        var settings = FlowEngineSettings()
        settings.feedBatch = 3
        let test = try await EngineUnderTest(settings: settings)
        try await test.apply(Definitions.pass)
        try await test.apply(Definitions.ask, as: "Other")
        for number in 0..<10 {
            try await test.begin("run-\(number)")
            try await test.begin("ask-\(number)", flow: "Other")
        }
        let all = try await follow(test, count: 30)
        for cut in [0, 1, 7, 20, 29] {
            let after = cut == 0 ? 0 : all[cut - 1].sequence
            #expect(try await follow(test, after: after, count: 30 - cut) == Array(all.dropFirst(cut)))
        }
        let other = try await follow(test, flow: "Other", count: 10)
        #expect(other == all.filter { $0.flowName == "Other" })
    }

    @Test func `a feed that begins while commits happen has no gap`() async throws {
        var settings = FlowEngineSettings()
        settings.feedBatch = 2
        let test = try await EngineUnderTest(settings: settings)
        try await test.apply(Definitions.pass)
        for number in 0..<20 { try await test.begin("old-\(number)") }
        async let followed = follow(test, count: 80)
        for number in 0..<20 { try await test.begin("new-\(number)") }
        let items = try await followed
        #expect(items.map(\.sequence) == Array(1...80))
    }

    @Test func `the end of a failed execution carries its error`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.work())
        test.services.on("Work") { (_, _) async throws(RPCError) in throw RPCError("OutOfStock", "no beef") }
        try await test.begin()
        _ = try await test.end()
        let items = try await follow(test, count: 2)
        #expect(items[1].status == "Failed" && items[1].error == "OutOfStock" && items[1].cause == "no beef")
    }

    @Test func `a cursor beyond the journal is refused`() async throws {
        let test = try await EngineUnderTest()
        let error = await refusal { try await follow(test, after: 5, count: 1) }
        #expect(error?.details["parameter"] == "AfterSequence")
    }

    @Test func `a reader that does not read is ended with the place to go on from`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        let stuck = StuckSink(after: 3)
        let engine = test.engine
        let ended = Task { await refusalOfFeed(test, stuck) }
        await test.loop.until { engine.assumeIsolated { !$0.feeds.isEmpty } }
        for number in 0..<3 { try await test.begin("run-\(number)") }
        let error = try #require(await ended.value)
        #expect(error.name == .slowConsumer && error.details["afterSequence"] == 3)
        #expect(await test.engine.feeds.isEmpty)
    }

    private func refusalOfFeed(_ test: EngineUnderTest, _ sink: some RPCItemSink) async -> RPCError? {
        let context = RPCContext(requestID: "r", door: .report, peer: nil, meta: RPCMeta())
        do throws(RPCError) {
            let entry = try test.engine.methods.entry(for: WatchExecutions.name, through: .report)
            if case .stream(let body) = entry.body { _ = try await body([:], context, sink) }
            return nil
        } catch {
            return error
        }
    }

    @Test func `one execution is followed event by event to its end`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.ask)
        try await test.begin()
        let token = try await test.submitted()
        let items = Mutex<[WatchExecution.Item]>([])
        let params = WatchExecution.Params.with {
            $0.flowName = "Demo"
            $0.executionName = "run"
            $0.afterEventId = 2
        }
        let client = test.client
        async let followed = client.stream(WatchExecution.self, params) { item in
            items.withLock { $0.append(item) }
        }
        let engine = test.engine
        await test.loop.until { engine.assumeIsolated { !$0.executionWatches.isEmpty } }
        _ = try await test.succeed(token, #"{"answer":1}"#)
        let record = try await followed
        #expect(record.status == "Succeeded" && record.output == #"{"answer":1}"#)
        let seen = items.withLock { $0 }
        #expect(seen.flatMap(\.events).map(\.eventId) == Array(3...8))
        #expect(seen.first?.status == "Running" && seen.last?.status == "Succeeded")
    }

    @Test func `an ended execution is told whole and the stream ends`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        try await test.begin()
        let items = Mutex<[WatchExecution.Item]>([])
        let params = WatchExecution.Params.with {
            $0.flowName = "Demo"
            $0.executionName = "run"
        }
        let record = try await test.client.stream(WatchExecution.self, params) { item in
            items.withLock { $0.append(item) }
        }
        #expect(record.status == "Succeeded")
        #expect(items.withLock { $0.flatMap(\.events) } == (try await test.history()))
    }
}

/// A sink that takes so many items and no more.
private final class StuckSink: RPCItemSink {
    private let left: Mutex<Int>

    init(after count: Int) { left = Mutex(count) }

    func send(_ item: JSONValue) throws(RPCError) {
        let isFull = left.withLock { left in
            left -= 1
            return left < 0
        }
        if isFull { throw RPCError(.slowConsumer, "too far behind") }
    }

    func room() async throws(RPCError) {}
}

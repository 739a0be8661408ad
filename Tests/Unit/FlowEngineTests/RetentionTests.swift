import FlowEngineAPI
import FlowModel
import FlowStore
import LoopSupport
import Primitives
import RPCProtocol
import Synchronization
import Testing

@testable import FlowEngine
@testable import FlowStoreSQLite

@Suite(.timeLimit(.minutes(1))) struct RetentionTests {
    private static func settings(_ rules: RetentionRule...) -> FlowEngineSettings {
        var settings = FlowEngineSettings()
        settings.retention = rules
        settings.retentionAgeMin = .zero
        settings.retentionFirst = .seconds(1_000_000)
        return settings
    }

    private func apply(
        _ test: EngineUnderTest, dryRun: Bool = false
    ) async throws -> ApplyRetention.Result {
        let params = ApplyRetention.Params.with { $0.dryRun = dryRun }
        let isDone = Mutex(false)
        let call = Task {
            defer { isDone.withLock { $0 = true } }
            return try await test.door(.admin).stream(ApplyRetention.name, params.wire, meta: RPCMeta()) {
                _ in
            }
        }
        // It pauses between its transactions, on the test's clock.
        while !isDone.withLock({ $0 }) { await test.loop.advance(by: .milliseconds(20)) }
        return try ApplyRetention.Result(wire: try await call.value, strict: true)
    }

    @Test(arguments: [
        ("*", "Demo", true), ("Demo", "Demo", true), ("De*", "Demo", true), ("*mo", "Demo", true),
        ("D*m*", "Demo", true), ("demo", "Demo", false), ("Demo?", "Demo", false), ("De", "Demo", false),
        ("a*b*c", "aXbYbZc", true), ("a*b*c", "aXbYbZ", false), ("", "Demo", false),
    ]) func `a pattern names flows`(_ pattern: String, _ flow: String, _ fits: Bool) {
        let start = ExecutionStart(flow: 1, flowName: flow, name: "n", definition: "d", labels: [:])
        let entry = ExecutionEntry(
            execution: 1, start: start, started: Timestamp(microseconds: 0), status: .succeeded,
            lastSequence: 1)
        #expect(RetentionRule(pattern: pattern).holds(for: entry) == fits)
    }

    @Test func `the newest of each status stay, their names and those of others are as before`() async throws
    {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: "\(folder.path)/e.sqlite")
        let test = try await EngineUnderTest(
            store, settings: Self.settings(RetentionRule(pattern: "Demo", keepCount: 2)))
        try await test.apply(Definitions.pass)
        try await test.apply(Definitions.ask, as: "Ask")
        try await test.begin("open", flow: "Ask")
        for number in 1...9 { try await test.begin("e\(number)", labels: ["order": .string("o-\(number)")]) }
        let preview = try await apply(test, dryRun: true)
        #expect(preview.executions == 7 && preview.rows == 0)
        #expect(preview.groups.map(\.executions) == [7])
        #expect(try await test.describe("e1").status == "Succeeded")
        let result = try await apply(test)
        #expect(result.executions == 7 && result.rows == 14 && result.bytes > 0)
        for number in 1...7 {
            let refusal = await refusal { try await test.describe("e\(number)") }
            #expect(refusal?.name == .executionNotExists)
        }
        for number in 8...9 { #expect(try await test.describe("e\(number)").status == "Succeeded") }
        #expect(try await test.describe("open", flow: "Ask").status == "Running")
        #expect(try store.executions(labelled: "order", "o-3", before: .max, limit: 9).isEmpty)
        let engine = test.engine
        let left = try await test.loop.run {
            engine.assumeIsolated { $0.index.tally.counts(ofFlow: "Demo")?.succeeded }
        }
        #expect(left == 2)
        // The name is free, and the sequences go on.
        #expect(try await test.begin("e1").status == "Succeeded")
        await engine.drain()
        let again = try SQLiteStore(path: "\(folder.path)/e.sqlite")
        let next = try await EngineUnderTest(again, services: test.services, loop: test.loop)
        #expect(try await next.describe("e1").status == "Succeeded")
        #expect(try await next.describe("open", flow: "Ask").status == "Running")
        #expect(try OfflineVerification(store: again).run { _ in }.sound)
        await next.engine.drain()
    }

    @Test func `days count from the end, and the first rule that fits holds`() async throws {
        let store = MemoryStore()
        let test = try await EngineUnderTest(
            store,
            settings: Self.settings(
                RetentionRule(pattern: "Keep*", keepDays: 1000), RetentionRule(pattern: "*", keepDays: 1)))
        try await test.apply(Definitions.pass)
        try await test.apply(Definitions.pass, as: "KeepMe")
        try await test.begin("old")
        try await test.begin("old", flow: "KeepMe")
        await test.loop.advance(by: .seconds(86_401))
        try await test.begin("young")
        #expect(try await apply(test).executions == 1)
        #expect(await refusal { try await test.describe("old") }?.name == .executionNotExists)
        #expect(try await test.describe("young").status == "Succeeded")
        #expect(try await test.describe("old", flow: "KeepMe").status == "Succeeded")
    }

    @Test func `a follower that is behind what was removed begins again`() async throws {
        let test = try await EngineUnderTest(
            settings: Self.settings(RetentionRule(pattern: "*", keepCount: 0)))
        try await test.apply(Definitions.pass)
        for number in 1...3 { try await test.begin("e\(number)") }
        _ = try await apply(test)
        let params = WatchExecutions.Params.with { $0.afterSequence = 1 }
        let refusal = await refusal {
            try await test.door(.report).stream(WatchExecutions.name, params.wire, meta: RPCMeta()) { _ in }
        }
        #expect(refusal?.name == .invalidArgument && refusal?.message.contains("retention") == true)
        let last = try await test.sequence
        try await test.begin("next")
        #expect(try await test.sequence > last)
    }

    @Test func `killed in the middle of a long history nothing of it comes back`() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/e.sqlite"
        let store = try SQLiteStore(path: path)
        let test = try await EngineUnderTest(store)
        try await test.apply(Definitions.ask)
        try await test.begin("long")
        _ = try await test.succeed(try await test.submitted("long"), #"{"answer":1}"#)
        _ = try await test.end("long")
        let engine = test.engine
        let found = try await test.loop.run {
            try engine.assumeIsolated { engine in
                try engine.index.flush()
                return try engine.index.entry(execution: 1)
            }
        }
        let entry = try #require(found)
        // All but its oldest rows go; then the process ends.
        let removal = try store.remove([entry], flows: [], rowsMax: 1)
        #expect(removal.executions == 1 && removal.rows == 1)
        #expect(try store.halfRemoved() == [1])
        await engine.abandon()
        try store.close()
        let again = try SQLiteStore(path: path)
        try again.remakeIndex()
        let next = try await EngineUnderTest(
            again, services: test.services,
            settings: Self.settings(RetentionRule(pattern: "*", keepDays: 1000)), loop: test.loop)
        #expect(await refusal { try await next.describe("long") }?.name == .executionNotExists)
        _ = try await apply(next)
        #expect(try again.halfRemoved().isEmpty)
        #expect(try again.rows(after: 0, through: .max, marked: false, limit: 9).isEmpty)
        #expect(try again.lastSequence() == entry.lastSequence)
        await next.engine.drain()
    }
}

extension EngineUnderTest {
    /// Of the newest commit.
    var sequence: Int64 {
        get async throws {
            let engine = engine
            return try await loop.run { engine.assumeIsolated { $0.committedSequence } }
        }
    }
}

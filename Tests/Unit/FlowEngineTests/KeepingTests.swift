import FlowEngineAPI
import FlowModel
import FlowStore
import GRDB
import LoopSupport
import Primitives
import RPCProtocol
import Synchronization
import Testing

@testable import FlowEngine
@testable import FlowStoreSQLite

/// Verifying, holding, exporting: what is done with the store beside the engine's work.
@Suite(.timeLimit(.minutes(1))) struct KeepingTests {
    private func verify(
        _ test: EngineUnderTest
    ) async throws -> (result: VerifyJournal.Result, found: [VerifyFinding]) {
        let found = Mutex<[VerifyFinding]>([])
        let wire = try await test.client.stream(
            VerifyJournal.name, VerifyJournal.Params().wire, meta: RPCMeta()
        ) { json in
            let item = try VerifyJournal.Item(wire: json, strict: true)
            found.withLock { $0 += item.findings }
        }
        return (try VerifyJournal.Result(wire: wire, strict: true), found.withLock { $0 })
    }

    @Test func `a sound journal is verified whole while executions run`() async throws {
        let folder = try TemporaryFolder()
        var settings = FlowEngineSettings()
        settings.segmentEventsMin = 3
        let test = try await EngineUnderTest(
            try SQLiteStore(path: "\(folder.path)/e.sqlite"), settings: settings)
        try await test.apply(Definitions.pass)
        try await test.apply(Definitions.ask, as: "Ask")
        for name in 0..<20 {
            try await test.begin("p\(name)")
            try await test.begin("a\(name)", flow: "Ask")
        }
        let (result, found) = try await verify(test)
        #expect(found.isEmpty && result.sound)
        #expect(result.executions == 40 && result.rows >= 40 && result.definitions == 2)
        await test.engine.drain()
    }

    @Test func `what is not as it was written is found and named`() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/e.sqlite"
        let test = try await EngineUnderTest(try SQLiteStore(path: path))
        try await test.apply(Definitions.ask)
        for name in ["a", "b"] { try await test.begin(name) }
        await test.engine.drain()
        let store = try SQLiteStore(path: path)
        let changes = [
            ("index", "UPDATE execution_index SET status = 'Failed' WHERE name = 'a'"),
            ("index", "DELETE FROM execution_index WHERE name = 'b'"),
            ("row", "UPDATE transitions SET body = zeroblob(length(body)) WHERE seq = 2"),
        ]
        for (kind, change) in changes {
            try store.perform { db in try db.execute(sql: "SAVEPOINT change; \(change)") }
            let found = Mutex<[VerifyFinding]>([])
            let result = try OfflineVerification(store: store).run { item in
                found.withLock { $0 += item.findings }
            }
            #expect(!result.sound)
            #expect(found.withLock { $0 }.contains { $0.kind == kind }, "\(change)")
            try store.perform { db in
                try db.execute(sql: "ROLLBACK TO SAVEPOINT change; RELEASE SAVEPOINT change")
            }
        }
        #expect(try OfflineVerification(store: store).run { _ in }.sound)
    }

    @Test func `a held engine commits nothing, then all that was asked`() async throws {
        let store = FaultyStore()
        let test = try await EngineUnderTest(store)
        try await test.apply(Definitions.pass)
        let engine = test.engine
        async let held = test.door(.admin).stream(
            HoldCommits.name, HoldCommits.Params.with { $0.milliseconds = 2000 }.wire, meta: RPCMeta()
        ) { _ in }
        await test.loop.until { engine.assumeIsolated { $0.isHeld } }
        let commits = store.commits
        async let begun = test.begin()
        await test.loop.until { engine.assumeIsolated { !$0.staged.isEmpty } }
        #expect(store.commits == commits)
        await test.loop.advance(by: .seconds(2))
        _ = try await held
        _ = try await begun
        #expect(store.commits > commits)
        #expect(try await test.describe().status == "Succeeded")
    }

    private func export(_ test: EngineUnderTest, _ name: String) async throws -> [String] {
        let lines = Mutex<[String]>([])
        let params = ExportExecution.Params.with {
            $0.flowName = "Demo"
            $0.executionName = name
        }
        _ = try await test.client.stream(ExportExecution.name, params.wire, meta: RPCMeta()) { json in
            let line = try ExportExecution.Item(wire: json, strict: true).line
            lines.withLock { $0.append(line) }
        }
        return lines.withLock { $0 }
    }

    private func take(
        _ lines: [String], _ test: EngineUnderTest, as name: String? = nil
    ) async throws -> ExecutionRecord {
        try await test.door(.admin).call(
            ImportExecution.self,
            .with {
                $0.lines = lines
                $0.executionName = name
            })
    }

    @Test func `an execution goes into a file and comes back under another name`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        try await test.begin("one", labels: ["order": "o-1"])
        let lines = try await export(test, "one")
        let record = try await take(lines, test, as: "two")
        #expect(record.status == "Succeeded" && record.name == "two" && record.labels == ["order": "o-1"])
        let (one, two) = (try await test.history("one"), try await test.history("two"))
        #expect(one == two)
        #expect(try await verify(test).result.sound)
        let again = await refusal { try await take(lines, test, as: "two") }
        #expect(again?.name == .executionAlreadyExists)
        let next = try await test.restarted()
        #expect(try await next.describe("two").status == "Succeeded")
    }

    @Test func `the feed does not tell of what was imported`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        try await test.begin("one")
        let before = try await test.sequence
        _ = try await take(try await export(test, "one"), test, as: "two")
        try await test.begin("three")
        let names = Mutex<[String]>([])
        let params = WatchExecutions.Params.with { $0.afterSequence = before }
        do {
            _ = try await test.door(.report).stream(WatchExecutions.name, params.wire, meta: RPCMeta()) {
                json in
                let item = try WatchExecutions.Item(wire: json, strict: true)
                names.withLock { $0.append(item.executionName) }
                if item.status == "Succeeded" { throw CancellationError() }
            }
        } catch { guard error == .canceled else { throw error } }
        #expect(names.withLock { $0 } == ["three", "three"])
    }

    @Test func `an execution that is open or a file that was changed is refused`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.ask)
        try await test.begin("open")
        _ = try await test.submitted("open")
        let open = try await export(test, "open")
        #expect(await refusal { try await take(open, test, as: "x") }?.message.contains("not ended") == true)
        var ended = try await closed(test)
        ended[1] = ended[1].replacing("order", with: "other")
        #expect(await refusal { try await take(ended, test, as: "x") }?.message.contains("changed") == true)
        ended.remove(at: 1)
        #expect(await refusal { try await take(ended, test, as: "x") } != nil)
    }

    private func closed(_ test: EngineUnderTest) async throws -> [String] {
        let token = try #require(try await test.openTasks("open").first?.taskToken)
        _ = try await test.succeed(token, #"{"order":1}"#)
        return try await export(test, "open")
    }
}

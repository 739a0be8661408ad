import FlowEngineAPI
import FlowStore
import Foundation
import GRDB
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine
@testable import FlowStoreSQLite

/// What a disk does to a file, and how the engine goes on.
@Suite(.timeLimit(.minutes(1))) struct DamageTests {
    private static func path(_ folder: TemporaryFolder) -> String { "\(folder.path)/e.sqlite" }

    /// Three executions that wait for a report and one that has ended; the database closed.
    private func worked(in folder: TemporaryFolder) async throws -> (tokens: [String], test: EngineUnderTest)
    {
        let test = try await EngineUnderTest(try SQLiteStore(path: Self.path(folder)))
        try await test.apply(Definitions.ask)
        var tokens: [String] = []
        for name in ["a", "b", "c"] {
            try await test.begin(name)
            tokens.append(try await test.submitted(name))
        }
        await test.engine.drain()
        return (tokens, test)
    }

    /// Changes one byte of the row whose body holds the text.
    private func flip(_ text: String, in folder: TemporaryFolder) throws {
        let url = URL(fileURLWithPath: Self.path(folder))
        var data = try Data(contentsOf: url)
        let place = try #require(data.range(of: Data(text.utf8))).lowerBound
        data[place + 1] ^= 0x04
        try data.write(to: url)
    }

    @Test func `a damaged row takes its execution down and no other`() async throws {
        let folder = try TemporaryFolder()
        let (tokens, before) = try await worked(in: folder)
        try flip(#""name":"b""#, in: folder)
        let store = try SQLiteStore(path: Self.path(folder))
        let next = try await EngineUnderTest(store, services: before.services, loop: before.loop)
        for name in ["a", "c"] {
            _ = try await next.succeed(tokens[name == "a" ? 0 : 2], #"{"answer":1}"#)
            #expect(try await next.end(name).status == "Succeeded")
        }
        let refusal = await refusal { try await next.succeed(tokens[1]) }
        #expect(refusal?.message.contains("checksum") == true)
        #expect(refusal?.message.contains("row ") == true)
        try await next.begin("d")
        #expect(try await next.describe("d").status == "Running")
        await next.engine.drain()
    }

    @Test func `when the newest page is damaged, the engine starts and others go on`() async throws {
        let folder = try TemporaryFolder()
        let (tokens, before) = try await worked(in: folder)
        // So that there is a page behind those of a, b and c.
        let filling = try await EngineUnderTest(
            try SQLiteStore(path: Self.path(folder)), services: before.services, loop: before.loop)
        for number in 0..<30 { try await filling.begin("filler-\(number)") }
        await filling.engine.drain()
        let queue = try DatabaseQueue(path: Self.path(folder))
        let newest = try await queue.read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT pageno FROM dbstat WHERE name = 'transitions' AND pagetype = 'leaf'
                    ORDER BY path DESC
                    """)
        }
        try queue.close()
        let file = try #require(FileHandle(forUpdatingAtPath: Self.path(folder)))
        try file.seek(toOffset: UInt64(try #require(newest) - 1) * 4096)
        try file.write(contentsOf: Data(repeating: 0xA5, count: 4096))
        try file.close()
        // Who only looks at the file names what is wrong with it.
        let reading = try SQLiteStore(path: Self.path(folder), isReadOnly: true)
        let found = try OfflineVerification(store: reading).run { _ in }
        #expect(!found.sound && found.rows > 3 && found.findings > 1)
        try reading.close()
        let store = try SQLiteStore(path: Self.path(folder))
        let next = try await EngineUnderTest(store, services: before.services, loop: before.loop)
        #expect(next.log.lines(of: "journalLost").count == 1)
        #expect(next.log.lines(of: "journalDamaged").count > 0)
        for name in ["a", "b", "c"] {
            _ = try await next.succeed(tokens[name == "a" ? 0 : name == "b" ? 1 : 2], #"{"answer":1}"#)
            #expect(try await next.end(name).status == "Succeeded")
        }
        let lost = await refusal { try await next.describe("filler-29") }
        #expect(lost != nil)
        try await next.begin("new")
        #expect(try await next.describe("new").status == "Running")
        await next.engine.drain()
    }

    @Test func `an index that can't be read ends the process and is made again at its start`() async throws {
        let folder = try TemporaryFolder()
        let (tokens, before) = try await worked(in: folder)
        let damaged = try SQLiteStore(path: Self.path(folder))
        try damaged.perform { db in
            try db.execute(sql: "UPDATE execution_index SET labels = 'nothing' WHERE name = 'b'")
        }
        let first = try await EngineUnderTest(damaged, services: before.services, loop: before.loop)
        let refusal = await refusal { try await first.succeed(tokens[1], #"{"answer":1}"#) }
        #expect(refusal?.name == .serviceUnavailable)
        #expect(first.faults.all.count == 1)
        #expect(first.log.lines(of: "indexDamaged").count == 1)
        await first.engine.abandon()
        try damaged.close()
        let store = try SQLiteStore(path: Self.path(folder))
        let next = try await EngineUnderTest(store, services: before.services, loop: before.loop)
        #expect(next.log.lines(of: "indexDamaged").count == 1)
        _ = try await next.succeed(tokens[1], #"{"answer":1}"#)
        #expect(try await next.end("b").status == "Succeeded")
        #expect(next.services.calls("Ask").count == 3)
        await next.engine.drain()
    }

    @Test func `an index whose texts are no JSON is made again before anything is served`() async throws {
        let folder = try TemporaryFolder()
        let (tokens, before) = try await worked(in: folder)
        let store = try SQLiteStore(path: Self.path(folder))
        try store.perform { db in
            try db.execute(sql: "UPDATE execution_index SET origin = 'nothing' WHERE name = 'b'")
        }
        let next = try await EngineUnderTest(store, services: before.services, loop: before.loop)
        #expect(next.log.lines(of: "indexDamaged").count == 1 && next.faults.all.isEmpty)
        _ = try await next.succeed(tokens[1], #"{"answer":1}"#)
        #expect(try await next.end("b").status == "Succeeded")
        await next.engine.drain()
    }

    @Test func `lost commits are told, and their sequences are not used again`() async throws {
        let folder = try TemporaryFolder()
        let (_, before) = try await worked(in: folder)
        let damaged = try SQLiteStore(path: Self.path(folder))
        let last = try damaged.lastSequence()
        damaged.witness(last + 5)
        try damaged.close()
        let store = try SQLiteStore(path: Self.path(folder))
        let next = try await EngineUnderTest(store, services: before.services, loop: before.loop)
        #expect(next.log.lines(of: "journalLost").count == 1)
        let loss = try #require(try store.damages().first)
        #expect(loss.first == last + 1 && loss.last == last + 5)
        try await next.begin("d")
        #expect(try store.lastSequence() > loss.last)
        let params = WatchExecutions.Params.with { $0.afterSequence = loss.first }
        let refusal = await refusal {
            try await next.door(.report).stream(WatchExecutions.name, params.wire, meta: RPCMeta()) { _ in }
        }
        #expect(refusal?.name == .invalidArgument)
        await next.engine.drain()
    }
}

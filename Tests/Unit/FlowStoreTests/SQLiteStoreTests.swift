import FlowModel
import FlowStore
import Foundation
import GRDB
import LoopSupport
import Testing

@testable import FlowStoreSQLite

@Suite struct SQLiteStoreTests {
    private let folder: TemporaryFolder
    private let writer: Writer

    init() throws {
        folder = try TemporaryFolder()
        var writer = Writer()
        let execution = writer.start("a")
        writer.end(execution, .executionSucceeded)
        self.writer = writer
    }

    @Test func `commits are synced in WAL mode`() throws {
        let store = try SQLiteStore(path: folder.databasePath)
        let (synchronous, mode) = try store.perform { db in
            (
                try Int.fetchOne(db, sql: "PRAGMA synchronous"),
                try String.fetchOne(db, sql: "PRAGMA journal_mode")
            )
        }
        #expect(synchronous == 2)
        #expect(mode == "wal")
    }

    @Test func `what was appended is there after a kill`() throws {
        let store = try SQLiteStore(path: folder.databasePath)
        try store.append(writer.rows)
        let image = try folder.crashImage()
        let reopened = try SQLiteStore(path: image.databasePath)
        #expect(try reopened.rows(after: 0, through: .max, marked: false, limit: 10) == writer.rows)
        withExtendedLifetime(store) {}
    }

    @Test func `what was appended is there after a close`() throws {
        let store = try SQLiteStore(path: folder.databasePath)
        try store.append(writer.rows)
        try store.close()
        #expect(try SQLiteStore(path: folder.databasePath).lastSequence() == 2)
    }

    @Test func `a full disk refuses the whole batch and says so`() throws {
        let store = try SQLiteStore(path: folder.databasePath)
        try store.append(Array(writer.rows.prefix(1)))
        try store.perform { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
        let large = JournalRow(
            sequence: 3, execution: 1, previous: 2, kind: .inner, body: Array(repeating: 0x20, count: 1 << 20)
        )
        let error = #expect(throws: StoreError.self) { try store.append([writer.rows[1], large]) }
        guard case .unavailable(let path, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(path == folder.databasePath)
        #expect(reason.contains("full"))
        #expect(try store.lastSequence() == 1)
        try store.perform { db in try db.execute(sql: "PRAGMA max_page_count = 1000000") }
        try store.append([writer.rows[1], large])
        #expect(try store.lastSequence() == 3)
    }

    @Test func `a database that may not be written refuses and says so`() throws {
        let store = try SQLiteStore(path: folder.databasePath)
        try store.perform { db in try db.execute(sql: "PRAGMA query_only = 1") }
        let error = #expect(throws: StoreError.self) { try store.append(writer.rows) }
        guard case .unavailable(_, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains("read-only"))
    }

    @Test func `a lock held by another process refuses when the patience ends`() throws {
        let store = try SQLiteStore(path: folder.databasePath, lockPatience: .zero)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.databasePath, configuration: configuration)
        try other.writeWithoutTransaction { db in try db.execute(sql: "BEGIN IMMEDIATE") }
        let error = #expect(throws: StoreError.self) { try store.append(writer.rows) }
        guard case .unavailable(_, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains("lock"))
        try other.writeWithoutTransaction { db in try db.execute(sql: "ROLLBACK") }
        try store.append(writer.rows)
    }

    @Test func `a failed sync is told apart from every other fault`() {
        func sorted(_ code: ResultCode) -> StoreError {
            StoreError(DatabaseError(resultCode: code), path: "/p")
        }
        for code in [ResultCode.SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC] {
            guard case .broken("/p", _) = sorted(code) else {
                Issue.record("\(sorted(code))")
                continue
            }
        }
        for code in [
            ResultCode.SQLITE_FULL, .SQLITE_READONLY, .SQLITE_IOERR_READ, .SQLITE_BUSY, .SQLITE_CANTOPEN,
        ] {
            guard case .unavailable("/p", _) = sorted(code) else {
                Issue.record("\(sorted(code))")
                continue
            }
        }
        guard case .unreadable = sorted(.SQLITE_CORRUPT) else {
            Issue.record("\(sorted(.SQLITE_CORRUPT))")
            return
        }
    }

    @Test func `a sequence that exists already is a fault that ends the process`() throws {
        let store = try SQLiteStore(path: folder.databasePath)
        try store.append(writer.rows)
        let error = #expect(throws: StoreError.self) { try store.append(writer.rows) }
        guard case .broken = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a database of a newer release is refused`() throws {
        let store = try SQLiteStore(path: folder.databasePath)
        try store.perform { db in
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 from the future')")
        }
        try store.close()
        let error = #expect(throws: StoreError.self) { try SQLiteStore(path: folder.databasePath) }
        #expect(error?.description.contains("newer release") == true)
    }

    @Test func `a file that is no database is refused with its path`() throws {
        try Data(repeating: 0x41, count: 4096).write(to: URL(fileURLWithPath: folder.databasePath))
        let error = #expect(throws: StoreError.self) { try SQLiteStore(path: folder.databasePath) }
        #expect(error?.description.contains(folder.databasePath) == true)
    }

    @Test func `a folder that does not exist is named`() {
        let path = "\(folder.path)/nowhere/flow-engine.sqlite"
        let error = #expect(throws: StoreError.self) { try SQLiteStore(path: path) }
        #expect(error?.description.contains(path) == true)
    }
}

import FlowStore
import Foundation
import GRDB
import LoopSupport
import Testing

@testable import FlowStoreSQLite

@Suite struct LostCommitTests {
    /// A store that was left behind after one commit a row.
    private func abandoned(rows: Int) throws -> (SQLiteStore, TemporaryFolder) {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.databasePath)
        // What made the tables is in the database, as it is of one that is older than a minute.
        try store.perform { db in _ = try Row.fetchAll(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        var writer = Writer()
        let execution = writer.start("a")
        for _ in 1..<rows { writer.go(on: execution) }
        for row in writer.rows { try store.append([row]) }
        return (store, folder)
    }

    private func log(_ folder: TemporaryFolder) -> DamagedFile {
        DamagedFile(path: folder.databasePath + "-wal")
    }

    @Test func `after a kill nothing is missing, whatever the commit`() throws {
        for rows in [1, 2, 10, 300] {
            let (store, folder) = try abandoned(rows: rows)
            for image in [try folder.wholeImage(), try folder.crashImage()] {
                let next = try SQLiteStore(path: image.databasePath)
                #expect(next.openingLoss == nil)
                #expect(try next.lastSequence() == Int64(rows))
            }
            withExtendedLifetime(store) {}
        }
    }

    @Test func `after a checkpoint, a clean end and a second start nothing is missing`() throws {
        let (store, folder) = try abandoned(rows: 20)
        store.witness(20)
        try store.perform { db in try db.execute(sql: "PRAGMA wal_checkpoint(PASSIVE)") }
        let image = try folder.wholeImage()
        try FileManager.default.removeItem(atPath: image.databasePath + "-wal")
        #expect(try SQLiteStore(path: image.databasePath).openingLoss == nil)
        var writer = Writer()
        for _ in 0..<21 { _ = writer.start("x") }
        try store.append([writer.rows[20]])
        let second = try folder.wholeImage()
        #expect(try SQLiteStore(path: second.databasePath).openingLoss == nil)
        try store.close()
        #expect(try SQLiteStore(path: folder.databasePath).openingLoss == nil)
    }

    @Test(arguments: [0, 20, 40, 5000, 30_000])
    func `a log that was cut is told from the first row that is gone`(
        _ kept: Int
    ) throws {
        let (store, folder) = try abandoned(rows: 20)
        let image = try folder.wholeImage()
        try log(image).cut(to: kept)
        let next = try SQLiteStore(path: image.databasePath)
        let last = try next.lastSequence()
        let loss = try #require(next.openingLoss)
        #expect(last < 20 && loss.first == last + 1 && loss.last >= 20)
        #expect(loss.kind == .lost && loss.reason.contains("write-ahead log"))
        withExtendedLifetime(store) {}
    }

    @Test func `a log that is torn in the middle is told`() throws {
        let (store, folder) = try abandoned(rows: 20)
        let image = try folder.wholeImage()
        try log(image).flip(at: log(image).size / 2)
        let next = try SQLiteStore(path: image.databasePath)
        let loss = try #require(next.openingLoss)
        #expect(loss.first == (try next.lastSequence()) + 1 && loss.last >= 20)
        withExtendedLifetime(store) {}
    }

    @Test func `without the shared memory the note beside the database tells it`() throws {
        let (store, folder) = try abandoned(rows: 20)
        store.witness(15)
        let image = try folder.crashImage()
        try log(image).cut(to: 30_000)
        let next = try SQLiteStore(path: image.databasePath)
        let last = try next.lastSequence()
        #expect(last < 15)
        #expect(next.openingLoss == nil || next.openingLoss?.first == last + 1)
        #expect(next.openingLoss?.last == 15)
        withExtendedLifetime(store) {}
    }

    @Test func `a note of another database or a torn one says nothing`() throws {
        let folder = try TemporaryFolder()
        let note = SequenceNote(database: folder.databasePath, identity: "abc")
        #expect(note.read() == nil)
        note.write(7)
        note.write(1_000_000)
        note.write(8)
        #expect(note.read() == 8)
        #expect(SequenceNote(database: folder.databasePath, identity: "abd").read() == nil)
        try DamagedFile(path: note.path).flip(at: 20)
        #expect(note.read() == nil)
    }

    @Test func `what was found is kept`() throws {
        let (store, folder) = try abandoned(rows: 2)
        let damage = JournalDamage(first: 3, last: 9, kind: .lost, reason: "r")
        try store.keep([damage])
        try store.close()
        #expect(try SQLiteStore(path: folder.databasePath).damages() == [damage])
    }

    @Test func `shared memory that was not written whole says nothing`() throws {
        let (store, folder) = try abandoned(rows: 3)
        let bytes = Array(
            try Data(contentsOf: URL(fileURLWithPath: folder.databasePath + "-shm")).prefix(136))
        #expect(LogState(bytes, changed: .max)?.frames ?? 0 > 0)
        for offset in [0, 16, 32, 44, 60] {
            var damaged = bytes
            damaged[offset] ^= 1
            #expect(LogState(damaged, changed: .max) == nil)
        }
        withExtendedLifetime(store) {}
    }
}

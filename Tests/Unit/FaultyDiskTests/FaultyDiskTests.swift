import FaultyDisk
import Foundation
import GRDB
import Testing

@Suite struct FaultyDiskTests {
    @Test func `a database lies in memory, in write-ahead mode, and the next process reads it`() throws {
        let disk = try FaultyDisk()
        let ledger = try Ledger(disk)
        try ledger.add(1)
        #expect(disk.files == ["ledger.sqlite", "ledger.sqlite-wal"])
        disk.restart()
        #expect(try Ledger(disk).numbers == [1])
        #expect(throws: DatabaseError.self) { try ledger.add(2) }
        #expect(!FileManager.default.fileExists(atPath: disk.path(Ledger.name)))
    }

    @Test func `other paths are the system's`() throws {
        _ = try FaultyDisk()
        let path = NSTemporaryDirectory() + "fnf-\(UUID().uuidString).sqlite"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE there (x)") }
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test func `an id is one disk's, and its paths lead nowhere after it`() throws {
        var disk: FaultyDisk? = try FaultyDisk(id: "only")
        #expect(throws: FaultyDiskFault.idTaken("only")) { try FaultyDisk(id: "only") }
        let path = try #require(disk).path("x.sqlite")
        disk = nil
        #expect(code { _ = try DatabaseQueue(path: path) } == .SQLITE_CANTOPEN)
    }

    @Test func `a copy begins with the files of the other and goes its own way`() throws {
        let disk = try FaultyDisk()
        let ledger = try Ledger(disk)
        try ledger.add(1)
        let copy = try disk.copy()
        try ledger.add(2)
        let other = try Ledger(copy)
        #expect(try other.numbers == [1])
        try other.add(3)
        #expect(try ledger.numbers == [1, 2])
    }

    @Test func `of two writers one waits, and a reader sees what is committed`() throws {
        let disk = try FaultyDisk()
        let (one, two) = (try Ledger(disk), try Ledger(disk))
        try one.queue.inDatabase { db in
            try db.execute(sql: "BEGIN IMMEDIATE; INSERT INTO ledger VALUES (1, NULL)")
        }
        #expect(code { try two.add(2) } == .SQLITE_BUSY)
        #expect(try two.numbers == [])
        try one.queue.inDatabase { try $0.execute(sql: "COMMIT") }
        try two.add(2)
        #expect(try one.numbers == [1, 2])
        try two.checkpoint()
        #expect(try one.numbers == [1, 2])
    }

    @Test func `operations are counted and listed`() throws {
        let disk = try FaultyDisk()
        let ledger = try Ledger(disk)
        disk.setTracing(true)
        let (before, syncs) = (disk.operations, disk.syncs)
        try ledger.add(1, bytes: 10)
        let trace = disk.trace
        #expect(trace.map(\.number) == Array((before + 1)...disk.operations))
        #expect(trace.last?.kind == .sync && disk.syncs == syncs + 1)
        #expect(trace.allSatisfy { $0.file == "ledger.sqlite-wal" })
        #expect(trace.filter { $0.kind == .write }.map(\.length).contains(4096))
    }
}

import FaultyDisk
import GRDB
import Testing

/// What a planned fault does to who writes, and what the next process finds.
@Suite struct FaultTests {
    private let disk: FaultyDisk
    private let ledger: Ledger

    init() throws {
        disk = try FaultyDisk()
        ledger = try Ledger(disk)
        try ledger.add(1)
    }

    @Test(arguments: [FaultyDisk.Fault.killBefore, .killAfter, .torn(100)])
    func `a killed process reaches nothing any more`(_ fault: FaultyDisk.Fault) throws {
        disk.plan(fault, at: disk.operations + 2)
        #expect(throws: DatabaseError.self) { try ledger.add(2) }
        #expect(disk.isDead && disk.faults == 1)
        let operations = disk.operations
        #expect(throws: DatabaseError.self) { try ledger.numbers }
        #expect(throws: DatabaseError.self) { try Ledger(disk) }
        #expect(disk.operations == operations)
        disk.restart()
        #expect(try Ledger(disk).numbers == [1])
    }

    @Test func `a kill after the sync of a commit leaves the commit`() throws {
        let image = try disk.copy()
        disk.setTracing(true)
        try ledger.add(2)
        let sync = disk.trace.last { $0.kind == .sync }
        let count = try #require(sync).number - disk.trace[0].number

        for (fault, left) in [(FaultyDisk.Fault.killBefore, [1]), (.killAfter, [1, 2])] {
            let disk = try image.copy()
            let ledger = try Ledger(disk)
            disk.plan(fault, at: disk.operations + 1 + count)
            #expect(throws: DatabaseError.self) { try ledger.add(2) }
            disk.powerCut(.nothing, seed: 0)
            #expect(try Ledger(disk).numbers == left)
        }
    }

    @Test func `a full disk refuses, and takes again when there is room`() throws {
        disk.setFull(true)
        #expect(code { try ledger.add(2) } == .SQLITE_FULL)
        #expect(try ledger.numbers == [1])
        disk.setFull(false)
        try ledger.add(2)
        #expect(try ledger.numbers == [1, 2])
    }

    @Test func `EIO, ENOSPC and a short write fail one write and no other`() throws {
        let codes: [(FaultyDisk.Fault, ResultCode)] = [
            (.error, .SQLITE_IOERR_WRITE), (.full, .SQLITE_FULL), (.short(17), .SQLITE_FULL),
        ]
        for (number, (fault, expected)) in codes.enumerated() {
            disk.plan(fault, at: disk.operations + 1)
            #expect(code { try ledger.add(10) } == expected)
            try ledger.add(number + 2)
        }
        #expect(try ledger.numbers == [1, 2, 3, 4])
        disk.powerCut(.nothing, seed: 0)
        #expect(try Ledger(disk).numbers == [1, 2, 3, 4])
    }

    /// A copy of the disk whose ledger has nothing unsynced.
    private func settled() throws -> (FaultyDisk, Ledger) {
        let copy = try disk.copy()
        let ledger = try Ledger(copy)
        try ledger.add(2)
        return (copy, ledger)
    }

    @Test func `of a failed sync the pages are kept, dropped or gone`() throws {
        let (trial, tried) = try settled()
        trial.setTracing(true)
        try tried.add(3)
        let sync = try #require(trial.trace.last { $0.kind == .sync }).number - trial.trace[0].number
        for fault in [FaultyDisk.Fault.error, .syncDrops, .syncLoses] {
            let (disk, ledger) = try settled()
            let before = disk.bytes(of: "ledger.sqlite-wal")
            #expect(disk.bytes(of: "ledger.sqlite-wal", durable: true) == before)
            disk.plan(fault, at: disk.operations + 1 + sync)
            #expect(code { try ledger.add(3) } == .SQLITE_IOERR_FSYNC)
            #expect((disk.unsynced > 0) == (fault == .error))
            #expect((disk.bytes(of: "ledger.sqlite-wal") == before) == (fault == .syncLoses))
            #expect(disk.bytes(of: "ledger.sqlite-wal", durable: true) == before)
        }
    }

    @Test func `plans hold for as long as they say, and can be cleared`() throws {
        disk.plan(.error, at: disk.operations + 1, times: .max)
        for _ in 0..<3 { #expect(code { try ledger.add(2) } == .SQLITE_IOERR_WRITE) }
        #expect(disk.faults >= 3)
        disk.clearPlan()
        try ledger.add(2)
    }

    @Test func `damage is there at once and for good`() throws {
        try ledger.checkpoint()
        #expect(
            disk.damage(Ledger.name) { bytes in
                for page in stride(from: 4096, to: bytes.count, by: 4096) { bytes[page] ^= 0xFF }
            })
        #expect(!disk.damage("nobody") { _ in })
        // With what is not synced the log's end would be undone, and the log still has the pages.
        disk.powerCut(.everything, seed: 0)
        #expect(throws: DatabaseError.self) {
            let ledger = try Ledger(disk)
            _ = try ledger.numbers
        }
    }
}

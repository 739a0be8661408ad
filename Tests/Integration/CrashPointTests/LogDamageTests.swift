import FaultyDisk
import FlowStore
import FlowStoreSQLite
import Testing

/// What a store makes of a log whose end was torn or cut.
@Suite struct LogDamageTests {
    private static let name = "engine.sqlite"
    private static let log = "engine.sqlite-wal"

    /// A disk whose log holds so many commits of one row each, as a kill leaves it.
    private func disk(commits: Int64) throws -> FaultyDisk {
        let disk = try FaultyDisk()
        let store = try SQLiteStore(path: disk.path(Self.name))
        for sequence in 1...commits { try store.append([Self.row(sequence)]) }
        disk.kill()
        return disk
    }

    private static func row(_ sequence: Int64) -> JournalRow {
        let body = Array("row \(sequence) ".utf8) + Array(repeating: UInt8(sequence), count: 3000)
        return JournalRow(sequence: sequence, execution: sequence, previous: 0, kind: .starts, body: body)
    }

    /// The rows that a store finds are the first of those that were committed, unchanged; it goes on behind them.
    private func expectPrefix(_ disk: FaultyDisk, _ commits: Int64, _ what: String) throws -> Int {
        let store = try SQLiteStore(path: disk.path(Self.name))
        let rows = try store.rows(after: 0, through: .max, marked: false, limit: .max)
        #expect(rows.map(\.sequence) == Array((0..<Int64(rows.count)).map { $0 + 1 }), "\(what)")
        for row in rows { #expect(row.body == Self.row(row.sequence).body, "\(what): row \(row.sequence)") }
        try store.append([Self.row(commits + 1)])
        disk.powerCut(.nothing, seed: 1)
        let next = try SQLiteStore(path: disk.path(Self.name))
        #expect(try next.lastSequence() == commits + 1, "\(what)")
        return rows.count
    }

    @Test func `a log that ends anywhere holds whole commits only`() throws {
        let commits: Int64 = 12
        let image = try disk(commits: commits)
        let length = try #require(image.size(of: Self.log))
        var found: Set<Int> = []
        for cut in Array(stride(from: 0, to: length, by: 1031)) + [length - 1, length] {
            let disk = try image.copy()
            disk.damage(Self.log) { $0.removeLast(length - cut) }
            found.insert(try expectPrefix(disk, commits, "cut at \(cut)"))
        }
        // Each number of commits is met: the log grows commit by commit.
        #expect(found.isSuperset(of: Set(1...Int(commits))))
    }

    @Test func `a torn frame ends the log in front of it`() throws {
        let commits: Int64 = 12
        let image = try disk(commits: commits)
        let length = Self.liveLength(try #require(image.bytes(of: Self.log)))
        for place in stride(from: 40, to: length, by: 3083) {
            let disk = try image.copy()
            disk.damage(Self.log) { bytes in
                for index in place..<min(place + 512, length) { bytes[index] ^= 0xFF }
            }
            let found = try expectPrefix(disk, commits, "torn at \(place)")
            #expect(found < commits, "torn at \(place) of \(length)")
        }
    }

    /// A log that was begun again ends in front of the first frame that has not its header's salt.
    private static func liveLength(_ log: [UInt8]) -> Int {
        let (header, frame) = (32, 24 + 4096)
        var end = header
        while end + frame <= log.count, log[end + 8..<end + 16].elementsEqual(log[16..<24]) { end += frame }
        return end
    }
}

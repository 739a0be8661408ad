import CPlatform
import FlowModel
import FlowStore
import GRDB
import LoopSupport
import Primitives
import Testing

@testable import FlowStoreSQLite

@Suite struct ChecksumTests {
    private let folder: TemporaryFolder
    private let writer: Writer

    init() throws {
        folder = try TemporaryFolder()
        var writer = Writer()
        let execution = writer.start("a")
        writer.go(on: execution)
        writer.end(execution, .executionSucceeded)
        self.writer = writer
    }

    private func sum(_ bytes: [UInt8], by function: (UInt32, UnsafeRawPointer?, Int) -> UInt32) -> UInt32 {
        bytes.withUnsafeBytes { function(0, $0.baseAddress, $0.count) }
    }

    @Test func `the checksum is CRC-32C, with the processor's instruction and without`() {
        // Source: RFC 3720, appendix B.4.
        let vectors: [([UInt8], UInt32)] = [
            (Array("123456789".utf8), 0xE306_9283), (Array(repeating: 0, count: 32), 0x8A91_36AA),
            (Array(repeating: 0xFF, count: 32), 0x62A8_AB43), (Array(0..<32), 0x46DD_794E), ([], 0),
        ]
        for (bytes, expected) in vectors {
            #expect(sum(bytes, by: fnf_crc32c) == expected)
            #expect(sum(bytes, by: fnf_crc32c_by_table) == expected)
        }
        for count in 0..<100 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37) }
            #expect(sum(bytes, by: fnf_crc32c) == sum(bytes, by: fnf_crc32c_by_table))
        }
    }

    @Test func `each part of a row counts`() {
        let row = JournalRow(sequence: 1, execution: 1, previous: 0, kind: .inner, body: [1, 2])
        let others = [
            JournalRow(sequence: 2, execution: 1, previous: 0, kind: .inner, body: [1, 2]),
            JournalRow(sequence: 1, execution: 2, previous: 0, kind: .inner, body: [1, 2]),
            JournalRow(sequence: 1, execution: 1, previous: 1, kind: .inner, body: [1, 2]),
            JournalRow(sequence: 1, execution: 1, previous: 0, kind: .ends, body: [1, 2]),
            JournalRow(sequence: 1, execution: 1, previous: 0, kind: .inner, body: [2, 1]),
        ]
        #expect(Set((others + [row]).map(\.checksum)).count == 6)
    }

    @Test(arguments: ["body = zeroblob(length(body))", "previous = 7", "kind = 2"])
    func `a row that the disk has changed is named with its execution`(_ change: String) throws {
        let store = try SQLiteStore(path: folder.databasePath)
        try store.append(writer.rows)
        try store.perform { db in
            try db.execute(sql: "UPDATE transitions SET \(change) WHERE seq = 2")
        }
        let error = #expect(throws: StoreError.self) { try store.row(2) }
        guard case .unreadable(let place, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(place == "row 2 of the journal, of execution number 1")
        #expect(reason.contains("checksum"))
        #expect(try store.row(1) == writer.rows[0])
        #expect(throws: StoreError.self) { try store.history(endingAt: 3, after: 0) }
    }

    @Test func `rows of an older release have no checksum and are read`() throws {
        let store = try SQLiteStore(path: folder.databasePath)
        try store.append(writer.rows)
        try store.perform { db in try db.execute(sql: "UPDATE transitions SET checksum = NULL") }
        #expect(try store.rows(after: 0, through: .max, marked: false, limit: 10) == writer.rows)
    }
}

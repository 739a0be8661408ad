import FlowModel
import FlowStore
import Foundation
import LoopSupport
import Primitives
import Testing

@testable import FlowStoreSQLite

@Suite struct DamageTests {
    /// Enough rows for several pages, of many executions whose rows lie among one another.
    private static func rows(executions: Int = 40, each: Int = 10) -> [JournalRow] {
        var writer = Writer()
        let started = (0..<executions).map { writer.start("e\($0)", labels: ["order": .string("o-\($0)")]) }
        for _ in 0..<each { for execution in started { writer.go(on: execution) } }
        for execution in started.prefix(executions / 2) { writer.end(execution, .executionSucceeded) }
        return writer.rows
    }

    /// A closed database with these rows, the index written.
    private func closed(_ rows: [JournalRow], in folder: TemporaryFolder) throws {
        let store = try SQLiteStore(path: folder.databasePath)
        try store.append(rows)
        var index = ExecutionIndex(table: store)
        _ = try index.takeInTail(of: store)
        try index.flush()
        try store.close()
    }

    @Test func `whichever page of the journal is damaged, all rows of the others are read`() throws {
        let rows = Self.rows()
        let original = try TemporaryFolder()
        try closed(rows, in: original)
        let pages = try DamagedFile(path: original.databasePath).pages(of: "transitions")
        #expect(pages.count > 5)
        for (position, page) in pages.enumerated() {
            let folder = try original.wholeImage()
            try DamagedFile(path: folder.databasePath).overwrite(page: page)
            let store = try SQLiteStore(path: folder.databasePath)
            let scan = try store.scan(after: 0, limit: 10_000)
            #expect(!scan.damages.isEmpty, "page \(page)")
            let missing = Set(rows.map(\.sequence)).subtracting(scan.rows.map(\.sequence))
            let told = Set(scan.damages.flatMap { Array($0.first...$0.last) })
            #expect(missing == told, "page \(page)")
            #expect(missing.count < rows.count / 3)
            #expect(Set(scan.rows).isSubset(of: rows))
            if position < pages.count - 1 { #expect(try store.lastSequence() == rows.last?.sequence) }
        }
    }

    private static let noon = Timestamp(microseconds: 1_700_000_000_000_000)

    @Test func `behind whichever page is damaged, the journal goes on`() throws {
        let rows = Self.rows()
        let last = try #require(rows.last?.sequence)
        let original = try TemporaryFolder()
        try closed(rows, in: original)
        let pages = try DamagedFile(path: original.databasePath).pages(of: "transitions")
        for (position, page) in pages.enumerated() {
            let folder = try original.wholeImage()
            try DamagedFile(path: folder.databasePath).overwrite(page: page)
            let store = try SQLiteStore(path: folder.databasePath)
            let readable = try store.scan(after: 0, limit: 10_000)
            let damages = try store.mendEnd(at: Self.noon)
            let isNewest = position == pages.count - 1
            #expect(damages.isEmpty == !isNewest, "page \(page)")
            if isNewest {
                #expect(try store.damages() == damages)
                let lost = try #require(damages.last)
                #expect(lost.kind == .lost && lost.first == last + 1 && lost.found == Self.noon)
                // What could be read is there, what could not is told, and nothing is both or neither.
                let told = Set(damages.dropLast().flatMap { Array($0.first...$0.last) })
                #expect(told == Set(readable.damages.flatMap { Array($0.first...$0.last) }))
                #expect(
                    try store.rows(after: 0, through: .max, marked: false, limit: 10_000) == readable.rows)
            }
            let next = (damages.last?.last ?? last) + 1
            let row = JournalRow(sequence: next, execution: 1, previous: 1, kind: .inner, body: [0x7B, 0x7D])
            try store.append([row])
            #expect(try store.mendEnd(at: Self.noon) == [])
            try store.close()
            let again = try SQLiteStore(path: folder.databasePath)
            #expect(again.openingLoss == nil)
            #expect(try again.lastSequence() == next)
            #expect(try again.row(next) == row)
            if isNewest { #expect(try again.structureFaults() == []) }
            try again.close()
        }
    }

    /// The newest page may not be the only one that the index does not tell of.
    @Test func `rows behind the index's mark are moved too`() throws {
        let rows = Self.rows()
        let folder = try TemporaryFolder()
        let writing = try SQLiteStore(path: folder.databasePath)
        try writing.append(rows)
        try writing.close()
        let file = DamagedFile(path: folder.databasePath)
        try file.overwrite(page: try #require(try file.pages(of: "transitions").last))
        let store = try SQLiteStore(path: folder.databasePath)
        let lost = try #require(try store.mendEnd(at: Self.noon).last)
        let kept = try store.rows(after: 0, through: .max, marked: false, limit: 10_000)
        #expect(kept == Array(rows.prefix(kept.count)) && kept.count > rows.count / 2)
        #expect(lost.first == Int64(kept.count) + 1 && lost.last > rows.count)
    }

    @Test func `a journal of which nothing can be read is left as it is`() throws {
        let folder = try TemporaryFolder()
        try closed(Self.rows(), in: folder)
        let file = DamagedFile(path: folder.databasePath)
        for page in try file.pages(of: "transitions", leaves: false) { try file.overwrite(page: page) }
        let store = try SQLiteStore(path: folder.databasePath)
        let error = #expect(throws: StoreError.self) { try store.mendEnd(at: Self.noon) }
        guard case .unreadable = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try store.damages() == [])
    }

    @Test func `a page that leads to others takes only those along`() throws {
        // The store does not look into bodies.
        let body = [UInt8](repeating: 0x20, count: 300)
        let rows = (1...Int64(12_000)).map { number in
            JournalRow(sequence: number, execution: 1, previous: number - 1, kind: .inner, body: body)
        }
        let folder = try TemporaryFolder()
        let writing = try SQLiteStore(path: folder.databasePath)
        try writing.append(rows)
        try writing.close()
        let file = DamagedFile(path: folder.databasePath)
        let inner = try file.pages(of: "transitions", leaves: false)
        let first = try #require(inner.dropFirst().first)
        try file.overwrite(page: first)
        let store = try SQLiteStore(path: folder.databasePath)
        var (found, told): (Set<Int64>, Int64) = ([], 0)
        var cursor: Int64? = 0
        while let after = cursor {
            let scan = try store.scan(after: after, limit: 1000)
            found.formUnion(scan.rows.map(\.sequence))
            told += scan.damages.reduce(0) { $0 + $1.last - $1.first + 1 }
            cursor = scan.last
        }
        #expect(told > 0 && !found.isEmpty)
        #expect(found.count + Int(told) == rows.count)
    }

    @Test func `a byte that the disk has changed costs its own row`() throws {
        let rows = Self.rows()
        let folder = try TemporaryFolder()
        try closed(rows, in: folder)
        let file = DamagedFile(path: folder.databasePath)
        try file.flip(at: try #require(try file.offset(of: "\"name\":\"e7\"")) + 9)
        let store = try SQLiteStore(path: folder.databasePath)
        let scan = try store.scan(after: 0, limit: 10_000)
        #expect(scan.rows == rows.filter { $0.sequence != 8 })
        #expect(scan.damages.map(\.first) == [8])
        #expect(scan.damages.first?.execution == 8)
        #expect(scan.damages.first?.reason.contains("checksum") == true)
    }

    @Test func `whichever page of the index is damaged, it is made again from the journal`() throws {
        let rows = Self.rows(executions: 120, each: 2)
        let original = try TemporaryFolder()
        try closed(rows, in: original)
        let file = DamagedFile(path: original.databasePath)
        let derived = try file.names().filter { name in
            name.hasPrefix("execution_") || name.hasPrefix("sqlite_autoindex_execution")
        }
        #expect(derived.count > 5)
        let sound = try entries(SQLiteStore(path: original.databasePath))
        for name in derived {
            for page in try file.pages(of: name).prefix(2) {
                let folder = try original.wholeImage()
                try DamagedFile(path: folder.databasePath).overwrite(page: page)
                let store = try SQLiteStore(path: folder.databasePath)
                do { try store.remakeIndex() } catch {
                    Issue.record("\(name), page \(page): \(error)")
                    continue
                }
                var index = ExecutionIndex(table: store)
                _ = try index.takeInTail(of: store)
                try index.flush()
                #expect(try entries(store) == sound, "\(name), page \(page)")
                try store.close()
            }
        }
    }

    private func entries(_ store: SQLiteStore) throws -> [ExecutionEntry] {
        try store.entries(ExecutionFilter(flow: 1), before: .max, limit: 1000)
    }

    @Test func `a damaged index is told as such, once, and marked for the next start`() throws {
        let folder = try TemporaryFolder()
        try closed(Self.rows(), in: folder)
        let file = DamagedFile(path: folder.databasePath)
        for page in try file.pages(of: "execution_index") { try file.overwrite(page: page) }
        let store = try SQLiteStore(path: folder.databasePath)
        let told = Told()
        store.onIndexDamage { told.add("\($0)") }
        for _ in 0..<2 {
            let error = #expect(throws: StoreError.self) { try store.entry(execution: 3) }
            guard case .damagedIndex = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
        #expect(told.all.count == 1)
        #expect(try store.lowWaterMark() == -1)
    }

    final class Told: @unchecked Sendable {
        private let lock = NSLock()
        private var lines: [String] = []
        var all: [String] { lock.withLock { lines } }
        func add(_ line: String) { lock.withLock { lines.append(line) } }
    }
}

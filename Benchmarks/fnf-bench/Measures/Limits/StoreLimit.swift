import BenchReport
import FlowModel
import FlowStore
import FlowStoreSQLite
import GRDBSQLite
import Glibc

/// SQLite alone with the journal's own schema: one prepared statement of the C interface, and beside it the
/// engine's adapter; nothing is decided or encoded.
struct StoreLimit {
    static let batches = [1, 10, 100]
    static let names =
        batches.flatMap {
            ["sqlite_rows_per_s_\($0)", "sqlite_commit_p50_ms_\($0)", "store_rows_per_s_\($0)"]
        }
    private static let bodyBytes = 300

    let folder: String

    func measure(quick: Bool) throws -> [Figure] {
        let limit = Duration.milliseconds(quick ? 300 : 1500)
        var figures: [Figure] = []
        let path = "\(folder)/journal.sqlite"
        defer { for end in ["", "-wal", "-shm"] { unlink(path + end) } }
        let store = try SQLiteStore(path: path)
        var next = try store.lastSequence() + 1
        for batch in Self.batches {
            Progress.show("store: commits of \(batch) rows")
            let times = try repeated(limit) {
                try store.append(
                    (0..<batch).map { _ in
                        defer { next += 1 }
                        return Self.row(next)
                    })
            }
            figures.append(Figure("store_rows_per_s_\(batch)", times.rate(batch), "1/s"))
        }
        try store.close()
        let journal = try RawJournal(path: path, next: next, bodyBytes: Self.bodyBytes)
        for batch in Self.batches {
            Progress.show("sqlite: commits of \(batch) rows")
            let times = try repeated(limit) { try journal.append(batch) }
            figures.append(Figure("sqlite_rows_per_s_\(batch)", times.rate(batch), "1/s"))
            figures.append(Figure("sqlite_commit_p50_ms_\(batch)", times.samples.p50, "ms"))
        }
        return figures
    }

    private static func row(_ sequence: Int64) -> JournalRow {
        JournalRow(
            sequence: sequence, execution: 1, previous: sequence - 1, kind: .inner,
            body: [UInt8](repeating: 0x61, count: bodyBytes))
    }

    private struct Times {
        var samples: Samples
        var count: Int
        var seconds: Double

        func rate(_ batch: Int) -> Double { Double(batch * count) / seconds }
    }

    private func repeated(_ limit: Duration, _ commit: () throws -> Void) throws -> Times {
        let clock = ContinuousClock()
        var times: [Double] = []
        let begin = clock.now
        while clock.now - begin < limit {
            let start = clock.now
            try commit()
            times.append((clock.now - start).milliseconds)
        }
        return Times(samples: Samples(times), count: times.count, seconds: (clock.now - begin).inSeconds)
    }
}

/// The journal's table by SQLite's C interface. Whatever columns it has are filled: numbers with the row's
/// own, the rest with as many bytes as a body has.
private final class RawJournal {
    private var database: OpaquePointer?
    private var insert: OpaquePointer?
    private var isNumber: [Bool] = []
    private var next: Int64
    private let body: UnsafeMutableBufferPointer<UInt8>

    init(path: String, next: Int64, bodyBytes: Int) throws {
        self.next = next
        body = .allocate(capacity: bodyBytes)
        body.initialize(repeating: 0x61)
        guard sqlite3_open(path, &database) == SQLITE_OK else {
            throw BenchFault("SQLite can not open \(path)")
        }
        for setting in ["journal_mode = WAL", "synchronous = FULL", "wal_autocheckpoint = 1000"] {
            try run("PRAGMA \(setting)")
        }
        var columns: OpaquePointer?
        sqlite3_prepare_v2(database, "SELECT * FROM transitions LIMIT 0", -1, &columns, nil)
        let count = Int(sqlite3_column_count(columns))
        isNumber = (0..<count).map { index in
            let type = sqlite3_column_decltype(columns, Int32(index)).map { String(cString: $0) }
            return type == "INTEGER"
        }
        sqlite3_finalize(columns)
        let marks = [String](repeating: "?", count: count).joined(separator: ", ")
        guard
            sqlite3_prepare_v2(database, "INSERT INTO transitions VALUES (\(marks))", -1, &insert, nil)
                == SQLITE_OK
        else { throw fault("the journal's insert") }
    }

    deinit {
        sqlite3_finalize(insert)
        sqlite3_close(database)
        body.deallocate()
    }

    /// Durability: on disk when it returns.
    func append(_ count: Int) throws {
        try run("BEGIN IMMEDIATE")
        for _ in 0..<count {
            for (index, isNumber) in isNumber.enumerated() {
                let place = Int32(index + 1)
                if isNumber {
                    // The first is the row's key; the others are small numbers in any journal.
                    sqlite3_bind_int64(insert, place, index == 0 ? next : 1)
                } else {
                    // The bytes outlive the statement: no copy.
                    sqlite3_bind_blob(insert, place, body.baseAddress, Int32(body.count), nil)
                }
            }
            next += 1
            let result = sqlite3_step(insert)
            sqlite3_reset(insert)
            guard result == SQLITE_DONE else { throw fault("a row of the journal") }
        }
        try run("COMMIT")
    }

    private func run(_ statement: String) throws {
        guard sqlite3_exec(database, statement, nil, nil, nil) == SQLITE_OK else { throw fault(statement) }
    }

    private func fault(_ what: String) -> BenchFault {
        BenchFault("SQLite refuses \(what): \(String(cString: sqlite3_errmsg(database)))")
    }
}

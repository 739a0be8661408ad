import FaultyDisk
import GRDB

/// A database as the services open theirs, with one table of numbers.
final class Ledger {
    static let name = "ledger.sqlite"
    let queue: DatabaseQueue

    init(_ disk: FaultyDisk, name: String = Ledger.name) throws {
        var configuration = Configuration()
        configuration.journalMode = .wal
        // A test leaves one open beside another connection.
        configuration.allowsUnsafeTransactions = true
        queue = try DatabaseQueue(path: disk.path(name), configuration: configuration)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try db.execute(sql: "CREATE TABLE IF NOT EXISTS ledger (number INTEGER PRIMARY KEY, text BLOB)")
        }
    }

    /// One transaction that fills some pages.
    func add(_ number: Int, bytes: Int = 9000) throws {
        try queue.write { db in
            try db.execute(
                sql: "INSERT INTO ledger VALUES (?, zeroblob(?))", arguments: [number, bytes])
        }
    }

    var numbers: [Int] {
        get throws {
            try queue.read { try Int.fetchAll($0, sql: "SELECT number FROM ledger ORDER BY number") }
        }
    }

    var isWhole: Bool {
        get throws { try queue.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok" }
    }

    func checkpoint() throws {
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    }
}

/// SQLite's code for what a call threw.
func code(_ body: () throws -> Void) -> ResultCode? {
    do {
        try body()
        return nil
    } catch {
        return (error as? DatabaseError)?.extendedResultCode
    }
}

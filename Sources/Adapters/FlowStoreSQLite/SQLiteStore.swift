package import FlowStore
import GRDB
import Primitives

/// The durable store: one SQLite file, one connection, which alone writes and checkpoints.
///
/// Synchronous: a call returns when its transaction is on disk. The file is in WAL mode with
/// `synchronous=FULL`, so a commit is one fdatasync; a checkpoint moves at most 1,000 frames.
package final class SQLiteStore: DurableStore {
    package let path: String
    private let queue: DatabaseQueue

    /// - Parameter lockPatience: how long a write waits for a lock that another process holds. Longer than
    ///   the watchdog's time, so that an engine that can't write is restarted rather than answering at
    ///   random.
    package init(path: String, lockPatience: Duration = .seconds(120)) throws(StoreError) {
        self.path = path
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(Double(lockPatience.components.seconds))
        configuration.label = "flow-store"
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { db in try Self.makeDurable(db) }
            try Migrations.run(on: queue)
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// The library lowers `synchronous` when it enters WAL mode, so it is raised again afterwards, and read
    /// back.
    private static func makeDurable(_ db: Database) throws {
        try db.execute(sql: "PRAGMA synchronous = FULL")
        try db.execute(sql: "PRAGMA wal_autocheckpoint = 1000")
        let synchronous = try Int64.fetchOne(db, sql: "PRAGMA synchronous")
        let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode")
        guard synchronous == 2, mode == "wal" else {
            let found = "journal mode \(mode ?? "unknown") with synchronous=\(synchronous ?? -1)"
            throw StoreFault(
                reason:
                    "it is in \(found); commits would "
                    + "not survive a loss of power. Move the state directory to a local file system")
        }
    }

    package func close() throws(StoreError) {
        do { try queue.close() } catch { throw StoreError(error, path: path) }
    }

    /// Runs `body` on the connection, outside of any transaction.
    func perform<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
        do { return try queue.unsafeReentrantWrite(body) } catch { throw StoreError(error, path: path) }
    }

    /// Runs `body` as one transaction that holds the write lock from its beginning.
    ///
    /// Durability: on disk when it returns.
    func transact(_ body: (Database) throws -> Void) throws(StoreError) {
        try perform { db in
            try db.inTransaction(.immediate) {
                try body(db)
                return .commit
            }
        }
    }
}

package import FlowStore
import GRDB
import Primitives
import SQLiteStatements
import Synchronization

/// The durable store: one SQLite file, one connection, which alone writes and checkpoints.
///
/// Synchronous: a call returns when its transaction is on disk. The file is in WAL mode with
/// `synchronous=FULL`, so a commit is one fdatasync; a checkpoint moves at most 1,000 frames.
package final class SQLiteStore: DurableStore {
    package let path: String
    private let queue: DatabaseQueue
    private let transaction = Mutex(TickTransaction.none)
    let note: SequenceNote?
    package let openingLoss: JournalDamage?
    /// Who has read beside it.
    let besides = Mutex<SQLiteStore?>(nil)
    let indexDamage = Mutex<(@Sendable (StoreError) -> Void)?>(nil)

    /// - Parameter lockPatience: how long a write waits for a lock that another process holds. Longer than
    ///   the watchdog's time, so that an engine that can't write is restarted rather than answering at
    ///   random.
    /// - Parameter isReadOnly: for who looks at a file that is nobody's, or another's; it must be of this
    ///   release.
    package init(
        path: String, lockPatience: Duration = .seconds(120), isReadOnly: Bool = false
    ) throws(StoreError) {
        self.path = path
        var configuration = Configuration()
        configuration.readonly = isReadOnly
        if !isReadOnly { configuration.journalMode = .wal }
        configuration.busyMode = .timeout(Double(lockPatience.components.seconds))
        configuration.label = "flow-store"
        // The changes of a tick are made one by one and committed together.
        configuration.allowsUnsafeTransactions = true
        do {
            if isReadOnly {
                let reading = try DatabaseQueue(path: path, configuration: configuration)
                try reading.read(Migrations.check)
                queue = reading
                note = nil
                openingLoss = nil
                return
            }
            let before = LogState(database: path)
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { db in try Self.makeDurable(db) }
            let after = LogState(database: path)
            try Migrations.run(on: queue)
            try queue.writeWithoutTransaction { db in try WriteAheadLog.writeAnew(db) }
            let (identity, last) = try queue.writeWithoutTransaction { db in
                (
                    try String.fetchOne(db, sql: "SELECT identity FROM store_identity") ?? "",
                    // A last page that can't be read is found by who reads the journal.
                    (try? Int64.fetchOne(db, sql: Self.newestSQL)) ?? .max
                )
            }
            let note = SequenceNote(database: path, identity: identity)
            self.note = note
            openingLoss =
                last == .max ? nil : Self.loss(last: last, noted: note.read(), before: before, after: after)
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
        note?.close()
        do { try queue.close() } catch { throw StoreError(error, path: path) }
    }

    /// Runs `body` on the connection, outside of any transaction.
    func perform<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
        do { return try queue.unsafeReentrantWrite(body) } catch {
            let fault = StoreError(error, path: path)
            if case .damagedIndex = fault { noteIndexDamage(fault) }
            throw fault
        }
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

/// Where the transaction of a tick stands.
private enum TickTransaction {
    case none
    case open
    /// A change failed, and SQLite may have rolled back those before it: the tick can only be forgotten.
    case failed(StoreError)
}

extension SQLiteStore {
    /// Makes a change within the transaction of the tick, which it opens when it is the first.
    ///
    /// Durability: on disk with the next `append`. Throws: that `append` throws the same.
    func change(_ body: (Database) throws -> Void) throws(StoreError) {
        do throws(StoreError) {
            switch transaction.withLock({ $0 }) {
            case .failed(let error): throw error
            case .open: try perform(body)
            case .none:
                try perform { db in try db.beginTransaction(.immediate) }
                transaction.withLock { $0 = .open }
                try perform(body)
            }
        } catch {
            transaction.withLock { $0 = .failed(error) }
            throw error
        }
    }

    /// Commits the transaction of the tick, with what `body` adds to it.
    func commitChanges(_ body: (Database) throws -> Void) throws(StoreError) {
        if case .none = transaction.withLock({ $0 }) { return try transact(body) }
        do throws(StoreError) {
            try change(body)
            try perform { db in try db.commit() }
        } catch {
            revert()
            throw error
        }
        transaction.withLock { $0 = .none }
    }

    package func revert() {
        if case .none = transaction.withLock({ $0 }) { return }
        transaction.withLock { $0 = .none }
        do throws(StoreError) {
            try perform { db in if db.isInsideTransaction { try db.rollback() } }
        } catch {
            // A transaction that can't be rolled back makes every later one fail, which is told.
            transaction.withLock { $0 = .failed(error) }
        }
    }
}

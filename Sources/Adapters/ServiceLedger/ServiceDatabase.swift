package import GRDB
import Primitives
import SQLiteStatements

/// Opens a service's own SQLite file so that a commit is on disk when it returns.
package enum ServiceDatabase {
    /// Why a database can't be used, with the way out.
    package struct Fault: Error, CustomStringConvertible {
        package let description: String
    }

    /// Longer than any watchdog: a write lock that somebody else holds stops the loop, and the watchdog then
    /// acts.
    static let busyTimeoutSeconds = 120.0

    /// - Parameter migrate: registers the service's own migrations; the ledger's come first.
    /// Durability: WAL with `synchronous=FULL`, checked after opening because GRDB sets NORMAL itself.
    package static func open(
        _ path: String, migrate: (inout DatabaseMigrator) -> Void
    ) throws(Fault) -> DatabaseQueue {
        do {
            var configuration = Configuration()
            configuration.journalMode = .wal
            configuration.busyMode = .timeout(busyTimeoutSeconds)
            configuration.label = "fnf"
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous=FULL")
                let level = try Int.fetchOne(db, sql: "PRAGMA synchronous")
                guard level == 2 else {
                    throw Fault(description: "\(path): synchronous is \(level ?? -1), not FULL")
                }
            }
            var migrator = DatabaseMigrator()
            RequestLedger.registerMigrations(&migrator)
            Outbox.registerMigrations(&migrator)
            migrate(&migrator)
            try migrator.migrate(queue)
            try queue.writeWithoutTransaction { db in try WriteAheadLog.writeAnew(db) }
            return queue
        } catch let fault as Fault {
            throw fault
        } catch {
            throw Fault(
                description:
                    "\(path) can't be opened: \(error); check that the folder exists, belongs to this user, "
                    + "is writable and not full")
        }
    }
}

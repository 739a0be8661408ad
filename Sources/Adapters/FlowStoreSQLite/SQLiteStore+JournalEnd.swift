package import FlowStore
import GRDB
package import Primitives
import Synchronization

/// The end of the journal, where everything is added.
extension SQLiteStore {
    package func mendEnd(at now: Timestamp) throws(StoreError) -> [JournalDamage] {
        do throws(StoreError) {
            try tryEnd()
            return []
        } catch {
            guard case .unreadable(_, let reason) = error else { throw error }
            return try moveJournal(reason, otherwise: error, at: now)
        }
    }

    /// Adds more than the newest page has room for, and takes it back: damage there is found before anybody
    /// relies on it.
    private func tryEnd() throws(StoreError) {
        let last = try lastSequence()
        let body = [UInt8](repeating: 0, count: 1000)
        try perform { db in
            try db.inTransaction(.immediate) {
                for number in 1...Int64(5) {
                    try Self.insert(
                        JournalRow(
                            sequence: last + number, execution: 0, previous: 0, kind: .inner, body: body),
                        in: db)
                }
                return .rollback
            }
        }
    }

    /// Puts all rows that can be read into a table of their own, which takes the journal's place. The pages
    /// of the old one stay, unused, until the next compaction.
    ///
    /// - Parameter error: thrown when there is no such row: then a backup is better than an empty journal.
    private func moveJournal(
        _ reason: String, otherwise error: StoreError, at now: Timestamp
    ) throws(StoreError) -> [JournalDamage] {
        // A connection that has met a damaged page writes nothing more within that transaction. It is kept: a
        // queue that is let go of leaves libdispatch a timer that fires each second.
        let reading = try SQLiteStore(path: path, isReadOnly: true)
        besides.withLock { $0 = reading }
        let end = try sequenceEnd()
        let insertion = Self.insertion(into: Self.whole)
        var damages: [JournalDamage] = []
        try transact { db in
            damages = []
            try Self.makeShape(of: "transitions", as: Self.whole, in: db)
            var cursor: Int64? = 0
            var last: Int64 = 0
            var count = 0
            while let after = cursor {
                let scan = try reading.scan(after: after, limit: Self.movedAtOnce)
                for row in scan.rows { try Self.insert(row, by: insertion, in: db) }
                damages += scan.damages
                count += scan.rows.count
                last = max(last, scan.rows.last?.sequence ?? 0, scan.damages.last?.last ?? 0)
                cursor = scan.last
            }
            guard count > 0 else { throw error }
            try Self.leaveAside(["transitions"], in: db)
            try db.execute(sql: "ALTER TABLE \(Self.whole) RENAME TO transitions")
            // How many rows were behind those that are known can't be seen: as many as the file has room for.
            let pages = try Int64.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            damages.append(
                JournalDamage(
                    first: last + 1, last: max(end, last) + max(pages, 1) * Self.rowsOfFrameMax, kind: .lost,
                    reason: "its newest page can't be read, so nobody knows how many of these there were: "
                        + reason))
            for position in damages.indices { damages[position].found = now }
            try Self.keep(damages, in: db)
        }
        try reading.close()
        return damages
    }

    private static func makeShape(of table: String, as name: String, in db: Database) throws {
        let shape = try String.fetchOne(
            db, sql: "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", arguments: [table])
        guard let shape else { throw StoreFault(reason: "its schema has no table \(table)") }
        try db.execute(sql: shape.replacing(table, with: name, maxReplacements: 1))
    }

    private static let whole = "transitions_whole"
    private static let movedAtOnce = 1000
}

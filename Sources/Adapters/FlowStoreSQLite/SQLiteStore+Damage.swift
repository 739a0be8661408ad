package import FlowStore
import GRDB
import Primitives
import Synchronization
import SQLiteStatements

extension SQLiteStore {
    /// A frame of the log is a page, and a page holds no more rows than this: as many sequences at least are
    /// not used again after a loss.
    static let rowsOfFrameMax: Int64 = 128

    /// What of the journal is gone, by the log's state before and after the database was opened and by the
    /// note beside it.
    static func loss(
        last: Int64, noted: Int64?, before: LogState?, after: LogState?
    ) -> JournalDamage? {
        var reasons: [String] = []
        var until = last
        let frames = before?.lost(to: after) ?? 0
        if frames > 0 {
            reasons.append("the write-ahead log lacks \(frames) frames that were synced")
            until += Int64(frames) * rowsOfFrameMax
        }
        if let noted, noted > last {
            reasons.append("row \(noted) was on disk, and the newest is row \(last)")
            until = max(until, noted)
        }
        guard !reasons.isEmpty else { return nil }
        return JournalDamage(
            first: last + 1, last: until, kind: .lost, reason: reasons.joined(separator: "; "))
    }

    package func damages() throws(StoreError) -> [JournalDamage] {
        try perform { db in
            var found: [JournalDamage] = []
            try db.run(
                "SELECT first, last, kind, execution, reason, found FROM journal_damages ORDER BY first",
                row: { row in
                    var damage = JournalDamage(
                        first: row.integer(0), last: row.integer(1),
                        kind: JournalDamage.Kind(rawValue: row.text(2)) ?? .unreadable,
                        execution: row.isNull(3) ? nil : row.integer(3), reason: row.text(4))
                    damage.found = Timestamp(microseconds: row.integer(5))
                    found.append(damage)
                })
            return found
        }
    }

    package func keep(_ damages: [JournalDamage]) throws(StoreError) {
        guard !damages.isEmpty else { return }
        try transact { try Self.keep(damages, in: $0) }
    }

    static func keep(_ damages: [JournalDamage], in db: Database) throws {
        for damage in damages {
            try db.run(
                "REPLACE INTO journal_damages VALUES (?, ?, ?, ?, ?, ?)",
                { statement in
                    statement.set(1, damage.first)
                    statement.set(2, damage.last)
                    statement.set(3, damage.kind.rawValue)
                    statement.set(4, damage.execution)
                    statement.set(5, damage.reason)
                    statement.set(6, damage.found)
                })
        }
    }

    package func witness(_ sequence: Int64) { note?.write(sequence) }

    package func remakeIndex() throws(StoreError) {
        do throws(StoreError) {
            try transact { try DerivedTables.remake(in: $0, isReadable: true) }
        } catch {
            switch error {
            case .damagedIndex, .unreadable:
                try transact { try DerivedTables.remake(in: $0, isReadable: false) }
            case .unavailable, .broken: throw error
            }
        }
    }

    package func onIndexDamage(_ body: @escaping @Sendable (StoreError) -> Void) {
        indexDamage.withLock { $0 = body }
    }

    /// Marks the index for the next start, in a page that is not the index's own, and tells it once.
    func noteIndexDamage(_ error: StoreError) {
        let told = indexDamage.withLock { body in
            defer { body = nil }
            return body
        }
        guard let told else { return }
        revert()
        do throws(StoreError) {
            try transact { try $0.run("UPDATE index_state SET low_water_mark = -1") }
        } catch {
            // Then the next start finds the damage where this one has found it.
        }
        told(error)
    }
}

// MARK: - Reading over damage

extension SQLiteStore {
    package func scan(after: Int64, limit: Int) throws(StoreError) -> RowScan {
        do throws(StoreError) {
            let rows = try rows(after: after, through: .max, marked: false, limit: limit)
            var scan = RowScan()
            scan.rows = rows
            scan.last = rows.count == limit ? rows.last?.sequence : nil
            return scan
        } catch {
            guard case .unreadable = error else { throw error }
            return try carefulScan(after: after, limit: limit)
        }
    }

    /// Row by row, each looked up by its sequence: a page that can't be read then costs only its own rows.
    private func carefulScan(after: Int64, limit: Int) throws(StoreError) -> RowScan {
        let end = try sequenceEnd()
        var scan = RowScan()
        var next = after + 1
        var step: Int64 = 1
        // What was stepped over before it is looked at row by row.
        var steppedTo: Int64 = 0
        while next <= end {
            do throws(StoreError) {
                let found = try row(next)
                if step > 1 {
                    steppedTo = next
                    next -= step - 1
                    step = 1
                    continue
                }
                if let found { scan.rows.append(found) }
            } catch {
                guard case .unreadable(_, let reason) = error else { throw error }
                scan.note(next, try storedExecution(next), reason)
                // Wide damage, of a page that leads to hundreds of others, is stepped over in larger steps.
                let width = scan.damages.last.map { $0.last - $0.first } ?? 0
                if width > Self.carefulMax, next >= steppedTo { step = 16 }
            }
            if scan.rows.count == limit {
                scan.last = next
                return scan
            }
            next += step
        }
        return scan
    }

    private static let carefulMax: Int64 = 20_000

    /// Whose row it says it is; nil when not even that can be read.
    private func storedExecution(_ sequence: Int64) throws(StoreError) -> Int64? {
        do throws(StoreError) {
            return try perform { db in
                var found: Int64?
                try db.run(
                    "SELECT execution FROM transitions WHERE seq = ?", { $0.set(1, sequence) },
                    row: { found = $0.integer(0) })
                return found
            }
        } catch {
            guard case .unreadable = error else { throw error }
            return nil
        }
    }

    package func sequenceEnd() throws(StoreError) -> Int64 {
        do throws(StoreError) { return try lastSequence() } catch {
            guard case .unreadable = error else { throw error }
        }
        var end = max(try indexedEnd(), note?.read() ?? 0)
        // Rows that neither the index nor the note tells of follow each other.
        while try storedExecution(end + 1) != nil { end += 1 }
        return end
    }

    private func indexedEnd() throws(StoreError) -> Int64 {
        func newest(_ sql: String) throws(StoreError) -> Int64 {
            try perform { db in try Int64.fetchOne(db, sql: sql) ?? 0 }
        }
        let known = max(
            try newest("SELECT max(tally_mark) FROM index_state"),
            try newest("SELECT max(highest) FROM journal_removed"))
        // An index that can't be read is made again from the journal, and not asked about it.
        return max(known, (try? newest("SELECT max(last_seq) FROM execution_index")) ?? 0)
    }
}

extension RowScan {
    /// One damage for rows that lie side by side.
    mutating func note(_ sequence: Int64, _ execution: Int64?, _ reason: String) {
        if var last = damages.last, last.execution == execution, last.reason == reason,
            rows.last?.sequence ?? 0 < last.first
        {
            last.last = sequence
            damages[damages.count - 1] = last
        } else {
            damages.append(
                JournalDamage(
                    first: sequence, last: sequence, kind: .unreadable, execution: execution, reason: reason))
        }
    }
}

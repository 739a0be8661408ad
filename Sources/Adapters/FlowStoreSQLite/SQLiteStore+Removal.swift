package import FlowStore
import GRDB
import Primitives
import SQLiteStatements

extension SQLiteStore {
    package func remove(
        _ entries: [ExecutionEntry], flows: [FlowTally], rowsMax: Int64
    ) throws(StoreError) -> Removal {
        var removal = Removal()
        try transact { db in
            removal = Removal()
            for entry in entries {
                removal.executions += 1
                try Self.forget(entry, in: db)
                try Self.removeRows(
                    of: entry.execution, from: entry.lastSequence, rowsMax: rowsMax, &removal, in: db)
                try db.run(
                    "UPDATE journal_removed SET highest = max(highest, ?)", { $0.set(1, entry.lastSequence) })
            }
            try Self.write(flows, [], from: .min, in: db)
        }
        return removal
    }

    private static func forget(_ entry: ExecutionEntry, in db: Database) throws {
        try db.run("DELETE FROM execution_index WHERE execution = ?", { $0.set(1, entry.execution) })
        for (name, value) in entry.labels {
            try db.run(
                "DELETE FROM execution_labels WHERE value = ? AND name = ? AND execution = ?",
                { statement in
                    statement.set(1, value.labelText)
                    statement.set(2, name)
                    statement.set(3, entry.execution)
                })
        }
    }

    /// Along the chain, newest first. What is left over is noted, to be removed later.
    private static func removeRows(
        of execution: Int64, from last: Int64, rowsMax: Int64, _ removal: inout Removal, in db: Database
    ) throws {
        var next = last
        while next > 0, removal.rows < rowsMax {
            var row: (previous: Int64, bytes: Int64)?
            try db.run(
                "SELECT previous, length(body) FROM transitions WHERE seq = ? AND execution = ?",
                {
                    $0.set(1, next)
                    $0.set(2, execution)
                }, row: { row = ($0.integer(0), $0.integer(1)) })
            // A chain that is broken has no more rows that anybody could find.
            guard let row, row.previous < next else { break }
            try db.run("DELETE FROM transitions WHERE seq = ?", { $0.set(1, next) })
            removal.rows += 1
            removal.bytes += row.bytes
            next = row.previous
            if next == 0 { break }
        }
        if next > 0, removal.rows >= rowsMax {
            try db.run(
                "REPLACE INTO execution_removals VALUES (?, ?)",
                {
                    $0.set(1, execution)
                    $0.set(2, next)
                })
            return
        }
        try db.run(
            "SELECT coalesce(sum(length(state)), 0) FROM segments WHERE execution = ?",
            { $0.set(1, execution) }, row: { removal.bytes += $0.integer(0) })
        try db.run("DELETE FROM segments WHERE execution = ?", { $0.set(1, execution) })
        try db.run("DELETE FROM execution_removals WHERE execution = ?", { $0.set(1, execution) })
    }

    package func continueRemoval(rowsMax: Int64) throws(StoreError) -> Removal {
        var half: (execution: Int64, next: Int64)?
        try perform { db in
            try db.run(
                "SELECT execution, next_row FROM execution_removals LIMIT 1",
                row: { half = ($0.integer(0), $0.integer(1)) })
        }
        guard let half else { return Removal() }
        var removal = Removal()
        try transact { db in
            removal = Removal()
            try Self.removeRows(of: half.execution, from: half.next, rowsMax: rowsMax, &removal, in: db)
        }
        return removal
    }

    package func halfRemoved() throws(StoreError) -> Set<Int64> {
        try perform { db in
            var found: Set<Int64> = []
            try db.run("SELECT execution FROM execution_removals", row: { found.insert($0.integer(0)) })
            return found
        }
    }

    package func removedSequence() throws(StoreError) -> Int64 {
        try perform { db in
            var highest: Int64 = 0
            try db.run("SELECT highest FROM journal_removed", row: { highest = $0.integer(0) })
            return highest
        }
    }

    package func structureFaults() throws(StoreError) -> [String] {
        do {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.label = "verify"
            let other = try DatabaseQueue(path: path, configuration: configuration)
            let reports = try other.read { try String.fetchAll($0, sql: "PRAGMA integrity_check(10000)") }
            try other.close()
            return Self.faults(in: reports)
        } catch {
            let fault = StoreError(error, path: path)
            // A page that is wholly overwritten ends the check itself.
            guard case .unreadable(_, let reason) = fault else { throw fault }
            return [reason]
        }
    }

    /// Pages that an index left behind which was made again are no fault; the next compaction takes them.
    private static func faults(in reports: [String]) -> [String] {
        let lines = reports.flatMap { $0.split(separator: "\n").map(String.init) }
        let faults = lines.filter { $0 != "ok" && !$0.hasPrefix("***") && !$0.hasSuffix("is never used") }
        return Array(faults.prefix(100))
    }
}

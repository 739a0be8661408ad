import FlowModel
package import FlowStore
import GRDB
package import Primitives
import SQLiteStatements

extension SQLiteStore {
    package func search(
        _ search: ExecutionSearch, before: Int64, examinedMax: Int, limit: Int
    ) throws(StoreError) -> SearchSlice {
        var conditions = "execution < ?1"
        // As the small index has it, so that it can be used.
        if search.isOfTroubled { conditions += " AND status IN ('Failed', 'TimedOut', 'Stopped')" }
        let sql = """
            SELECT \(executionColumns) FROM execution_index WHERE \(conditions)
            ORDER BY execution DESC LIMIT ?2
            """
        return try perform { db in
            var slice = SearchSlice()
            var isFull = false
            try db.look(
                sql,
                { statement in
                    statement.set(1, before)
                    statement.set(2, Int64(examinedMax))
                },
                row: { row in
                    slice.examined += 1
                    slice.last = row.integer(0)
                    slice.lastStarted = row.time(7)
                    if search.mayMatch(row) {
                        let entry = try ExecutionEntry(row)
                        if search.matches(entry) { slice.entries.append(entry) }
                    }
                    isFull = slice.entries.count == limit
                    return !isFull
                })
            if !isFull, slice.examined < examinedMax { slice.last = nil }
            return slice
        }
    }

    package func executions(
        labelled name: String, _ value: String, before: Int64, limit: Int
    ) throws(StoreError) -> [Int64] {
        try perform { db in
            var found: [Int64] = []
            try db.run(
                """
                SELECT execution FROM execution_labels WHERE value = ? AND name = ? AND execution < ?
                ORDER BY execution DESC LIMIT ?
                """,
                { statement in
                    statement.set(1, value)
                    statement.set(2, name)
                    statement.set(3, before)
                    statement.set(4, Int64(limit))
                },
                row: { found.append($0.integer(0)) })
            return found
        }
    }

    static func insertLabels(of entry: ExecutionEntry, in db: Database) throws {
        for (name, value) in entry.labels {
            try db.run(
                "INSERT OR IGNORE INTO execution_labels (value, name, execution) VALUES (?, ?, ?)",
                { statement in
                    statement.set(1, value.labelText)
                    statement.set(2, name)
                    statement.set(3, entry.execution)
                })
        }
    }

    /// By halves: executions are numbered in the order of their starts.
    package func execution(startedFrom time: Timestamp) throws(StoreError) -> Int64? {
        try perform { db in
            var (low, high): (Int64, Int64) = (0, 0)
            try db.run("SELECT max(execution) FROM execution_index", row: { high = $0.integer(0) + 1 })
            var found: Int64?
            while low < high {
                let middle = low + (high - low) / 2
                var execution: Int64?
                var isLater = true
                try db.run(
                    """
                    SELECT execution, started FROM execution_index
                    WHERE execution >= ? ORDER BY execution LIMIT 1
                    """,
                    { $0.set(1, middle) },
                    row: { row in
                        execution = row.integer(0)
                        isLater = row.integer(1) >= time.microseconds
                    })
                if let execution, !isLater {
                    low = execution + 1
                } else {
                    found = execution ?? found
                    high = middle
                }
            }
            return found
        }
    }
}

extension ExecutionSearch {
    /// A first look at a row as it lies there: most are passed over without being made into an entry.
    fileprivate func mayMatch(_ row: Columns) -> Bool {
        if !statuses.isEmpty, !statuses.contains(where: { $0.rawValue == row.text(6) }) { return false }
        if let startedFrom, row.integer(7) < startedFrom.microseconds { return false }
        if let startedUntil, row.integer(7) >= startedUntil.microseconds { return false }
        if let flowName, row.text(2) != flowName { return false }
        guard let text else { return true }
        return row.withBytes(3, text.isIn) || row.withBytes(5, text.isInJSON)
            || row.withBytes(13, text.isIn) || row.withBytes(14, text.isIn)
    }
}

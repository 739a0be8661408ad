import FlowModel
package import FlowStore
import GRDB
import Primitives
import SQLiteStatements

let executionColumns = """
    execution, flow, flow_name, name, definition, labels, status, started, stopped, last_seq, last_event, \
    deadline, undelivered, error, cause, origin
    """

extension SQLiteStore {
    package func lowWaterMark() throws(StoreError) -> Int64 { try mark("low_water_mark") }
    package func tallyMark() throws(StoreError) -> Int64 { try mark("tally_mark") }

    private func mark(_ column: String) throws(StoreError) -> Int64 {
        try perform { db in try db.first("SELECT \(column) FROM index_state") { $0.integer(0) } ?? 0 }
    }

    package func write(_ change: IndexChange) throws(StoreError) {
        try transact { db in
            for entry in change.entries {
                try db.run(
                    """
                    REPLACE INTO execution_index (\(executionColumns), open_steps)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    { statement in
                        entry.set(statement)
                        let steps = change.steps[entry.execution]
                        statement.set(17, steps.map { JSONValue.array($0.map(\.json)).text })
                    })
                try Self.insertLabels(of: entry, in: db)
            }
            try Self.write(change.flows, change.minutes, from: change.oldestMinute, in: db)
            try db.run(
                "UPDATE index_state SET low_water_mark = ?, tally_mark = ?",
                {
                    $0.set(1, change.lowWaterMark)
                    $0.set(2, change.tallyMark)
                })
        }
    }

    package func entry(execution: Int64) throws(StoreError) -> ExecutionEntry? {
        try entries("WHERE execution = ?", { $0.set(1, execution) }).first
    }

    package func entry(flow: Int64, name: String) throws(StoreError) -> ExecutionEntry? {
        let found = try entries("WHERE flow = ? AND name = ?") {
            $0.set(1, flow)
            $0.set(2, name)
        }
        return found.first
    }

    package func entries(
        _ filter: ExecutionFilter, before: Int64, limit: Int
    ) throws(StoreError) -> [ExecutionEntry] {
        var conditions = "WHERE flow = ?1 AND execution < ?2 AND name >= ?3"
        // A literal, so that the small index of open executions can be used.
        if let status = filter.status { conditions += " AND status = '\(status.rawValue)'" }
        if filter.startedFrom != nil { conditions += " AND started >= ?5" }
        if filter.startedUntil != nil { conditions += " AND started < ?6" }
        switch filter.qualifier {
        case .latest: conditions += " AND origin ->> '$.version' IS NULL"
        case .version: conditions += " AND origin ->> '$.version' = ?8"
        case .alias: conditions += " AND origin ->> '$.qualifier' = ?8"
        case nil: break
        }
        if !filter.namePrefix.isEmpty { conditions += " AND substr(name, 1, ?7) = ?3" }
        return try entries("\(conditions) ORDER BY execution DESC LIMIT ?4") { statement in
            statement.set(1, filter.flow)
            statement.set(2, before)
            statement.set(3, filter.namePrefix)
            statement.set(4, Int64(limit))
            statement.set(5, filter.startedFrom)
            statement.set(6, filter.startedUntil)
            statement.set(7, Int64(filter.namePrefix.unicodeScalars.count))
            switch filter.qualifier {
            case .version(let number): statement.set(8, number)
            case .alias(let name): statement.set(8, name)
            case .latest, nil: break
            }
        }
    }

    private func entries(_ rest: String, _ set: (Parameters) -> Void) throws(StoreError) -> [ExecutionEntry] {
        try perform { db in
            var entries: [ExecutionEntry] = []
            try db.run("SELECT \(executionColumns) FROM execution_index \(rest)", set) {
                entries.append(try ExecutionEntry($0))
            }
            return entries
        }
    }

    package func forgetIndex() throws(StoreError) {
        try transact { db in
            for table in ["index", "labels", "counts", "minutes"] {
                try db.run("DELETE FROM execution_\(table)")
            }
            try db.run("UPDATE index_state SET low_water_mark = 0, tally_mark = 0")
        }
    }
}

extension ExecutionEntry {
    fileprivate func set(_ statement: Parameters) {
        statement.set(1, execution)
        statement.set(2, flow)
        statement.set(3, flowName)
        statement.set(4, name)
        statement.set(5, definition)
        statement.set(6, JSONValue.object(labels).text)
        statement.set(7, status.rawValue)
        statement.set(8, started)
        statement.set(9, stopped)
        statement.set(10, lastSequence)
        statement.set(11, lastEventID)
        statement.set(12, deadline)
        statement.set(13, hasUndelivered ? 1 : 0)
        statement.set(14, error)
        statement.set(15, cause)
        statement.set(16, JSONValue.object(origin.json).text)
    }

    init(_ row: Columns) throws {
        let execution = row.integer(0)
        guard let status = ExecutionStatus(rawValue: row.text(6)),
            let labels = try? JSONParser.parse(row.text(5)).objectValue,
            let origin = try? JSONParser.parse(row.text(15)).objectValue
        else {
            throw StoreFault(
                reason: "the entry of execution number \(execution) has a status, labels or an origin that "
                    + "no release writes", isOfIndex: true)
        }
        let start = ExecutionStart(
            flow: row.integer(1), flowName: row.text(2), name: row.text(3), definition: row.text(4),
            labels: labels, origin: ExecutionOrigin(json: origin))
        self.init(
            execution: execution, start: start, started: Timestamp(microseconds: row.integer(7)),
            status: status,
            lastSequence: row.integer(9))
        stopped = row.time(8)
        lastEventID = row.integer(10)
        deadline = row.time(11)
        hasUndelivered = row.integer(12) != 0
        error = row.optionalText(13)
        cause = row.optionalText(14)
    }
}

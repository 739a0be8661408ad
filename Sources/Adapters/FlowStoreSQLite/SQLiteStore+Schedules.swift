package import FlowStore
import GRDB
import Primitives
import SQLiteStatements

private let columns = """
    schedule, flow, flow_name, name, id, expression, payload, description, enabled, created, modified, \
    anchor, next, last, last_execution, missed
    """

extension SQLiteStore {
    package func schedule(_ key: Int64) throws(StoreError) -> StoredSchedule? {
        try schedules("WHERE schedule = ?", { $0.set(1, key) }).first
    }

    package func schedule(flow: Int64, name: String) throws(StoreError) -> StoredSchedule? {
        let found = try schedules("WHERE flow = ? AND name = ?") {
            $0.set(1, flow)
            $0.set(2, name)
        }
        return found.first
    }

    package func schedules(flow: Int64, fromName: String, limit: Int) throws(StoreError) -> [StoredSchedule] {
        try schedules("WHERE flow = ? AND name >= ? ORDER BY name LIMIT ?") {
            $0.set(1, flow)
            $0.set(2, fromName)
            $0.set(3, Int64(limit))
        }
    }

    private func schedules(_ rest: String, _ set: (Parameters) -> Void) throws(StoreError) -> [StoredSchedule]
    {
        try perform { db in
            var schedules: [StoredSchedule] = []
            try db.run("SELECT \(columns) FROM schedules \(rest)", set) {
                schedules.append(StoredSchedule($0))
            }
            return schedules
        }
    }

    package func scheduleCount(flow: Int64) throws(StoreError) -> Int {
        try perform { db in
            var count: Int64 = 0
            try db.run(
                "SELECT count(*) FROM schedules WHERE flow = ?", { $0.set(1, flow) },
                row: { count = $0.integer(0) })
            return Int(count)
        }
    }

    package func dueSchedules() throws(StoreError) -> [ScheduleDue] {
        try perform { db in
            var due: [ScheduleDue] = []
            try db.run(
                "SELECT schedule, next FROM schedules WHERE next IS NOT NULL ORDER BY next, schedule",
                row: { row in
                    if let time = row.time(1) { due.append(ScheduleDue(key: row.integer(0), time: time)) }
                })
            return due
        }
    }

    package func addSchedule(_ schedule: StoredSchedule) throws(StoreError) -> Int64 {
        var key: Int64 = 0
        try change { db in
            try db.run(
                """
                INSERT INTO schedules (\(columns))
                VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                { schedule.set($0) })
            key = db.lastInsertedRowID
        }
        return key
    }

    package func replaceSchedule(_ schedule: StoredSchedule) throws(StoreError) {
        try change { db in
            try db.run(
                """
                UPDATE schedules SET flow = ?, flow_name = ?, name = ?, id = ?, expression = ?, payload = ?,
                    description = ?, enabled = ?, created = ?, modified = ?, anchor = ?, next = ?, last = ?,
                    last_execution = ?, missed = ?
                WHERE schedule = ?
                """,
                {
                    schedule.set($0)
                    $0.set(16, schedule.key)
                })
        }
    }

    package func removeSchedule(_ key: Int64) throws(StoreError) {
        try change { db in
            try db.run("DELETE FROM schedules WHERE schedule = ?", { $0.set(1, key) })
        }
    }

    package func removeSchedules(flow: Int64) throws(StoreError) -> [Int64] {
        var keys: [Int64] = []
        try change { db in
            try db.run(
                "SELECT schedule FROM schedules WHERE flow = ? ORDER BY schedule", { $0.set(1, flow) },
                row: { keys.append($0.integer(0)) })
            try db.run("DELETE FROM schedules WHERE flow = ?", { $0.set(1, flow) })
        }
        return keys
    }
}

extension StoredSchedule {
    /// Parameters 1 to 15: every column but the key.
    fileprivate func set(_ statement: Parameters) {
        statement.set(1, flow)
        statement.set(2, flowName)
        statement.set(3, name)
        statement.set(4, id)
        statement.set(5, expression)
        statement.set(6, payload)
        statement.set(7, description)
        statement.set(8, isEnabled ? 1 : 0)
        statement.set(9, created)
        statement.set(10, modified)
        statement.set(11, anchor)
        statement.set(12, next)
        statement.set(13, last)
        statement.set(14, lastExecution)
        statement.set(15, missed)
    }

    fileprivate init(_ row: Columns) {
        self.init()
        key = row.integer(0)
        flow = row.integer(1)
        flowName = row.text(2)
        name = row.text(3)
        id = row.text(4)
        expression = row.text(5)
        payload = row.text(6)
        description = row.text(7)
        isEnabled = row.integer(8) != 0
        created = row.time(9) ?? created
        modified = row.time(10) ?? modified
        anchor = row.time(11) ?? anchor
        next = row.time(12)
        last = row.time(13)
        lastExecution = row.text(14)
        missed = row.integer(15)
    }
}

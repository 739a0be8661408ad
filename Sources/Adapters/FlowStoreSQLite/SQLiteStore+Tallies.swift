package import FlowStore
import GRDB
import Primitives
import SQLiteStatements

private let counts = "running, succeeded, failed, timed_out, stopped"

extension SQLiteStore {
    static func write(
        _ flows: [FlowTally], _ minutes: [MinuteTally], from oldestMinute: Int64, in db: Database
    ) throws {
        for flow in flows {
            try db.run(
                "REPLACE INTO execution_counts (flow_name, \(counts)) VALUES (?, ?, ?, ?, ?, ?)",
                { statement in
                    statement.set(1, flow.flowName)
                    flow.counts.set(statement)
                })
        }
        for minute in minutes {
            try db.run(
                "REPLACE INTO execution_minutes (minute, \(counts)) VALUES (?, ?, ?, ?, ?, ?)",
                { statement in
                    statement.set(1, minute.minute)
                    minute.counts.set(statement)
                })
        }
        if !minutes.isEmpty {
            try db.run("DELETE FROM execution_minutes WHERE minute < ?", { $0.set(1, oldestMinute) })
        }
    }

    package func flowTallies() throws(StoreError) -> [FlowTally] {
        try perform { db in
            var flows: [FlowTally] = []
            try db.run(
                "SELECT flow_name, \(counts) FROM execution_counts",
                row: { row in
                    flows.append(FlowTally(flowName: row.text(0), counts: StatusCounts(row)))
                })
            return flows
        }
    }

    package func minuteTallies() throws(StoreError) -> [MinuteTally] {
        try perform { db in
            var minutes: [MinuteTally] = []
            try db.run(
                "SELECT minute, \(counts) FROM execution_minutes",
                row: { row in
                    minutes.append(MinuteTally(minute: row.integer(0), counts: StatusCounts(row)))
                })
            return minutes
        }
    }

}

extension StatusCounts {
    fileprivate func set(_ statement: Parameters) {
        for (index, count) in [running, succeeded, failed, timedOut, stopped].enumerated() {
            statement.set(Int32(index + 2), count)
        }
    }

    fileprivate init(_ row: Columns) {
        self.init()
        running = row.integer(1)
        succeeded = row.integer(2)
        failed = row.integer(3)
        timedOut = row.integer(4)
        stopped = row.integer(5)
    }
}

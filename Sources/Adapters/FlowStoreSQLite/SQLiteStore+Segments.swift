package import FlowStore
import GRDB
import SQLiteStatements

extension SQLiteStore {
    package func segment(of execution: Int64, before event: Int64) throws(StoreError) -> Segment? {
        try perform { db in
            var found: Segment?
            try db.run(
                """
                SELECT last_event, seq, state FROM segments WHERE execution = ? AND last_event < ?
                ORDER BY last_event DESC LIMIT 1
                """,
                {
                    $0.set(1, execution)
                    $0.set(2, event)
                },
                row: {
                    found = Segment(
                        lastEventID: $0.integer(0), sequence: $0.integer(1), state: $0.bytes(2))
                })
            return found
        }
    }

    package func segmentEnd(of execution: Int64, from event: Int64) throws(StoreError) -> Int64? {
        try perform { db in
            var found: Int64?
            try db.run(
                """
                SELECT seq FROM segments WHERE execution = ? AND last_event >= ?
                ORDER BY last_event LIMIT 1
                """,
                {
                    $0.set(1, execution)
                    $0.set(2, event)
                }, row: { found = $0.integer(0) })
            return found
        }
    }

    static func insert(_ segment: Segment, of execution: Int64, in db: Database) throws {
        try db.run(
            "INSERT INTO segments (execution, last_event, seq, state) VALUES (?, ?, ?, ?)",
            { statement in
                statement.set(1, execution)
                statement.set(2, segment.lastEventID)
                statement.set(3, segment.sequence)
                statement.set(4, segment.state)
            })
    }
}

import FlowStore
import GRDB
import LoopSupport
import Testing

@testable import FlowStoreSQLite

/// Which way SQLite takes through the tables of the queues.
@Suite struct QueuePlanTests {
    private func plan(_ sql: String) throws -> String {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.databasePath)
        return try store.perform { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql)").map { $0["detail"] as String }
        }.joined(separator: "\n")
    }

    @Test func `a receive walks along the ready messages only, and sorts nothing`() throws {
        let plan = try plan(
            "SELECT * FROM queue_messages WHERE queue = 1 AND state = 0 ORDER BY priority, message LIMIT 16")
        #expect(plan.contains("queue_messages_ready") && !plan.contains("TEMP B-TREE"), "\(plan)")
    }

    @Test func `the next time is read from the end of an index`() throws {
        let plan = try plan("SELECT min(visible) FROM queue_messages WHERE queue = 1 AND state <> 0")
        #expect(plan.contains("COVERING INDEX queue_messages_waiting"), "\(plan)")
    }

    @Test func `due messages are counted without their table`() throws {
        let plan = try plan(
            """
            SELECT sum(state = 1), sum(state = 2) FROM queue_messages
            WHERE queue = 1 AND visible <= 5 AND state <> 0
            """)
        #expect(plan.contains("COVERING INDEX queue_messages_waiting"), "\(plan)")
    }

    @Test func `the oldest are found by age`() throws {
        let plan = try plan("SELECT * FROM queue_messages WHERE queue = 1 ORDER BY message LIMIT 1")
        #expect(plan.contains("queue_messages_by_age") && !plan.contains("TEMP B-TREE"), "\(plan)")
    }
}

import FlowStore
import GRDB
import LoopSupport
import Testing

@testable import FlowStoreSQLite

/// Which way SQLite takes through the tables of the topics.
@Suite struct TopicPlanTests {
    private func plan(_ sql: String) throws -> String {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.databasePath)
        return try store.perform { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql)").map { $0["detail"] as String }
        }.joined(separator: "\n")
    }

    @Test func `due pushes are walked along their index, and nothing is sorted`() throws {
        let plan = try plan(
            "SELECT * FROM topic_pushes WHERE subscription = 1 AND next <= 5 ORDER BY next, push LIMIT 8")
        #expect(plan.contains("topic_pushes_due") && !plan.contains("TEMP B-TREE"), "\(plan)")
    }

    @Test func `the next time is read from the index`() throws {
        let plan = try plan("SELECT min(next) FROM topic_pushes WHERE subscription = 1 AND next > 5")
        #expect(plan.contains("COVERING INDEX topic_pushes_due"), "\(plan)")
    }

    @Test func `who has pushes is counted without their table`() throws {
        let plan = try plan(
            "SELECT subscription, count(*), min(next) FROM topic_pushes GROUP BY subscription")
        #expect(plan.contains("COVERING INDEX topic_pushes_due") && !plan.contains("TEMP"), "\(plan)")
    }

    @Test func `the subscriptions of a topic are found by their index`() throws {
        let plan = try plan(
            "SELECT * FROM topic_subscriptions WHERE topic = 1 AND name >= 'a' AND is_deleted = 0 ORDER BY name"
        )
        #expect(plan.contains("topic_subscriptions_by_name") && !plan.contains("TEMP B-TREE"), "\(plan)")
    }
}

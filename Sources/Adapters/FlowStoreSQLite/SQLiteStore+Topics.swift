package import FlowStore
import GRDB
import Primitives
import SQLiteStatements

private let columns =
    "topic, name, message_bytes_max, retention, is_logged, created, modified, messages"

extension SQLiteStore {
    package func topic(named name: String) throws(StoreError) -> StoredTopic? {
        try topics("WHERE name = ?", { $0.set(1, name) }).first
    }

    package func topics(fromName: String, prefix: String, limit: Int) throws(StoreError) -> [StoredTopic] {
        let rest =
            "WHERE name >= ?1 AND name >= ?2 AND substr(name, 1, ?3) = ?2 ORDER BY name LIMIT ?4"
        return try topics(rest) {
            $0.set(1, fromName)
            $0.set(2, prefix)
            $0.set(3, Int64(prefix.unicodeScalars.count))
            $0.set(4, Int64(limit))
        }
    }

    private func topics(_ rest: String, _ set: (Parameters) -> Void) throws(StoreError) -> [StoredTopic] {
        try perform { db in
            var topics: [StoredTopic] = []
            try db.run("SELECT \(columns) FROM topics \(rest)", set, row: { topics.append(StoredTopic($0)) })
            return topics
        }
    }

    package func topicCount() throws(StoreError) -> Int {
        try perform { db in
            var count: Int64 = 0
            try db.run("SELECT count(*) FROM topics", row: { count = $0.integer(0) })
            return Int(count)
        }
    }

    package func addTopic(_ topic: StoredTopic) throws(StoreError) -> Int64 {
        var key: Int64 = 0
        try change { db in
            try db.run(
                """
                INSERT INTO topics (name, message_bytes_max, retention, is_logged, created, modified)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
                { topic.set($0) })
            key = db.lastInsertedRowID
        }
        return key
    }

    package func replaceTopic(_ topic: StoredTopic) throws(StoreError) {
        try change { db in
            try db.run(
                """
                UPDATE topics SET name = ?, message_bytes_max = ?, retention = ?, is_logged = ?, created = ?,
                    modified = ?
                WHERE topic = ?
                """,
                {
                    topic.set($0)
                    $0.set(7, topic.key)
                })
        }
    }

    package func deleteTopic(_ key: Int64) throws(StoreError) {
        try change { db in
            try db.run("DELETE FROM topics WHERE topic = ?", { $0.set(1, key) })
            try db.run(
                "UPDATE topic_subscriptions SET is_deleted = 1 WHERE topic = ? AND is_deleted = 0",
                { $0.set(1, key) })
        }
    }
}

extension StoredTopic {
    /// Parameters 1 to 6: every attribute.
    fileprivate func set(_ statement: Parameters) {
        statement.set(1, name)
        statement.set(2, messageBytesMax)
        statement.set(3, retention)
        statement.set(4, isLogged ? 1 : Int64(0))
        statement.set(5, created)
        statement.set(6, modified)
    }

    fileprivate init(_ row: Columns) {
        self.init()
        key = row.integer(0)
        name = row.text(1)
        messageBytesMax = row.integer(2)
        retention = row.integer(3)
        isLogged = row.integer(4) != 0
        created = Timestamp(microseconds: row.integer(5))
        modified = Timestamp(microseconds: row.integer(6))
        messages = row.integer(7)
    }
}

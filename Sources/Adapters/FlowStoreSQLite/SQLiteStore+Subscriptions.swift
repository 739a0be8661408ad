package import FlowStore
import GRDB
import Primitives
import SQLiteStatements

private let columns = """
    subscription, topic, topic_name, name, endpoint, strategy, format, filter_tag, created, modified, \
    dropped, last_failure, last_failure_time, pending
    """

extension SQLiteStore {
    package func subscription(_ key: Int64) throws(StoreError) -> StoredSubscription? {
        try subscriptions("WHERE subscription = ? AND is_deleted = 0", { $0.set(1, key) }).first
    }

    package func subscription(
        of topic: Int64, named name: String
    ) throws(StoreError) -> StoredSubscription? {
        let found = try subscriptions("WHERE topic = ? AND name = ? AND is_deleted = 0") {
            $0.set(1, topic)
            $0.set(2, name)
        }
        return found.first
    }

    package func subscriptions(
        of topic: Int64, fromName: String, prefix: String, limit: Int
    ) throws(StoreError) -> [StoredSubscription] {
        let rest =
            "WHERE topic = ?5 AND name >= ?1 AND name >= ?2 AND substr(name, 1, ?3) = ?2 AND is_deleted = 0 "
            + "ORDER BY name LIMIT ?4"
        return try subscriptions(rest) {
            $0.set(1, fromName)
            $0.set(2, prefix)
            $0.set(3, Int64(prefix.unicodeScalars.count))
            $0.set(4, Int64(limit))
            $0.set(5, topic)
        }
    }

    private func subscriptions(
        _ rest: String, _ set: (Parameters) -> Void
    ) throws(StoreError) -> [StoredSubscription] {
        try perform { db in
            var found: [StoredSubscription] = []
            try db.run("SELECT \(columns) FROM topic_subscriptions \(rest)", set) {
                found.append(try StoredSubscription($0))
            }
            return found
        }
    }

    package func subscriptionCount(of topic: Int64) throws(StoreError) -> Int {
        try perform { db in
            var count: Int64 = 0
            try db.run(
                "SELECT count(*) FROM topic_subscriptions WHERE topic = ? AND is_deleted = 0",
                { $0.set(1, topic) }, row: { count = $0.integer(0) })
            return Int(count)
        }
    }

    package func addSubscription(_ subscription: StoredSubscription) throws(StoreError) -> Int64 {
        var key: Int64 = 0
        try change { db in
            try db.run(
                """
                INSERT INTO topic_subscriptions (topic, topic_name, name, endpoint, strategy, format,
                    filter_tag, created, modified, dropped, last_failure, last_failure_time)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                { subscription.set($0) })
            key = db.lastInsertedRowID
        }
        return key
    }

    package func replaceSubscription(_ subscription: StoredSubscription) throws(StoreError) {
        try change { db in
            try db.run(
                """
                UPDATE topic_subscriptions SET topic = ?, topic_name = ?, name = ?, endpoint = ?,
                    strategy = ?, format = ?, filter_tag = ?, created = ?, modified = ?, dropped = ?,
                    last_failure = ?, last_failure_time = ?
                WHERE subscription = ?
                """,
                {
                    subscription.set($0)
                    $0.set(13, subscription.key)
                })
        }
    }

    package func deleteSubscription(_ key: Int64) throws(StoreError) {
        try change { db in
            try db.run(
                "UPDATE topic_subscriptions SET is_deleted = 1 WHERE subscription = ?", { $0.set(1, key) })
        }
    }

    package func unpurgedSubscriptions() throws(StoreError) -> [Int64] {
        try perform { db in
            var keys: [Int64] = []
            try db.run(
                "SELECT subscription FROM topic_subscriptions WHERE is_deleted = 1 ORDER BY subscription",
                row: { keys.append($0.integer(0)) })
            return keys
        }
    }

    package func purgeSubscription(_ key: Int64, limit: Int) throws(StoreError) -> Int {
        var removed = 0
        try change { db in
            try db.run(
                """
                DELETE FROM topic_pushes WHERE push IN
                    (SELECT push FROM topic_pushes WHERE subscription = ? ORDER BY next, push LIMIT ?)
                """,
                {
                    $0.set(1, key)
                    $0.set(2, Int64(limit))
                })
            removed = db.changesCount
            if removed < limit {
                try db.run(
                    "DELETE FROM topic_subscriptions WHERE subscription = ? AND is_deleted = 1",
                    { $0.set(1, key) })
            }
        }
        return removed
    }
}

extension StoredSubscription {
    /// Parameters 1 to 12: every column but the key and what the store counts.
    fileprivate func set(_ statement: Parameters) {
        statement.set(1, topic)
        statement.set(2, topicName)
        statement.set(3, name)
        statement.set(4, endpoint)
        statement.set(5, strategy.rawValue)
        statement.set(6, format.rawValue)
        statement.set(7, filterTag)
        statement.set(8, created)
        statement.set(9, modified)
        statement.set(10, dropped)
        statement.set(11, lastFailure)
        statement.set(12, lastFailureTime)
    }

    fileprivate init(_ row: Columns) throws {
        self.init()
        key = row.integer(0)
        topic = row.integer(1)
        topicName = row.text(2)
        name = row.text(3)
        endpoint = row.text(4)
        guard let strategy = NotifyStrategy(rawValue: row.text(5)),
            let format = NotifyContentFormat(rawValue: row.text(6))
        else {
            throw StoreError.unreadable(
                place: "subscription \(name) of topic \(topicName)",
                reason: "its strategy \(row.text(5)) or its format \(row.text(6)) is unknown to this release")
        }
        self.strategy = strategy
        self.format = format
        filterTag = row.optionalText(7)
        created = Timestamp(microseconds: row.integer(8))
        modified = Timestamp(microseconds: row.integer(9))
        dropped = row.integer(10)
        lastFailure = row.optionalText(11)
        lastFailureTime = row.time(12)
        pending = row.integer(13)
    }
}

package import FlowStore
import GRDB
package import Primitives
import SQLiteStatements

extension SQLiteStore {
    package func addPublished(_ message: PublishedMessage) throws(StoreError) -> Int64 {
        var key: Int64 = 0
        try change { db in
            try db.run(
                """
                INSERT INTO topic_messages (topic, id, tag, published, expires, body)
                VALUES (?, ?, ?, ?, ?, ?)
                """
            ) {
                $0.set(1, message.topic)
                $0.set(2, message.id)
                $0.set(3, message.tag)
                $0.set(4, message.published)
                $0.set(5, message.expires)
                $0.set(6, message.body)
            }
            key = db.lastInsertedRowID
        }
        return key
    }

    package func published(_ key: Int64) throws(StoreError) -> PublishedMessage? {
        try perform { db in
            var message: PublishedMessage?
            try db.run(
                """
                SELECT message, topic, id, tag, published, expires, body FROM topic_messages
                WHERE message = ?
                """,
                { $0.set(1, key) }, row: { message = PublishedMessage($0) })
            return message
        }
    }

    package func addPush(_ push: StoredPush) throws(StoreError) -> Int64 {
        var key: Int64 = 0
        try change { db in
            try db.run(
                "INSERT INTO topic_pushes (message, subscription, failures, next) VALUES (?, ?, ?, ?)",
                { push.set($0) })
            key = db.lastInsertedRowID
        }
        return key
    }

    package func push(_ key: Int64) throws(StoreError) -> StoredPush? {
        try pushes("WHERE push = ?", { $0.set(1, key) }).first
    }

    package func replacePush(_ push: StoredPush) throws(StoreError) {
        try change { db in
            try db.run(
                """
                UPDATE topic_pushes SET message = ?, subscription = ?, failures = ?, next = ?
                WHERE push = ?
                """,
                {
                    push.set($0)
                    $0.set(5, push.key)
                })
        }
    }

    package func removePush(_ key: Int64) throws(StoreError) {
        try change { db in try db.run("DELETE FROM topic_pushes WHERE push = ?", { $0.set(1, key) }) }
    }

    package func duePushes(
        of subscription: Int64, until now: Timestamp, limit: Int
    ) throws(StoreError) -> [StoredPush] {
        try pushes("WHERE subscription = ? AND next <= ? ORDER BY next, push LIMIT ?") {
            $0.set(1, subscription)
            $0.set(2, now)
            $0.set(3, Int64(limit))
        }
    }

    private func pushes(_ rest: String, _ set: (Parameters) -> Void) throws(StoreError) -> [StoredPush] {
        try perform { db in
            var found: [StoredPush] = []
            try db.run(
                "SELECT push, message, subscription, failures, next FROM topic_pushes \(rest)", set,
                row: { found.append(StoredPush($0)) })
            return found
        }
    }

    package func nextPush(of subscription: Int64, after now: Timestamp) throws(StoreError) -> Timestamp? {
        try perform { db in
            var time: Timestamp?
            try db.run(
                "SELECT min(next) FROM topic_pushes WHERE subscription = ? AND next > ?",
                {
                    $0.set(1, subscription)
                    $0.set(2, now)
                }, row: { time = $0.time(0) })
            return time
        }
    }

    package func pushBacklogs() throws(StoreError) -> [PushBacklog] {
        try perform { db in
            var backlogs: [PushBacklog] = []
            try db.run(
                "SELECT subscription, count(*), min(next) FROM topic_pushes GROUP BY subscription",
                row: {
                    backlogs.append(
                        PushBacklog(
                            subscription: $0.integer(0), count: $0.integer(1),
                            next: Timestamp(microseconds: $0.integer(2))))
                })
            return backlogs
        }
    }
}

extension PublishedMessage {
    fileprivate init(_ row: Columns) {
        self.init()
        key = row.integer(0)
        topic = row.integer(1)
        id = row.text(2)
        tag = row.optionalText(3)
        published = Timestamp(microseconds: row.integer(4))
        expires = Timestamp(microseconds: row.integer(5))
        body = row.text(6)
    }
}

extension StoredPush {
    /// Parameters 1 to 4: every column but the key.
    fileprivate func set(_ statement: Parameters) {
        statement.set(1, message)
        statement.set(2, subscription)
        statement.set(3, failures)
        statement.set(4, next)
    }

    fileprivate init(_ row: Columns) {
        self.init()
        key = row.integer(0)
        message = row.integer(1)
        subscription = row.integer(2)
        failures = row.integer(3)
        next = Timestamp(microseconds: row.integer(4))
    }
}

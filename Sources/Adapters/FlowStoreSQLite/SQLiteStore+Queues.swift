package import FlowStore
import GRDB
import Primitives
import SQLiteStatements

private let columns = """
    queue, name, delay, visibility_timeout, message_bytes_max, retention, polling_wait, dead_letter_queue, \
    receives_max, created, modified, ready, delayed, received, is_logged
    """

extension SQLiteStore {
    package func queue(named name: String) throws(StoreError) -> StoredQueue? {
        try queues("WHERE name = ? AND is_deleted = 0", { $0.set(1, name) }).first
    }

    package func queues(fromName: String, prefix: String, limit: Int) throws(StoreError) -> [StoredQueue] {
        let rest =
            "WHERE name >= ?1 AND name >= ?2 AND substr(name, 1, ?3) = ?2 AND is_deleted = 0 "
            + "ORDER BY name LIMIT ?4"
        return try queues(rest) {
            $0.set(1, fromName)
            $0.set(2, prefix)
            $0.set(3, Int64(prefix.unicodeScalars.count))
            $0.set(4, Int64(limit))
        }
    }

    package func deepestQueues(limit: Int) throws(StoreError) -> [StoredQueue] {
        let rest =
            "WHERE is_deleted = 0 AND ready + delayed + received > 0 "
            + "ORDER BY ready + delayed + received DESC, name LIMIT ?"
        return try queues(rest) { $0.set(1, Int64(limit)) }
    }

    private func queues(_ rest: String, _ set: (Parameters) -> Void) throws(StoreError) -> [StoredQueue] {
        try perform { db in
            var queues: [StoredQueue] = []
            try db.run("SELECT \(columns) FROM queues \(rest)", set, row: { queues.append(StoredQueue($0)) })
            return queues
        }
    }

    package func queueCount() throws(StoreError) -> Int {
        try perform { db in
            var count: Int64 = 0
            try db.run("SELECT count(*) FROM queues WHERE is_deleted = 0", row: { count = $0.integer(0) })
            return Int(count)
        }
    }

    package func addQueue(_ queue: StoredQueue) throws(StoreError) -> Int64 {
        var key: Int64 = 0
        try change { db in
            try db.run(
                """
                INSERT INTO queues (name, delay, visibility_timeout, message_bytes_max, retention,
                    polling_wait, dead_letter_queue, receives_max, created, modified, is_logged)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                { queue.set($0) })
            key = db.lastInsertedRowID
        }
        return key
    }

    package func replaceQueue(_ queue: StoredQueue) throws(StoreError) {
        try change { db in
            try db.run(
                """
                UPDATE queues SET name = ?, delay = ?, visibility_timeout = ?, message_bytes_max = ?,
                    retention = ?, polling_wait = ?, dead_letter_queue = ?, receives_max = ?, created = ?,
                    modified = ?, is_logged = ?
                WHERE queue = ?
                """,
                {
                    queue.set($0)
                    $0.set(12, queue.key)
                })
        }
    }

    package func deleteQueue(_ key: Int64) throws(StoreError) {
        try change { db in
            try db.run("UPDATE queues SET is_deleted = 1 WHERE queue = ?", { $0.set(1, key) })
        }
    }

    package func unpurgedQueues() throws(StoreError) -> [Int64] {
        try perform { db in
            var keys: [Int64] = []
            try db.run(
                "SELECT queue FROM queues WHERE is_deleted = 1 ORDER BY queue",
                row: { keys.append($0.integer(0)) })
            return keys
        }
    }

    package func purgeQueue(_ key: Int64, limit: Int) throws(StoreError) -> Bool {
        var removed = 0
        try change { db in
            try db.run(
                """
                DELETE FROM queue_messages WHERE message IN
                    (SELECT message FROM queue_messages WHERE queue = ? ORDER BY message LIMIT ?)
                """,
                {
                    $0.set(1, key)
                    $0.set(2, Int64(limit))
                })
            removed = db.changesCount
            if removed < limit {
                try db.run("DELETE FROM queues WHERE queue = ? AND is_deleted = 1", { $0.set(1, key) })
            }
        }
        return removed == limit
    }
}

extension StoredQueue {
    /// Parameters 1 to 11: every attribute.
    fileprivate func set(_ statement: Parameters) {
        statement.set(1, name)
        statement.set(2, delay)
        statement.set(3, visibilityTimeout)
        statement.set(4, messageBytesMax)
        statement.set(5, retention)
        statement.set(6, pollingWait)
        statement.set(7, deadLetterQueue)
        statement.set(8, receivesMax)
        statement.set(9, created)
        statement.set(10, modified)
        statement.set(11, isLogged ? 1 : 0)
    }

    fileprivate init(_ row: Columns) {
        self.init()
        key = row.integer(0)
        name = row.text(1)
        delay = row.integer(2)
        visibilityTimeout = row.integer(3)
        messageBytesMax = row.integer(4)
        retention = row.integer(5)
        pollingWait = row.integer(6)
        deadLetterQueue = row.optionalText(7)
        receivesMax = row.integer(8)
        created = row.time(9) ?? created
        modified = row.time(10) ?? modified
        counts = MessageCounts(
            ready: row.integer(11), delayed: row.integer(12), received: row.integer(13))
        isLogged = row.integer(14) != 0
    }
}

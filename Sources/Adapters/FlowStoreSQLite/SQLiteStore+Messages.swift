package import FlowStore
import GRDB
package import Primitives
import SQLiteStatements

private let columns =
    "message, queue, id, priority, state, enqueued, visible, first_received, receives, receipt"

extension SQLiteStore {
    package func addMessage(_ message: StoredMessage, body: String) throws(StoreError) -> Int64 {
        var key: Int64 = 0
        try change { db in
            try db.run(
                """
                INSERT INTO queue_messages
                    (queue, id, priority, state, enqueued, visible, first_received, receives, receipt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                { message.set($0) })
            key = db.lastInsertedRowID
            try db.run("INSERT INTO queue_bodies (message, body) VALUES (?, ?)") {
                $0.set(1, key)
                $0.set(2, body)
            }
        }
        return key
    }

    package func message(_ key: Int64) throws(StoreError) -> StoredMessage? {
        try messages("WHERE message = ?", { $0.set(1, key) }).first
    }

    private func messages(_ rest: String, _ set: (Parameters) -> Void) throws(StoreError) -> [StoredMessage] {
        try perform { db in
            var messages: [StoredMessage] = []
            try db.run("SELECT \(columns) FROM queue_messages \(rest)", set) {
                messages.append(try StoredMessage($0))
            }
            return messages
        }
    }

    package func messageBody(_ key: Int64) throws(StoreError) -> String? {
        try perform { db in
            var body: String?
            try db.run(
                "SELECT body FROM queue_bodies WHERE message = ?", { $0.set(1, key) },
                row: { body = $0.text(0) })
            return body
        }
    }

    package func replaceMessage(_ message: StoredMessage) throws(StoreError) {
        try change { db in
            try db.run(
                """
                UPDATE queue_messages SET queue = ?, id = ?, priority = ?, state = ?, enqueued = ?,
                    visible = ?, first_received = ?, receives = ?, receipt = ?
                WHERE message = ?
                """,
                {
                    message.set($0)
                    $0.set(10, message.key)
                })
        }
    }

    package func removeMessage(_ key: Int64) throws(StoreError) {
        try change { db in
            try db.run("DELETE FROM queue_messages WHERE message = ?", { $0.set(1, key) })
        }
    }

    package func readyMessages(of queue: Int64, limit: Int) throws(StoreError) -> [StoredMessage] {
        try messages("WHERE queue = ? AND state = 0 ORDER BY priority, message LIMIT ?") {
            $0.set(1, queue)
            $0.set(2, Int64(limit))
        }
    }

    package func oldestMessages(of queue: Int64, limit: Int) throws(StoreError) -> [StoredMessage] {
        try messages("WHERE queue = ? ORDER BY message LIMIT ?") {
            $0.set(1, queue)
            $0.set(2, Int64(limit))
        }
    }

    package func wakeMessages(
        of queue: Int64, until now: Timestamp, limit: Int
    ) throws(StoreError) -> Int {
        // Mostly there is none, and then nothing should be written.
        guard let next = try nextWake(of: queue), next <= now else { return 0 }
        var count = 0
        try change { db in
            try db.run(
                """
                UPDATE queue_messages SET state = 0 WHERE message IN
                    (SELECT message FROM queue_messages WHERE queue = ? AND visible <= ? AND state <> 0
                    ORDER BY visible, message LIMIT ?)
                """,
                {
                    $0.set(1, queue)
                    $0.set(2, now)
                    $0.set(3, Int64(limit))
                })
            count = db.changesCount
        }
        return count
    }

    package func dueMessages(of queue: Int64, until now: Timestamp) throws(StoreError) -> MessageCounts {
        try perform { db in
            var counts = MessageCounts()
            try db.run(
                """
                SELECT sum(state = 1), sum(state = 2) FROM queue_messages
                WHERE queue = ? AND visible <= ? AND state <> 0
                """,
                {
                    $0.set(1, queue)
                    $0.set(2, now)
                },
                row: { counts = MessageCounts(delayed: $0.integer(0), received: $0.integer(1)) })
            return counts
        }
    }

    package func nextWake(of queue: Int64) throws(StoreError) -> Timestamp? {
        try perform { db in
            var time: Timestamp?
            try db.run(
                "SELECT min(visible) FROM queue_messages WHERE queue = ? AND state <> 0",
                { $0.set(1, queue) }, row: { time = $0.time(0) })
            return time
        }
    }
}

extension SQLiteStore {
    package func keyedAnswer(queue: Int64, key: String) throws(StoreError) -> KeyedAnswer? {
        try perform { db in
            var found: KeyedAnswer?
            try db.run(
                "SELECT digest, text, time FROM queue_answers WHERE queue = ? AND key = ?",
                {
                    $0.set(1, queue)
                    $0.set(2, key)
                },
                row: {
                    found = KeyedAnswer(
                        queue: queue, key: key, digest: $0.text(0), answer: $0.text(1),
                        time: Timestamp(microseconds: $0.integer(2)))
                })
            return found
        }
    }

    package func addKeyedAnswer(_ answer: KeyedAnswer) throws(StoreError) {
        try change { db in
            try db.run(
                "REPLACE INTO queue_answers (queue, key, digest, text, time) VALUES (?, ?, ?, ?, ?)"
            ) {
                $0.set(1, answer.queue)
                $0.set(2, answer.key)
                $0.set(3, answer.digest)
                $0.set(4, answer.answer)
                $0.set(5, answer.time)
            }
        }
    }

    package func pruneKeyedAnswers(before time: Timestamp, limit: Int) throws(StoreError) {
        try change { db in
            try db.run(
                """
                DELETE FROM queue_answers WHERE time < ? AND answer IN
                    (SELECT answer FROM queue_answers ORDER BY answer LIMIT ?)
                """,
                {
                    $0.set(1, time)
                    $0.set(2, Int64(limit))
                })
        }
    }
}

extension StoredMessage {
    /// Parameters 1 to 9: every column but the key.
    fileprivate func set(_ statement: Parameters) {
        statement.set(1, queue)
        statement.set(2, id)
        statement.set(3, priority)
        statement.set(4, state.rawValue)
        statement.set(5, enqueued)
        statement.set(6, visible)
        statement.set(7, firstReceived)
        statement.set(8, receives)
        statement.set(9, receipt)
    }

    fileprivate init(_ row: Columns) throws {
        self.init()
        key = row.integer(0)
        queue = row.integer(1)
        id = row.text(2)
        priority = row.integer(3)
        guard let state = MessageState(rawValue: row.integer(4)) else {
            throw StoreError.unreadable(
                place: "message \(key) of the queues",
                reason: "its state \(row.integer(4)) is unknown to this release")
        }
        self.state = state
        enqueued = Timestamp(microseconds: row.integer(5))
        visible = Timestamp(microseconds: row.integer(6))
        firstReceived = row.time(7)
        receives = row.integer(8)
        receipt = row.integer(9)
    }
}

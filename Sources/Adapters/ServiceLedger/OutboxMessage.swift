package import GRDB
package import Primitives
package import RPCProtocol

/// A call that a committed change promised to somebody: made until it is answered.
package struct OutboxMessage: Sendable, Hashable {
    package let id: Int64
    /// The name of the peer, as the outbox's callers are keyed.
    package let target: String
    package let method: String
    package let params: JSONValue
    package let idempotencyKey: String
    /// Messages of one subject, e.g. an order number, are sent one after the other.
    package let subject: String
    package let labels: JSONObject

    /// Writes the message in the transaction of the change that promises it; `Outbox.wake` sends it after the
    /// commit.
    @discardableResult
    package static func enqueue<Method: RPCMethod>(
        _ db: Database, target: String, _: Method.Type, _ params: Method.Params, idempotencyKey: String,
        subject: String, labels: JSONObject = [:], at now: Timestamp
    ) throws -> Int64 {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO outbox (target, method, params, idempotency_key, subject, labels, created)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            target, Method.name, params.wire.text, idempotencyKey, subject, JSONValue.object(labels).text,
            now.microseconds,
        ])
        return db.lastInsertedRowID
    }

    static func load(_ db: Database, after id: Int64, limit: Int) throws -> [OutboxMessage] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT id, target, method, params, idempotency_key, subject, labels FROM outbox
                WHERE id > ? ORDER BY id LIMIT ?
                """)
        return try Row.fetchAll(statement, arguments: [id, limit]).map { row in
            OutboxMessage(
                id: row[0], target: row[1], method: row[2], params: try JSONParser.parse(row[3] as String),
                idempotencyKey: row[4], subject: row[5],
                labels: try JSONParser.parse(row[6] as String).objectValue ?? [:])
        }
    }
}

/// How a message was answered for good.
package enum OutboxAnswer: Sendable, Hashable {
    case result(JSONValue)
    case refused(RPCError)
}

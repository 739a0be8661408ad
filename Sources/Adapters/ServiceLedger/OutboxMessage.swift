package import GRDB
package import Primitives
package import RPCProtocol
import SQLiteStatements

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

    /// Writes the message in the transaction of the change that promises it; `Outbox.send` sends it after the
    /// commit.
    @discardableResult
    package static func enqueue<Method: RPCMethod>(
        _ db: Database, target: String, _: Method.Type, _ params: Method.Params, idempotencyKey: String,
        subject: String, labels: JSONObject = [:], at now: Timestamp
    ) throws -> OutboxMessage {
        let params = params.wire
        try db.run(
            """
            INSERT INTO outbox (target, method, params, idempotency_key, subject, labels, created)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """
        ) { row in
            row.set(1, target)
            row.set(2, Method.name)
            row.set(3, json: params)
            row.set(4, idempotencyKey)
            row.set(5, subject)
            row.set(6, json: .object(labels))
            row.set(7, now)
        }
        return OutboxMessage(
            id: db.lastInsertedRowID, target: target, method: Method.name, params: params,
            idempotencyKey: idempotencyKey, subject: subject, labels: labels)
    }

    static func load(_ db: Database, after id: Int64, limit: Int) throws -> [OutboxMessage] {
        try db.all(
            """
            SELECT id, target, method, params, idempotency_key, subject, labels FROM outbox
            WHERE id > ? ORDER BY id LIMIT ?
            """,
            {
                $0.set(1, id)
                $0.set(2, Int64(limit))
            },
            { row in
                OutboxMessage(
                    id: row.integer(0), target: row.text(1), method: row.text(2),
                    params: try JSONParser.parse(row.text(3)), idempotencyKey: row.text(4),
                    subject: row.text(5), labels: try JSONParser.parse(row.text(6)).objectValue ?? [:])
            })
    }
}

/// How a message was answered for good.
package enum OutboxAnswer: Sendable, Hashable {
    case result(JSONValue)
    case refused(RPCError)
}

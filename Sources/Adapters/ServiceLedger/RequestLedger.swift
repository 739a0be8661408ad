package import GRDB
package import Primitives
package import RPCProtocol
import SQLiteStatements

/// What was asked before and how it was answered, kept in the same transaction as the change itself.
///
/// A key names one change: scope, e.g. the method, and the caller's key. The same key with other params is a
/// conflict.
package enum RequestLedger {
    /// Kept at least so long. Source: wire protocol, "Delivery".
    package static let keptFor = Duration.seconds(7 * 24 * 3600)

    static func registerMigrations(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("ledger-1") { db in
            try db.execute(
                sql: """
                    CREATE TABLE request_ledger (
                      scope TEXT NOT NULL, key TEXT NOT NULL, params TEXT NOT NULL, reply TEXT NOT NULL,
                      created INTEGER NOT NULL, PRIMARY KEY (scope, key)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX request_ledger_by_age ON request_ledger (created);
                    """)
        }
    }

    /// The recorded reply, nil when the key is new. Throws `IdempotencyConflict` for other params under the
    /// same key.
    package static func reply(
        _ db: Database, scope: String, key: String, params: JSONValue
    ) throws -> JSONValue? {
        try db.first(
            "SELECT params, reply FROM request_ledger WHERE scope = ? AND key = ?",
            {
                $0.set(1, scope)
                $0.set(2, key)
            },
            { row in
                guard row.holds(params.text, at: 0) else {
                    throw RPCError(
                        .idempotencyConflict,
                        "the idempotency key \(key) was used for \(scope) with other params; use another key",
                        details: ["key": .string(key)])
                }
                return try JSONParser.parse(row.text(1))
            })
    }

    package static func record(
        _ db: Database, scope: String, key: String, params: JSONValue, reply: JSONValue, at now: Timestamp
    ) throws {
        try db.run(
            "INSERT INTO request_ledger (scope, key, params, reply, created) VALUES (?, ?, ?, ?, ?)"
        ) { row in
            row.set(1, scope)
            row.set(2, key)
            row.set(3, json: params)
            row.set(4, json: reply)
            row.set(5, now)
        }
    }

    /// Answers a repeat from the ledger, else runs `body` and records what it answers; all in the caller's
    /// transaction.
    package static func once<Reply: WireValue>(
        _ db: Database, scope: String, key: String, params: JSONValue, at now: Timestamp,
        _ body: (Database) throws -> Reply
    ) throws -> (reply: Reply, isRepeat: Bool) {
        if let recorded = try reply(db, scope: scope, key: key, params: params) {
            return (try Reply(wire: recorded, strict: false), true)
        }
        let answer = try body(db)
        try record(db, scope: scope, key: key, params: params, reply: answer.wire, at: now)
        return (answer, false)
    }

    /// Forgets what is older than `keptFor`, at most `limit` rows a call so that no commit grows long.
    @discardableResult
    package static func forget(_ db: Database, at now: Timestamp, limit: Int = 500) throws -> Int {
        try db.run(
            """
            DELETE FROM request_ledger WHERE (scope, key) IN
              (SELECT scope, key FROM request_ledger WHERE created < ? LIMIT ?)
            """
        ) { row in
            row.set(1, now.advanced(by: .zero - keptFor))
            row.set(2, Int64(limit))
        }
        return db.changesCount
    }
}

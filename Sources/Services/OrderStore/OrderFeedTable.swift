import GRDB
import OrderStoreAPI
import Primitives
import RPCProtocol
import SQLiteStatements

/// The changes of all orders in the order of their commits, the newest of them.
enum OrderFeedTable {
    /// Some minutes at the highest rate, days at a usual one: who was away for longer reads the list again.
    static let keptMax: Int64 = 100_000
    /// Old rows go in batches.
    private static let sweptEvery: Int64 = 512

    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE order_feed (
                  sequence INTEGER PRIMARY KEY, order_id INTEGER NOT NULL, status TEXT NOT NULL,
                  time INTEGER NOT NULL
                ) STRICT;
                """)
    }

    /// In the transaction of the change.
    static func append(_ db: Database, _ order: Order, at now: Timestamp) throws {
        try db.run("INSERT INTO order_feed (order_id, status, time) VALUES (?, ?, ?)") { row in
            row.set(1, order.id)
            row.set(2, order.status.rawValue)
            row.set(3, now)
        }
        let sequence = db.lastInsertedRowID
        guard sequence % sweptEvery == 0 else { return }
        try db.run("DELETE FROM order_feed WHERE sequence <= ?", { $0.set(1, sequence - keptMax) })
    }

    /// 0 before the first change.
    static func last(_ db: Database) throws -> Int64 {
        try db.first("SELECT max(sequence) FROM order_feed") { $0.integer(0) } ?? 0
    }

    /// Throws: `sequenceNotKept` where the next item after `sequence` is not known, or not any more.
    static func items(_ db: Database, after sequence: Int64, limit: Int) throws -> [WatchOrders.Item] {
        let first = try db.first("SELECT min(sequence) FROM order_feed") { $0.optionalInteger(0) ?? 1 } ?? 1
        let last = try last(db)
        let kept = (first - 1)...max(first - 1, last)
        guard kept.contains(sequence) else {
            throw OrderStoreError.sequenceNotKept(sequence, kept: kept)
        }
        return try db.all(
            """
            SELECT sequence, orders.number, order_feed.status, orders.supplier, time
            FROM order_feed JOIN orders ON orders.id = order_id WHERE sequence > ?
            ORDER BY sequence LIMIT ?
            """,
            {
                $0.set(1, sequence)
                $0.set(2, Int64(limit))
            },
            { row in
                let number = row.text(1)
                guard let status = OrderStatus(rawValue: row.text(2)) else {
                    throw OrderStoreError.unreadable(number, "its status was \(row.text(2))")
                }
                return .with {
                    $0.sequence = row.integer(0)
                    $0.orderNum = number
                    $0.status = status
                    $0.supplier = row.text(3)
                    $0.updatedTime = Timestamp(microseconds: row.integer(4)).description
                }
            })
    }
}

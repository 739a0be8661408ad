import GRDB
import OrderStoreAPI
import Primitives
import RPCProtocol

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
        try db.cachedStatement(sql: "INSERT INTO order_feed (order_id, status, time) VALUES (?, ?, ?)")
            .execute(arguments: [order.id, order.status.rawValue, now.microseconds])
        let sequence = db.lastInsertedRowID
        guard sequence % sweptEvery == 0 else { return }
        try db.cachedStatement(sql: "DELETE FROM order_feed WHERE sequence <= ?")
            .execute(arguments: [sequence - keptMax])
    }

    /// 0 before the first change.
    static func last(_ db: Database) throws -> Int64 {
        try Int64.fetchOne(try db.cachedStatement(sql: "SELECT max(sequence) FROM order_feed")) ?? 0
    }

    /// Throws: `sequenceNotKept` where the next item after `sequence` is not known, or not any more.
    static func items(_ db: Database, after sequence: Int64, limit: Int) throws -> [WatchOrders.Item] {
        let first =
            try Int64.fetchOne(try db.cachedStatement(sql: "SELECT min(sequence) FROM order_feed")) ?? 1
        let last = try last(db)
        let kept = (first - 1)...max(first - 1, last)
        guard kept.contains(sequence) else {
            throw OrderStoreError.sequenceNotKept(sequence, kept: kept)
        }
        let statement = try db.cachedStatement(
            sql: """
                SELECT sequence, orders.number, order_feed.status, orders.supplier, time
                FROM order_feed JOIN orders ON orders.id = order_id WHERE sequence > ?
                ORDER BY sequence LIMIT ?
                """)
        return try Row.fetchAll(statement, arguments: [sequence, limit]).map { row in
            let number: String = row[1]
            guard let status = OrderStatus(rawValue: row[2]) else {
                throw OrderStoreError.unreadable(number, "its status was \(row[2] as String)")
            }
            return .with {
                $0.sequence = row[0]
                $0.orderNum = number
                $0.status = status
                $0.supplier = row[3]
                $0.updatedTime = Timestamp(microseconds: row[4]).description
            }
        }
    }
}

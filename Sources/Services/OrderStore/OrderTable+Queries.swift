import GRDB
import OrderStoreAPI
import SQLiteStatements

/// Which orders a list shows; filters are joined by and.
struct OrderQuery: Sendable, Hashable {
    /// A search, which no index helps, reads at most so many rows a page, so that it never holds up the loop
    /// for long; the page then ends early and the token goes on from there. Units: rows, about 2 µs each.
    static let rowsReadMax: Int64 = 20_000

    var status: OrderStatus?
    var supplier: String?
    var search: String?
    /// Only orders with a smaller id.
    var before: Int64
    var limit: Int

    /// Whether each row that is read is one that is shown.
    var isIndexed: Bool { search?.isEmpty ?? true }
}

extension OrderTable {
    static func lastID(_ db: Database) throws -> Int64 {
        try db.first("SELECT max(id) FROM orders") { $0.integer(0) } ?? 0
    }

    /// Newest first. Reads ids from `before` down to `floor`.
    static func list(_ db: Database, _ query: OrderQuery, floor: Int64) throws -> [Order] {
        var conditions = ["id < ?1", "id >= ?2"]
        if query.status != nil { conditions.append("status = ?4") }
        if query.supplier != nil { conditions.append("supplier = ?5") }
        if !query.isIndexed {
            let columns = ["number", "products", "address", "supplier"]
            conditions.append(
                "(" + columns.map { "\($0) LIKE ?6 ESCAPE '\\'" }.joined(separator: " OR ") + ")")
        }
        return try db.all(
            """
            SELECT \(columns) FROM orders WHERE \(conditions.joined(separator: " AND "))
            ORDER BY id DESC LIMIT ?3
            """,
            { row in
                row.set(1, query.before)
                row.set(2, floor)
                row.set(3, Int64(query.limit))
                if let status = query.status { row.set(4, status.rawValue) }
                if let supplier = query.supplier { row.set(5, supplier) }
                if let search = query.search, !query.isIndexed {
                    row.set(6, "%" + search.escapedForLike + "%")
                }
            }, order)
    }

    static func openCount(_ db: Database) throws -> Int64 {
        try db.first("SELECT count(*) FROM orders WHERE closed IS NULL") { $0.integer(0) } ?? 0
    }

    /// Open orders whose execution the engine has started, by rising id.
    static func openStarted(_ db: Database, after id: Int64, limit: Int) throws -> [Order] {
        try db.all(
            """
            SELECT \(columns) FROM orders WHERE closed IS NULL AND started = 1 AND id > ?
            ORDER BY id LIMIT ?
            """,
            {
                $0.set(1, id)
                $0.set(2, Int64(limit))
            }, order)
    }
}

/// How far the engine's feed has been followed.
enum FeedCursor {
    static func load(_ db: Database) throws -> Int64? {
        try db.first("SELECT sequence FROM feed_cursor WHERE feed = 'executions'") { $0.integer(0) }
    }

    /// Written in the transaction of the change that the item at `sequence` causes.
    static func store(_ db: Database, _ sequence: Int64) throws {
        try db.run(
            """
            INSERT INTO feed_cursor (feed, sequence) VALUES ('executions', ?)
            ON CONFLICT (feed) DO UPDATE SET sequence = excluded.sequence
            """
        ) { $0.set(1, sequence) }
    }
}

extension String {
    fileprivate var escapedForLike: String {
        var escaped = ""
        for character in self {
            if "%_\\".contains(character) { escaped.append("\\") }
            escaped.append(character)
        }
        return escaped
    }
}

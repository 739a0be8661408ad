import GRDB
import OrderStoreAPI

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
        try Int64.fetchOne(try db.cachedStatement(sql: "SELECT max(id) FROM orders")) ?? 0
    }

    /// Newest first. Reads ids from `before` down to `floor`.
    static func list(_ db: Database, _ query: OrderQuery, floor: Int64) throws -> [Order] {
        var conditions = ["id < ?", "id >= ?"]
        var arguments: StatementArguments = [query.before, floor]
        if let status = query.status {
            conditions.append("status = ?")
            arguments += [status.rawValue]
        }
        if let supplier = query.supplier {
            conditions.append("supplier = ?")
            arguments += [supplier]
        }
        if let search = query.search, !search.isEmpty {
            let columns = ["number", "products", "address", "supplier"]
            conditions.append(
                "(" + columns.map { "\($0) LIKE ? ESCAPE '\\'" }.joined(separator: " OR ") + ")")
            let pattern = "%" + search.escapedForLike + "%"
            arguments += StatementArguments(columns.map { _ in pattern })
        }
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(columns) FROM orders WHERE \(conditions.joined(separator: " AND "))
                ORDER BY id DESC LIMIT ?
                """)
        arguments += [query.limit]
        return try Row.fetchAll(statement, arguments: arguments).map(order)
    }

    static func openCount(_ db: Database) throws -> Int {
        try Int.fetchOne(try db.cachedStatement(sql: "SELECT count(*) FROM orders WHERE closed IS NULL")) ?? 0
    }

    /// Open orders whose execution the engine has started, by rising id.
    static func openStarted(_ db: Database, after id: Int64, limit: Int) throws -> [Order] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(columns) FROM orders WHERE closed IS NULL AND started = 1 AND id > ?
                ORDER BY id LIMIT ?
                """)
        return try Row.fetchAll(statement, arguments: [id, limit]).map(order)
    }
}

/// How far the engine's feed has been followed.
enum FeedCursor {
    static func load(_ db: Database) throws -> Int64? {
        try Int64.fetchOne(db, sql: "SELECT sequence FROM feed_cursor WHERE feed = 'executions'")
    }

    /// Written in the transaction of the change that the item at `sequence` causes.
    static func store(_ db: Database, _ sequence: Int64) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO feed_cursor (feed, sequence) VALUES ('executions', ?)
                ON CONFLICT (feed) DO UPDATE SET sequence = excluded.sequence
                """)
        try statement.execute(arguments: [sequence])
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

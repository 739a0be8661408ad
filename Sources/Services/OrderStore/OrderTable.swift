import GRDB
import OrderStoreAPI
import Primitives
import RPCProtocol
import ServiceLedger

/// The SQL of orders and of their change log.
enum OrderTable {
    static let columns = """
        id, number, supplier, products, address, total, flow, flow_asked, submitted, status, methods, method,
        price, paid, reason, closed, started, items
        """

    static func find(_ db: Database, _ number: String) throws -> Order? {
        let statement = try db.cachedStatement(sql: "SELECT \(columns) FROM orders WHERE number = ?")
        return try Row.fetchOne(statement, arguments: [number]).map(order)
    }

    /// Throws: `notExists`.
    static func get(_ db: Database, _ number: String) throws -> Order {
        guard let order = try find(db, number) else { throw OrderStoreError.notExists(number) }
        return order
    }

    /// Stores a new order and the first line of its change log; returns it with its id.
    static func insert(_ db: Database, _ order: Order) throws -> Order {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO orders (number, supplier, products, address, total, flow, flow_asked, submitted,
                  status, methods, started, items)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, ?)
                """)
        try statement.execute(arguments: [
            order.number, order.supplier, order.products, order.address, order.total?.description, order.flow,
            order.flowAsked, order.submitted.microseconds, order.status.rawValue,
            order.lines.isEmpty ? nil : order.lines.wire.text,
        ])
        var stored = order
        stored.id = db.lastInsertedRowID
        try sums.move(db, from: nil, to: stored.summed, began: stored.submitted)
        try log(db, stored, "submitted for flow \(order.flow)", at: order.submitted)
        return stored
    }

    /// Stores what has changed, with a line of the change log.
    ///
    /// - Parameter old: the order as its row has it until now.
    static func update(
        _ db: Database, from old: Order, to order: Order, _ note: Order.Note, at now: Timestamp
    ) throws {
        try sums.move(db, from: old.summed, to: order.summed, began: order.submitted)
        let statement = try db.cachedStatement(
            sql: """
                UPDATE orders SET status = ?, methods = ?, method = ?, price = ?, paid = ?, reason = ?,
                  closed = ?, started = ? WHERE id = ?
                """)
        try statement.execute(arguments: [
            order.status.rawValue, order.methods.joined(separator: ","), order.payment?.method,
            order.payment?.price.description, order.payment?.paid.description, order.reason,
            order.closed?.microseconds, order.isStarted, order.id,
        ])
        try log(db, order, note, at: now)
    }

    private static func log(_ db: Database, _ order: Order, _ note: Order.Note, at now: Timestamp) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO order_changes (order_id, position, time, status, note)
                SELECT ?1, coalesce(max(position), 0) + 1, ?2, ?3, ?4 FROM order_changes WHERE order_id = ?1
                """)
        try statement.execute(arguments: [order.id, now.microseconds, order.status.rawValue, note])
        try OrderFeedTable.append(db, order, at: now)
    }

    /// Oldest first.
    static func changes(_ db: Database, of order: Order) throws -> [OrderChange] {
        let statement = try db.cachedStatement(
            sql: "SELECT time, status, note FROM order_changes WHERE order_id = ? ORDER BY position")
        return try Row.fetchAll(statement, arguments: [order.id]).map { row in
            OrderChange.with {
                $0.time = Timestamp(microseconds: row[0]).description
                $0.status = row[1]
                $0.note = row[2]
            }
        }
    }

    static func order(_ row: Row) throws -> Order {
        let number: String = row[1]
        guard let status = OrderStatus(rawValue: row[9]) else {
            throw OrderStoreError.unreadable(number, "its status is \(row[9] as String)")
        }
        var order = Order(
            number: number, supplier: row[2], products: row[3], address: row[4],
            total: try decimal(row[5], number), flow: row[6], flowAsked: row[7],
            submitted: Timestamp(microseconds: row[8]))
        if let items: String = row[17] {
            order.lines = try lines(items, number)
            order.wanted = order.lines.map { line in
                OrderItem.with {
                    $0.product = line.product
                    $0.quantity = line.quantity
                }
            }
        }
        var payment: Order.Payment?
        if let method: String = row[11], let price = try decimal(row[12], number),
            let paid = try decimal(row[13], number)
        {
            payment = Order.Payment(method: method, price: price, paid: paid)
        }
        let closed: Int64? = row[15]
        return Order(
            restoring: order, id: row[0], status: status,
            methods: (row[10] as String).split(separator: ",").map(String.init), payment: payment,
            reason: row[14], closed: closed.map(Timestamp.init(microseconds:)), isStarted: row[16])
    }

    private static func lines(_ text: String, _ number: String) throws -> [OrderLine] {
        do { return try [OrderLine](wire: JSONParser.parse(text), strict: false) } catch {
            throw OrderStoreError.unreadable(number, "its items are no lines of an order: \(error)")
        }
    }

    private static func decimal(_ text: String?, _ number: String) throws -> DecimalNumber? {
        guard let text else { return nil }
        guard let decimal = DecimalNumber(text) else {
            throw OrderStoreError.unreadable(number, "\(text) is no decimal")
        }
        return decimal
    }
}

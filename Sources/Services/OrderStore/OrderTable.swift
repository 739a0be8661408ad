import GRDB
import OrderStoreAPI
import Primitives
import RPCProtocol
import SQLiteStatements

/// The SQL of orders and of their change log.
enum OrderTable {
    static let columns = """
        id, number, supplier, products, address, total, flow, flow_asked, submitted, status, methods, method,
        price, paid, reason, closed, started, items
        """

    static func find(_ db: Database, _ number: String) throws -> Order? {
        try db.first(byNumber, { $0.set(1, number) }, order)
    }

    private static let byNumber = "SELECT \(columns) FROM orders WHERE number = ?"

    /// Stores a new order and the first line of its change log; returns it with its id.
    static func insert(_ db: Database, _ order: Order) throws -> Order {
        try db.run(
            """
            INSERT INTO orders (number, supplier, products, address, total, flow, flow_asked, submitted,
              status, methods, started, items)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, ?)
            """
        ) { row in
            row.set(1, order.number)
            row.set(2, order.supplier)
            row.set(3, order.products)
            row.set(4, order.address)
            row.set(5, order.total?.description)
            row.set(6, order.flow)
            row.set(7, order.flowAsked)
            row.set(8, order.submitted)
            row.set(9, order.status.rawValue)
            row.set(10, order.lines.isEmpty ? nil : order.lines.wire.text)
        }
        var stored = order
        stored.id = db.lastInsertedRowID
        try log(db, stored, "submitted for flow \(order.flow)", at: order.submitted)
        return stored
    }

    /// Stores what has changed, with a line of the change log.
    static func update(_ db: Database, _ order: Order, _ note: Order.Note, at now: Timestamp) throws {
        try db.run(
            """
            UPDATE orders SET status = ?, methods = ?, method = ?, price = ?, paid = ?, reason = ?,
              closed = ?, started = ? WHERE id = ?
            """
        ) { row in
            row.set(1, order.status.rawValue)
            row.set(2, order.methods.joined(separator: ","))
            row.set(3, order.payment?.method)
            row.set(4, order.payment?.price.description)
            row.set(5, order.payment?.paid.description)
            row.set(6, order.reason)
            row.set(7, order.closed)
            row.set(8, order.isStarted)
            row.set(9, order.id)
        }
        try log(db, order, note, at: now)
    }

    private static func log(_ db: Database, _ order: Order, _ note: Order.Note, at now: Timestamp) throws {
        // Not one INSERT … SELECT: where it reads the table that it writes, SQLite sets up a table in between
        // with a page cache of its own, each time.
        let position =
            try db.first(
                "SELECT max(position) FROM order_changes WHERE order_id = ?", { $0.set(1, order.id) },
                { $0.integer(0) }) ?? 0
        try db.run(
            "INSERT INTO order_changes (order_id, position, time, status, note) VALUES (?, ?, ?, ?, ?)"
        ) { row in
            row.set(1, order.id)
            row.set(2, position + 1)
            row.set(3, now)
            row.set(4, order.status.rawValue)
            row.set(5, note)
        }
        try OrderFeedTable.append(db, order, at: now)
    }

    /// Oldest first.
    static func changes(_ db: Database, of order: Order) throws -> [OrderChange] {
        try db.all(
            "SELECT time, status, note FROM order_changes WHERE order_id = ? ORDER BY position",
            { $0.set(1, order.id) },
            { row in
                .with {
                    $0.time = Timestamp(microseconds: row.integer(0)).description
                    $0.status = row.text(1)
                    $0.note = row.text(2)
                }
            })
    }

    static func order(_ row: Columns) throws -> Order {
        let number = row.text(1)
        guard let status = OrderStatus(rawValue: row.text(9)) else {
            throw OrderStoreError.unreadable(number, "its status is \(row.text(9))")
        }
        var order = Order(
            number: number, supplier: row.text(2), products: row.text(3), address: row.text(4),
            total: try decimal(row.optionalText(5), number), flow: row.text(6),
            flowAsked: row.optionalText(7), submitted: Timestamp(microseconds: row.integer(8)))
        if let items = row.optionalText(17) {
            order.lines = try lines(items, number)
            order.wanted = order.lines.map { line in
                OrderItem.with {
                    $0.product = line.product
                    $0.quantity = line.quantity
                }
            }
        }
        var payment: Order.Payment?
        if let method = row.optionalText(11), let price = try decimal(row.optionalText(12), number),
            let paid = try decimal(row.optionalText(13), number)
        {
            payment = Order.Payment(method: method, price: price, paid: paid)
        }
        return Order(
            restoring: order, id: row.integer(0), status: status,
            methods: row.text(10).commaSeparatedNames, payment: payment,
            reason: row.optionalText(14), closed: row.time(15), isStarted: row.flag(16))
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

import GRDB
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import SQLiteStatements

/// The gateway's rows as values.
struct PaymentTable {
    let db: Database

    /// A row that this build can't read: the file was written by something else.
    struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }

    func account(_ orderNum: String) throws -> OrderAccount {
        OrderAccount(
            orderNum: orderNum,
            payment: try db.first(Self.newestOfOrder, { $0.set(1, orderNum) }, Self.payment),
            requests: try db.all(Self.requestsOfOrder, { $0.set(1, orderNum) }, Self.request),
            charge: try charge(orderNum))
    }

    func payment(id: String) throws -> Payment? {
        try db.first(Self.byID, { $0.set(1, id) }, Self.payment)
    }

    func charge(_ orderNum: String) throws -> Charge? {
        try db.first(Self.chargeOfOrder, { $0.set(1, orderNum) }, Self.charge)
    }

    /// Orders for which the execution asked for a payment, each once.
    func orders(askedFor execution: String) throws -> [String] {
        // Not by DISTINCT, for which SQLite sets up a table with a page cache of its own.
        var orders: [String] = []
        try db.run(
            "SELECT order_num FROM payment_requests WHERE execution = ?", { $0.set(1, execution) },
            row: { row in
                let order = row.text(0)
                if !orders.contains(order) { orders.append(order) }
            })
        return orders
    }

    /// Orders with an accepted payment that no attempt asks for.
    func unpairedOrders() throws -> [String] {
        try db.all(
            """
            SELECT order_num FROM payments WHERE state = 'accepted' AND NOT EXISTS (
              SELECT 1 FROM payment_requests AS request
              WHERE request.order_num = payments.order_num AND request.state IN ('open', 'reported'))
            """
        ) { $0.text(0) }
    }

    /// Whether somebody may still come: a buyer for a request, a request for a payment.
    func isWaiting() throws -> Bool {
        try db.first(
            """
            SELECT EXISTS (SELECT 1 FROM payments WHERE state = 'accepted')
              OR EXISTS (SELECT 1 FROM payment_requests WHERE state = 'open')
            """
        ) { $0.flag(0) } ?? false
    }

    func cursor() throws -> Int64 { try db.first("SELECT sequence FROM feed_cursor") { $0.integer(0) } ?? 0 }

    func saveCursor(_ sequence: Int64) throws {
        try db.run("UPDATE feed_cursor SET sequence = max(sequence, ?)", { $0.set(1, sequence) })
    }
}

extension PaymentTable {
    static let paymentColumns = """
        SELECT id, payment_id, order_num, method, price, charged, state, reason, origin, flow, accepted,
          updated
        FROM payments
        """

    private static let requestColumns = """
        SELECT key, token, offer, flow, execution, scheduled_event_id, state, payment_id, message_id, created
        FROM payment_requests
        """

    private static let chargeColumns = """
        SELECT order_num, key, payment_id, method, price, amount, state, refusal_name, refusal_message,
          message_id, created
        FROM charges
        """

    private static let newestOfOrder = "\(paymentColumns) WHERE order_num = ? ORDER BY id DESC LIMIT 1"
    private static let byID = "\(paymentColumns) WHERE payment_id = ?"
    private static let requestsOfOrder = "\(requestColumns) WHERE order_num = ? ORDER BY id"
    private static let chargeOfOrder = "\(chargeColumns) WHERE order_num = ?"

    static func payment(_ row: Columns) throws -> Payment {
        Payment(
            id: row.text(1), orderNum: row.text(2), method: row.text(3), price: try decimal(row.text(4)),
            origin: try word(row.text(8)), flow: row.optionalText(9),
            accepted: Timestamp(microseconds: row.integer(10)),
            updated: Timestamp(microseconds: row.integer(11)), state: try word(row.text(6)),
            charged: try row.optionalText(5).map(decimal), reason: row.optionalText(7))
    }

    private static func request(_ row: Columns) throws -> PaymentRequest {
        PaymentRequest(
            key: row.text(0), token: row.text(1), offer: PaymentRequest.offer(of: row.text(2)),
            flow: row.optionalText(3), execution: row.optionalText(4),
            scheduledEventID: row.optionalInteger(5), created: Timestamp(microseconds: row.integer(9)),
            state: try word(row.text(6)), paymentID: row.optionalText(7), messageID: row.optionalInteger(8))
    }

    private static func charge(_ row: Columns) throws -> Charge {
        let refusal = row.optionalText(7).map { RPCError(RPCErrorName($0), row.optionalText(8) ?? "") }
        return Charge(
            orderNum: row.text(0), key: row.text(1), paymentID: row.text(2), method: row.text(3),
            price: try decimal(row.text(4)), amount: try decimal(row.text(5)),
            created: Timestamp(microseconds: row.integer(10)), state: try word(row.text(6)),
            refusal: refusal, messageID: row.optionalInteger(9))
    }

    private static func decimal(_ text: String) throws -> DecimalNumber {
        guard let number = DecimalNumber(text) else { throw Unreadable(description: "\(text) is no decimal") }
        return number
    }

    private static func word<Word: RawRepresentable<String>>(_ text: String) throws -> Word {
        guard let word = Word(rawValue: text) else {
            throw Unreadable(description: "\(text) is no \(Word.self)")
        }
        return word
    }
}

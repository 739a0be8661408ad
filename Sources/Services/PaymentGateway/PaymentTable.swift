import GRDB
import PaymentGatewayAPI
import Primitives
import RPCProtocol

/// The gateway's rows as values.
struct PaymentTable {
    let db: Database

    /// A row that this build can't read: the file was written by something else.
    struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }

    func account(_ orderNum: String) throws -> OrderAccount {
        let newest = try rows(
            "\(Self.paymentColumns) WHERE order_num = ? ORDER BY id DESC LIMIT 1", [orderNum])
        return OrderAccount(
            orderNum: orderNum, payment: try newest.first.map(Self.payment),
            requests: try rows("\(Self.requestColumns) WHERE order_num = ? ORDER BY id", [orderNum])
                .map(Self.request),
            charge: try charge(orderNum))
    }

    func payment(id: String) throws -> Payment? {
        try rows("\(Self.paymentColumns) WHERE payment_id = ?", [id]).first.map(Self.payment)
    }

    func charge(_ orderNum: String) throws -> Charge? {
        try rows("\(Self.chargeColumns) WHERE order_num = ?", [orderNum]).first.map(Self.charge)
    }

    /// Orders that would miss the execution: with a payment that may wait for it or a request made by it.
    func orders(concernedBy flow: String, _ execution: String) throws -> [String] {
        try rows(
            """
            SELECT order_num FROM payments WHERE order_num = ?1 AND state = 'accepted'
            UNION SELECT order_num FROM payment_requests AS request
            WHERE execution = ?1 AND flow = ?2 AND (state IN ('open', 'reported') OR EXISTS (
              SELECT 1 FROM payments
              WHERE payments.order_num = request.order_num AND payments.state = 'confirmed'))
            """, [execution, flow]
        ).map { $0[0] }
    }

    /// Orders with an accepted payment that no attempt asks for.
    func unpairedOrders() throws -> [String] {
        try rows(
            """
            SELECT order_num FROM payments WHERE state = 'accepted' AND NOT EXISTS (
              SELECT 1 FROM payment_requests AS request
              WHERE request.order_num = payments.order_num AND request.state IN ('open', 'reported'))
            """, []
        ).map { $0[0] }
    }

    /// Whether somebody may still come: a buyer for a request, a request for a payment.
    func isWaiting() throws -> Bool {
        try rows(
            """
            SELECT EXISTS (SELECT 1 FROM payments WHERE state = 'accepted')
              OR EXISTS (SELECT 1 FROM payment_requests WHERE state = 'open')
            """, []
        ).first?[0] ?? false
    }

    func cursor() throws -> Int64 { try rows("SELECT sequence FROM feed_cursor", []).first?[0] ?? 0 }

    func saveCursor(_ sequence: Int64) throws {
        try db.cachedStatement(sql: "UPDATE feed_cursor SET sequence = max(sequence, ?)")
            .execute(arguments: [sequence])
    }

    func rows(_ sql: String, _ arguments: StatementArguments) throws -> [Row] {
        try Row.fetchAll(try db.cachedStatement(sql: sql), arguments: arguments)
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

    static func payment(_ row: Row) throws -> Payment {
        Payment(
            id: row[1], orderNum: row[2], method: row[3], price: try decimal(row[4]),
            origin: try word(row[8]), flow: row[9], accepted: Timestamp(microseconds: row[10]),
            updated: Timestamp(microseconds: row[11]), state: try word(row[6]),
            charged: try (row[5] as String?).map(decimal), reason: row[7])
    }

    private static func request(_ row: Row) throws -> PaymentRequest {
        PaymentRequest(
            key: row[0], token: row[1], offer: PaymentRequest.offer(of: row[2]), flow: row[3],
            execution: row[4],
            scheduledEventID: row[5], created: Timestamp(microseconds: row[9]), state: try word(row[6]),
            paymentID: row[7], messageID: row[8])
    }

    private static func charge(_ row: Row) throws -> Charge {
        let refusalName: String? = row[7]
        return Charge(
            orderNum: row[0], key: row[1], paymentID: row[2], method: row[3], price: try decimal(row[4]),
            amount: try decimal(row[5]), created: Timestamp(microseconds: row[10]), state: try word(row[6]),
            refusal: refusalName.map { RPCError(RPCErrorName($0), row[8] ?? "") }, messageID: row[9])
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

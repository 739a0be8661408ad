import FlowEngineAPI
import GRDB
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import SQLiteStatements
import ServiceLedger

/// Whom the gateway's outbox writes to.
enum Peer {
    static let engine = "flow-engine"
    static let orderStore = "order-store"
}

/// What one transaction did to an order.
struct AccountChange: Sendable {
    let before: OrderAccount
    let after: OrderAccount
    /// What the outbox has to send once this is committed.
    let enqueued: [OutboxMessage]
}

extension PaymentTable {
    /// Puts what the account promises to others into the outbox.
    func enqueue(_ account: inout OrderAccount, at now: Timestamp) throws -> [OutboxMessage] {
        var enqueued: [OutboxMessage] = []
        let labels: JSONObject = ["order": .string(account.orderNum)]
        for (index, request) in account.requests.enumerated()
        where request.state == .reported && request.messageID == nil {
            guard let payment = account.payment else { continue }
            let message = try OutboxMessage.enqueue(
                db, target: Peer.engine, ReportTaskSucceeded.self, Self.report(payment, to: request),
                idempotencyKey: request.reportKey(of: payment), subject: account.orderNum, labels: labels,
                at: now)
            account.noteReport(message.id, forRequestAt: index)
            enqueued.append(message)
        }
        if let charge = account.charge, charge.state == .pending, charge.messageID == nil {
            let message = try OutboxMessage.enqueue(
                db, target: Peer.orderStore, RecordPayment.self, Self.recording(charge),
                idempotencyKey: charge.key, subject: account.orderNum, labels: labels, at: now)
            account.noteRecording(message.id)
            enqueued.append(message)
        }
        return enqueued
    }

    private static func report(_ payment: Payment, to request: PaymentRequest) -> ReportTaskSucceeded.Params {
        let output: JSONValue = [
            "orderNum": .string(payment.orderNum), "paymentMethod": .string(payment.method),
            "price": .string(payment.price.description),
        ]
        return .with {
            $0.taskToken = request.token
            $0.output = output.text
        }
    }

    private static func recording(_ charge: Charge) -> RecordPayment.Params {
        .with {
            $0.orderNum = charge.orderNum
            $0.paymentMethod = charge.method
            $0.price = charge.amount
            $0.paid = charge.price
        }
    }

    /// Writes what has changed of an account.
    func write(_ account: OrderAccount, over before: OrderAccount) throws {
        if let payment = account.payment, payment != before.payment {
            if payment.id == before.payment?.id { try update(payment) } else { try insert(payment) }
        }
        for (index, request) in account.requests.enumerated() {
            if index >= before.requests.count {
                try insert(request, of: account.orderNum)
            } else if request != before.requests[index] {
                try update(request, of: account.orderNum)
            }
        }
        if let charge = account.charge, charge != before.charge {
            if before.charge == nil { try insert(charge) } else { try update(charge) }
        }
    }

    private func insert(_ payment: Payment) throws {
        try db.run(
            """
            INSERT INTO payments (payment_id, order_num, method, price, charged, state, reason, origin,
              flow, accepted, updated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        ) { row in
            row.set(1, payment.id)
            row.set(2, payment.orderNum)
            row.set(3, payment.method)
            row.set(4, payment.price.description)
            row.set(5, payment.charged?.description)
            row.set(6, payment.state.rawValue)
            row.set(7, payment.reason)
            row.set(8, payment.origin.rawValue)
            row.set(9, payment.flow)
            row.set(10, payment.accepted)
            row.set(11, payment.updated)
        }
    }

    private func update(_ payment: Payment) throws {
        try db.run(
            "UPDATE payments SET charged = ?, state = ?, reason = ?, updated = ? WHERE payment_id = ?"
        ) { row in
            row.set(1, payment.charged?.description)
            row.set(2, payment.state.rawValue)
            row.set(3, payment.reason)
            row.set(4, payment.updated)
            row.set(5, payment.id)
        }
    }

    private func insert(_ request: PaymentRequest, of orderNum: String) throws {
        try db.run(
            """
            INSERT INTO payment_requests (order_num, key, token, offer, flow, execution,
              scheduled_event_id, state, payment_id, message_id, created)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        ) { row in
            row.set(1, orderNum)
            row.set(2, request.key)
            row.set(3, request.token)
            row.set(4, request.offer.joined(separator: ","))
            row.set(5, request.flow)
            row.set(6, request.execution)
            row.set(7, request.scheduledEventID)
            row.set(8, request.state.rawValue)
            row.set(9, request.paymentID)
            row.set(10, request.messageID)
            row.set(11, request.created)
        }
    }

    private func update(_ request: PaymentRequest, of orderNum: String) throws {
        try db.run(
            """
            UPDATE payment_requests SET state = ?, payment_id = ?, message_id = ?
            WHERE order_num = ? AND key = ?
            """
        ) { row in
            row.set(1, request.state.rawValue)
            row.set(2, request.paymentID)
            row.set(3, request.messageID)
            row.set(4, orderNum)
            row.set(5, request.key)
        }
    }

    private func insert(_ charge: Charge) throws {
        try db.run(
            """
            INSERT INTO charges (order_num, key, payment_id, method, price, amount, state, refusal_name,
              refusal_message, message_id, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        ) { row in
            row.set(1, charge.orderNum)
            row.set(2, charge.key)
            row.set(3, charge.paymentID)
            row.set(4, charge.method)
            row.set(5, charge.price.description)
            row.set(6, charge.amount.description)
            row.set(7, charge.state.rawValue)
            row.set(8, charge.refusal?.name.text)
            row.set(9, charge.refusal?.message)
            row.set(10, charge.messageID)
            row.set(11, charge.created)
        }
    }

    private func update(_ charge: Charge) throws {
        try db.run(
            """
            UPDATE charges SET state = ?, refusal_name = ?, refusal_message = ?, message_id = ?
            WHERE order_num = ?
            """
        ) { row in
            row.set(1, charge.state.rawValue)
            row.set(2, charge.refusal?.name.text)
            row.set(3, charge.refusal?.message)
            row.set(4, charge.messageID)
            row.set(5, charge.orderNum)
        }
    }
}

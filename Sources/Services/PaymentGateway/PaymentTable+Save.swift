import FlowEngineAPI
import GRDB
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
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
    /// The outbox has something to send once this is committed.
    let hasEnqueued: Bool
}

extension PaymentTable {
    /// Reads an order's account, lets `body` decide, and writes what changed and what that promises to
    /// others.
    func change<Value>(
        _ orderNum: String, at now: Timestamp, _ body: (inout OrderAccount) throws -> Value
    ) throws -> (value: Value, change: AccountChange) {
        let before = try account(orderNum)
        var after = before
        let value = try body(&after)
        let hasEnqueued = try enqueue(&after, at: now)
        try write(after, over: before)
        return (value, AccountChange(before: before, after: after, hasEnqueued: hasEnqueued))
    }

    private func enqueue(_ account: inout OrderAccount, at now: Timestamp) throws -> Bool {
        var hasEnqueued = false
        let labels: JSONObject = ["order": .string(account.orderNum)]
        for (index, request) in account.requests.enumerated()
        where request.state == .reported && request.messageID == nil {
            guard let payment = account.payment else { continue }
            let id = try OutboxMessage.enqueue(
                db, target: Peer.engine, ReportTaskSucceeded.self, Self.report(payment, to: request),
                idempotencyKey: request.reportKey(of: payment), subject: account.orderNum, labels: labels,
                at: now)
            account.noteReport(id, forRequestAt: index)
            hasEnqueued = true
        }
        if let charge = account.charge, charge.state == .pending, charge.messageID == nil {
            let id = try OutboxMessage.enqueue(
                db, target: Peer.orderStore, RecordPayment.self, Self.recording(charge),
                idempotencyKey: charge.key, subject: account.orderNum, labels: labels, at: now)
            account.noteRecording(id)
            hasEnqueued = true
        }
        return hasEnqueued
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

    private func write(_ account: OrderAccount, over before: OrderAccount) throws {
        if let payment = account.payment, payment != before.payment {
            try write(payment, over: before.payment)
        }
        for (index, request) in account.requests.enumerated()
        where index >= before.requests.count || request != before.requests[index] {
            try write(request, of: account.orderNum)
        }
        if let charge = account.charge, charge != before.charge { try write(charge) }
    }

    private func write(_ payment: Payment, over before: Payment?) throws {
        // A payment that follows a voided one leaves that where it was counted.
        let old = before?.id == payment.id ? before?.summed : nil
        try Self.sums.move(db, from: old, to: payment.summed, began: payment.accepted)
        try db.cachedStatement(
            sql: """
                INSERT INTO payments (payment_id, order_num, method, price, charged, state, reason, origin,
                  flow, accepted, updated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (payment_id) DO UPDATE SET charged = excluded.charged, state = excluded.state,
                  reason = excluded.reason, updated = excluded.updated
                """
        ).execute(arguments: [
            payment.id, payment.orderNum, payment.method, payment.price.description,
            payment.charged?.description, payment.state.rawValue, payment.reason, payment.origin.rawValue,
            payment.flow, payment.accepted.microseconds, payment.updated.microseconds,
        ])
    }

    private func write(_ request: PaymentRequest, of orderNum: String) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO payment_requests (order_num, key, token, offer, flow, execution,
                  scheduled_event_id, state, payment_id, message_id, created)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (order_num, key) DO UPDATE SET state = excluded.state,
                  payment_id = excluded.payment_id, message_id = excluded.message_id
                """
        ).execute(arguments: [
            orderNum, request.key, request.token, request.offer.joined(separator: ","), request.flow,
            request.execution, request.scheduledEventID, request.state.rawValue, request.paymentID,
            request.messageID, request.created.microseconds,
        ])
    }

    private func write(_ charge: Charge) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO charges (order_num, key, payment_id, method, price, amount, state, refusal_name,
                  refusal_message, message_id, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (order_num) DO UPDATE SET state = excluded.state,
                  refusal_name = excluded.refusal_name, refusal_message = excluded.refusal_message,
                  message_id = excluded.message_id
                """
        ).execute(arguments: [
            charge.orderNum, charge.key, charge.paymentID, charge.method, charge.price.description,
            charge.amount.description, charge.state.rawValue, charge.refusal?.name.text,
            charge.refusal?.message, charge.messageID, charge.created.microseconds,
        ])
    }
}

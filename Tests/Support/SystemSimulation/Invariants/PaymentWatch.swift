import GRDB
import PaymentGatewayAPI
import ServiceLedger

/// A payment as payment-gateway has committed it.
struct PaymentModel: Hashable {
    let id: String
    let order: String
    let method: String
    let price: String
    let origin: String
    var state: PaymentState
    var charged: String?
}

/// The one charge of an order.
struct ChargeModel: Hashable {
    let order: String
    let payment: String
    let method: String
    let amount: String
    var state: String
}

/// Follows the money: each change as it is committed, and all of it after each restart.
final class PaymentWatch: @unchecked Sendable { // touched by the one thread of the simulation only
    private let system: SimulatedSystem
    private(set) var payments: [String: PaymentModel] = [:]
    private(set) var charges: [String: ChargeModel] = [:]
    private var commitsSeen: Int64 = -1
    private(set) var pending = 0

    init(_ system: SimulatedSystem) { self.system = system }

    func inspect(_ store: GroupCommit, isFirst: Bool) {
        guard isFirst || store.commits != commitsSeen else { return }
        commitsSeen = store.commits
        do {
            let (payments, charges, waiting) = try store.read { db in
                (try Self.payments(db), try Self.charges(db), try OrderWatch.outboxCount(db))
            }
            pending = waiting
            comparePayments(payments)
            compareCharges(charges)
        } catch { system.note("the payments can't be read: \(error)") }
    }

    private static func payments(_ db: Database) throws -> [PaymentModel] {
        let statement = try db.cachedStatement(
            sql:
                "SELECT payment_id, order_num, method, price, origin, state, charged FROM payments ORDER BY id"
        )
        return try Row.fetchAll(statement).compactMap { row in
            guard let state = PaymentState(rawValue: row[5]) else { return nil }
            return PaymentModel(
                id: row[0], order: row[1], method: row[2], price: row[3], origin: row[4], state: state,
                charged: row[6])
        }
    }

    private static func charges(_ db: Database) throws -> [ChargeModel] {
        let statement = try db.cachedStatement(
            sql: "SELECT order_num, payment_id, method, amount, state FROM charges ORDER BY order_num")
        return try Row.fetchAll(statement).map {
            ChargeModel(order: $0[0], payment: $0[1], method: $0[2], amount: $0[3], state: $0[4])
        }
    }

    private func comparePayments(_ found: [PaymentModel]) {
        var missing = Set(payments.keys)
        for payment in found {
            missing.remove(payment.id)
            let known = payments.updateValue(payment, forKey: payment.id)
            guard known != payment else { continue }
            system.note("payment of \(payment.order) \(payment.state.rawValue) \(payment.charged ?? "-")")
            guard let known else { continue }
            guard known.state == payment.state || known.state.reaches(payment.state) else {
                return system.fail(
                    "the payment of \(payment.order) was \(known.state.rawValue) and is "
                        + payment.state.rawValue)
            }
            guard known.charged == nil || known.charged == payment.charged else {
                return system.fail("\(payment.order) was charged \(known.charged ?? ""), now another amount")
            }
        }
        if let id = missing.min() {
            system.fail("the payment of \(payments[id]?.order ?? id) was committed and is gone")
        }
    }

    private func compareCharges(_ found: [ChargeModel]) {
        var missing = Set(charges.keys)
        for charge in found {
            missing.remove(charge.order)
            let known = charges.updateValue(charge, forKey: charge.order)
            guard known != charge else { continue }
            system.note("charge of \(charge.order) \(charge.amount) \(charge.state)")
            if let fault = fault(of: charge, after: known) { return system.fail(fault) }
        }
        if let order = missing.min() { system.fail("the charge of \(order) was committed and is gone") }
    }

    private func fault(of charge: ChargeModel, after known: ChargeModel?) -> String? {
        if let known {
            guard known.payment == charge.payment, known.amount == charge.amount else {
                return "\(charge.order) was charged twice: \(known.amount), then \(charge.amount)"
            }
            return known.state == "pending" || known.state == charge.state
                ? nil : "the charge of \(charge.order) was \(known.state) and is \(charge.state)"
        }
        guard let payment = payments[charge.payment], payment.order == charge.order else {
            return "\(charge.order) is charged without a payment"
        }
        guard payment.origin == "buyer", payment.method == charge.method else {
            return "\(charge.order) is charged by \(charge.method) and nobody paid so"
        }
        guard system.promises.hasOffered(payment) else {
            return "\(charge.order) is charged \(charge.amount), which no buyer has offered"
        }
        return nil
    }
}

extension PaymentState {
    fileprivate func reaches(_ other: PaymentState) -> Bool {
        switch (self, other) {
        case (.accepted, _): true
        case (.confirmed, .charged), (.confirmed, .voided), (.confirmed, .refundDue): true
        case (.charged, .refundDue): true
        default: false
        }
    }
}

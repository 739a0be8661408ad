import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol

/// The gateway's refusals as they are answered.
extension RPCError {
    static func paymentConflict(with payment: Payment) -> RPCError {
        conflict("paid by \(payment.method) with \(payment.price)", payment.orderNum, payment.id)
    }

    static func paymentConflict(with charge: Charge) -> RPCError {
        conflict("charged by \(charge.method) for \(charge.price)", charge.orderNum, charge.paymentID)
    }

    private static func conflict(_ fact: String, _ orderNum: String, _ paymentID: String) -> RPCError {
        RPCError(
            .paymentConflict, "order \(orderNum) is already \(fact); an order is paid once",
            details: ["orderNum": .string(orderNum), "paymentId": .string(paymentID)])
    }

    static func methodNotOffered(_ method: String, offer: [String]) -> RPCError {
        RPCError(
            .methodNotOffered,
            "\(method) is not on offer for this order; choose \(offer.joined(separator: " or "))",
            details: ["offer": .array(offer.map { .string($0) })])
    }

    static func priceMismatch(_ price: DecimalNumber, total: DecimalNumber) -> RPCError {
        RPCError(
            .priceMismatch, "the order costs \(total), not \(price)",
            details: ["total": .string(total.description)])
    }

    static func orderClosed(_ order: OrderRecord) -> RPCError {
        let why = order.reason.map { " (\($0))" } ?? ""
        return RPCError(
            .orderClosed,
            "order \(order.orderNum) is \(order.status.rawValue)\(why); it takes no payment any more",
            details: ["status": .string(order.status.rawValue)])
    }

    static func emptyParameter(_ name: String) -> RPCError {
        RPCError(.invalidPayment, "\(name) is empty", details: ["path": .string(name)])
    }
}

import OrderStoreAPI
import Primitives
import RPCProtocol

/// Why an order can not be changed or shown.
enum OrderStoreError: Error, Sendable, Hashable {
    case invalid(_ parameter: String, _ reason: String)
    case notExists(String)
    case conflict(String, _ reason: String)
    case closed(String, OrderStatus, _ reason: String?)
    case priceMismatch(String, total: DecimalNumber, paid: DecimalNumber)
    case invalidProduct(_ parameter: String, _ reason: String)
    case supplierNotExists(String)
    case sequenceNotKept(Int64, kept: ClosedRange<Int64>)
    /// A row that this program can not have written.
    case unreadable(String, _ reason: String)
    case unreadableProduct(String, _ reason: String)
}

extension OrderStoreError {
    /// As the answer to a request.
    var rpcError: RPCError {
        switch self {
        case .invalid(let parameter, let reason):
            return RPCError(.invalidOrder, "\(parameter) \(reason)", details: ["path": .string(parameter)])
        case .invalidProduct(let parameter, let reason):
            return RPCError(.invalidProduct, "\(parameter) \(reason)", details: ["path": .string(parameter)])
        case .supplierNotExists(let supplier):
            return RPCError(
                .supplierNotExists,
                "the catalogue has no supplier \(supplier); put it in by "
                    + "`fnfctl product supplier \(supplier) --name-en NAME --name-zh NAME`",
                details: ["supplier": .string(supplier)])
        case .sequenceNotKept(let sequence, let kept):
            return RPCError(
                .sequenceNotKept,
                "changes can be followed after \(kept.lowerBound) to \(kept.upperBound), not after "
                    + "\(sequence); list the orders and go on from the sequence of the list",
                details: ["sequence": .integer(kept.upperBound)])
        case .notExists(let number):
            return RPCError(
                .orderNotExists, "there is no order \(number); `fnfctl order list` shows them",
                details: ["orderNum": .string(number)])
        case .conflict(let number, let reason):
            return RPCError(
                .orderConflict, "order \(number): \(reason)", details: ["orderNum": .string(number)])
        case .closed(let number, let status, let reason):
            let because = reason.map { ": \($0)" } ?? ""
            return RPCError(
                .orderClosed, "order \(number) is \(status.rawValue)\(because)",
                details: ["orderNum": .string(number), "status": .string(status.rawValue)])
        case .priceMismatch(let number, let total, let paid):
            return RPCError(
                .priceMismatch, "order \(number) costs \(total), not \(paid)",
                details: [
                    "orderNum": .string(number), "total": .string(total.description),
                    "paid": .string(paid.description),
                ])
        case .unreadable(let number, let reason):
            return RPCError(.internalFault, "the row of order \(number) can not be read: \(reason)")
        case .unreadableProduct(let product, let reason):
            return RPCError(.internalFault, "the row of product \(product) can not be read: \(reason)")
        }
    }

    /// Runs `body` so that a refusal leaves it as the caller's answer. Everything else it throws is the
    /// database's.
    static func answering<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let refusal as OrderStoreError { throw refusal.rpcError }
    }
}

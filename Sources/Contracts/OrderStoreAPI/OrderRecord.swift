package import Primitives
package import RPCProtocol

/// An order and what became of it. Money is a decimal in a string.
package struct OrderRecord: WireRecord {
    package var orderNum: String = ""
    package var supplier: String = ""
    package var products: String = ""
    package var items: [OrderLine] = []
    package var address: String = ""
    package var total: DecimalNumber?
    package var flow: String = ""
    package var status: OrderStatus = .submitted
    package var paymentMethods: [String] = []
    package var paymentMethod: String?
    package var price: DecimalNumber?
    package var reason: String?
    package var submittedTime: String = ""
    package var closedTime: String?
    package var started: Bool = false
    package var trouble: String?
    package var changes: [OrderChange] = []

    package init() {}

    package static let fields: [WireField<OrderRecord>] = [
        .required("orderNum", \.orderNum),
        .required("supplier", \.supplier),
        .required("products", \.products),
        .defaulted("items", \.items, "Names and prices as they were when it was submitted"),
        .required("address", \.address),
        .optional("total", \.total, "When it has one, no other price is taken"),
        .required(
            "flow", \.flow,
            "The flow that processes the order; the execution is named by the order number"),
        .required("status", \.status),
        .defaulted("paymentMethods", \.paymentMethods, "On offer for this supplier"),
        .optional("paymentMethod", \.paymentMethod, "The one that was charged"),
        .optional("price", \.price, "Charged, after discount"),
        .optional("reason", \.reason, "Why it was canceled or failed"),
        .required("submittedTime", \.submittedTime),
        .optional("closedTime", \.closedTime),
        .defaulted("started", \.started, "Whether the engine has acknowledged the start"),
        .optional("trouble", \.trouble, "What keeps it from starting"),
        .defaulted("changes", \.changes, "Oldest first"),
    ]
}

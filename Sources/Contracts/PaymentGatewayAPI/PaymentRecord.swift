package import Primitives
package import RPCProtocol

/// A payment and what became of it. Money is a decimal in a string.
package struct PaymentRecord: WireRecord {
    package var paymentId: String = ""
    package var orderNum: String = ""
    package var paymentMethod: String = ""
    package var price: DecimalNumber = .zero
    package var charged: DecimalNumber?
    package var state: PaymentState = .accepted
    package var reason: String?
    package var acceptedTime: String = ""
    package var updatedTime: String = ""
    package var origin: String = "buyer"

    package init() {}

    package static let fields: [WireField<PaymentRecord>] = [
        .required("paymentId", \.paymentId),
        .required("orderNum", \.orderNum),
        .required("paymentMethod", \.paymentMethod),
        .required("price", \.price, "What the buyer agreed to, before discount"),
        .optional("charged", \.charged, "After discount"),
        .required("state", \.state),
        .optional("reason", \.reason, "Why it was voided or is due back"),
        .required("acceptedTime", \.acceptedTime),
        .required("updatedTime", \.updatedTime),
        .defaulted("origin", \.origin, "buyer, or flow when the flow charged what no buyer had paid here"),
    ]
}

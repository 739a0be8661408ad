package import Primitives
package import RPCProtocol

/// What an order costs by each method on offer, and whether it can be paid now. Nothing is changed.
///
/// The amounts are what ChargeOrder will charge: both ask the same price list.
package enum QuotePayment: RPCMethod {
    package struct Params: WireRecord {
        package var orderNum: String = ""
        package var price: DecimalNumber?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("orderNum", \.orderNum),
            .optional(
                "price", \.price, "Needed where the order has no total; another than the total is refused"),
        ]
    }

    package struct Result: WireRecord {
        package var orderNum: String = ""
        package var total: DecimalNumber?
        package var quotes: [PaymentQuote] = []
        package var request: PaymentRequestState = .notAsked
        package var payable: Bool = false
        package var reason: String?
        package var payment: PaymentRecord?

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("orderNum", \.orderNum),
            .optional("total", \.total, "Of the order, when it has one"),
            .required("quotes", \.quotes, "In the order of the offer; empty until methods are on offer"),
            .required("request", \.request, "Where the flow's newest request for the payment stands"),
            .required("payable", \.payable, "Whether PayOrder takes a payment by one of the quotes now"),
            .optional("reason", \.reason, "Why it does not, in a sentence"),
            .optional("payment", \.payment, "The newest payment of the order, whatever became of it"),
        ]
    }

    package static let summary = "Quotes an order by each method on offer"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [
        .invalidPayment, "OrderNotExists", "PriceMismatch", .serviceUnavailable,
    ]
    package static let exampleParams = Params.with { $0.orderNum = "o-1" }
    package static let exampleResult = Result.with {
        $0.orderNum = "o-1"
        $0.total = DecimalNumber(100)
        $0.quotes = [
            .with {
                $0.paymentMethod = "zhifubao"
                $0.labelEn = "Alipay"
                $0.labelZh = "支付宝"
                $0.price = DecimalNumber(100)
                $0.factor = DecimalNumber("0.8")
                $0.percentOff = DecimalNumber(20)
                $0.charged = DecimalNumber(80)
            }
        ]
        $0.request = .open
        $0.payable = true
    }
}

/// What one method costs.
package struct PaymentQuote: WireRecord {
    package var paymentMethod: String = ""
    package var labelEn: String = ""
    package var labelZh: String = ""
    package var price: DecimalNumber?
    package var factor: DecimalNumber?
    package var percentOff: DecimalNumber?
    package var charged: DecimalNumber?
    package var fault: String?

    package init() {}

    package static let fields: [WireField<PaymentQuote>] = [
        .required("paymentMethod", \.paymentMethod),
        .required("labelEn", \.labelEn),
        .required("labelZh", \.labelZh),
        .optional("price", \.price, "Before discount; missing where neither order nor caller names one"),
        .optional("factor", \.factor, "What is charged is price × factor"),
        .optional("percentOff", \.percentOff, "The same as a discount: 20 for the factor 0.8"),
        .optional("charged", \.charged, "After discount"),
        .optional("fault", \.fault, "Why nothing can be charged by this method, although it is on offer"),
    ]
}

/// Where the flow's newest request for the payment of an order stands.
package enum PaymentRequestState: String, WireWord, Hashable {
    /// The flow has not asked yet; a payment is taken all the same and waits for it.
    case notAsked
    /// The flow waits for a payment.
    case open
    /// A payment is on its way to the engine.
    case reported
    /// The engine took the payment.
    case confirmed
    /// The engine wanted no payment any more.
    case refused
    /// The execution ended before anybody paid.
    case ended
}

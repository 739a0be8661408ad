package import RPCProtocol

/// Payments, newest first; filters are joined by and.
package enum ListPayments: RPCMethod {
    package struct Params: WireRecord {
        package var orderNum: String?
        package var state: PaymentState?
        package var paymentMethod: String?
        package var search: String?
        package var nextToken: String?
        package var limit: Int64?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .optional("orderNum", \.orderNum),
            .optional("state", \.state),
            .optional("paymentMethod", \.paymentMethod),
            .optional("search", \.search, "Text in order number, payment id, method or reason"),
            .optional("nextToken", \.nextToken),
            .optional("limit", \.limit, "1 to 1000, 60 if not given"),
        ]
    }

    package struct Result: WireRecord {
        package var payments: [PaymentRecord] = []
        package var nextToken: String?

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("payments", \.payments),
            .optional(
                "nextToken", \.nextToken,
                "Also after a page that ended early, even an empty one: a search reads a part at a time"),
        ]
    }

    package static let summary = "Lists payments, newest first"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [.invalidPayment]
    package static let exampleParams = Params.with {
        $0.orderNum = "o-1"
    }
    package static let exampleResult = Result.with {
        $0.payments = [PayOrder.exampleResult]
    }
}

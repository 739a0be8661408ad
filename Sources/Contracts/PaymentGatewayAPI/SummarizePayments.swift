package import Primitives
package import RPCProtocol

/// Payments by state and method with their money in exact decimals. Sums are kept, not counted.
package enum SummarizePayments: RPCMethod {
    package struct Params: WireRecord {
        package var since: Timestamp?
        package var until: Timestamp?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .optional(
                "since", \.since,
                "Payments accepted from then on; the quarter of an hour that it lies in counts whole"),
            .optional(
                "until", \.until,
                "Payments accepted before; the quarter of an hour that it lies in counts whole"),
        ]
    }

    package struct Result: WireRecord {
        package var sums: [PaymentSum] = []
        package var since: Timestamp?
        package var until: Timestamp?

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("sums", \.sums, "By state, then method; those of which there are none are left out"),
            .optional("since", \.since, "The moment that was counted from"),
            .optional("until", \.until, "The moment that was counted up to"),
        ]
    }

    package static let summary = "Sums payments by state and method"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [.invalidPayment]
    package static let exampleParams = Params()
    package static let exampleResult = Result.with {
        $0.sums = [
            .with {
                $0.state = .charged
                $0.paymentMethod = "zhifubao"
                $0.count = 2
                $0.price = DecimalSum(DecimalNumber(200))
                $0.charged = DecimalSum(DecimalNumber(160))
            }
        ]
    }
}

/// The payments of one state and method.
package struct PaymentSum: WireRecord {
    package var state: PaymentState = .accepted
    package var paymentMethod: String = ""
    package var count: Int64 = 0
    package var price = DecimalSum()
    package var charged = DecimalSum()

    package init() {}

    package static let fields: [WireField<PaymentSum>] = [
        .required("state", \.state),
        .required(
            "paymentMethod", \.paymentMethod,
            "Empty for all the methods together that the gateway does not charge by"),
        .required("count", \.count),
        .required("price", \.price, "Before discount"),
        .required("charged", \.charged, "After discount, of those that were charged"),
    ]
}

package import Primitives
package import RPCProtocol

/// Charges an order with its method's discount; a function of the flow.
///
/// Answers after order-store has noted the charge. A repeat is answered as the first and charges nothing.
package enum ChargeOrder: RPCMethod {
    package struct Params: WireRecord {
        package var orderNum: String = ""
        package var paymentMethod: String = ""
        package var price: String = ""
        package var taskToken: String?

        package init() {}

        /// The step that calls may carry more of the flow's data than this method reads.
        package static let acceptsOtherMembers = true

        package static let fields: [WireField<Params>] = [
            .required("orderNum", \.orderNum),
            .required("paymentMethod", \.paymentMethod),
            .required("price", \.price, "Decimal, before discount"),
            .optional("taskToken", \.taskToken),
        ]
    }

    package struct Result: WireRecord {
        package var status: String = "ok"
        package var charged: DecimalNumber = .zero

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Status", \.status, "ok, as the demo's functions answer"),
            .required("charged", \.charged, "After discount"),
        ]
    }

    package static let summary = "Charges an order"
    package static let roles: Set<RPCRole> = [.task]
    package static let errors: [RPCErrorName] = [.invalidPayment, .paymentConflict, .unknownPaymentMethod]
    package static let exampleParams = Params.with {
        $0.orderNum = "o-1"
        $0.paymentMethod = "zhifubao"
        $0.price = "100"
    }
    package static let exampleResult = Result.with {
        $0.charged = DecimalNumber(80)
    }
}

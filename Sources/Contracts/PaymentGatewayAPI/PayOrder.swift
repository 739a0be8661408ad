package import Primitives
package import RPCProtocol

/// Takes the buyer's payment, at most one an order.
///
/// Durability: accepted money is on disk when this returns. Answers when the engine has taken or refused it,
/// after 2 s with state `accepted` (pending). The same content again: the same answer; other content:
/// `PaymentConflict`.
package enum PayOrder: RPCMethod {
    package struct Params: WireRecord {
        package var orderNum: String = ""
        package var paymentMethod: String = ""
        package var price: DecimalNumber = .zero

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("orderNum", \.orderNum),
            .required("paymentMethod", \.paymentMethod),
            .required("price", \.price, "Positive"),
        ]
    }

    package typealias Result = PaymentRecord

    package static let summary = "Pays an order"
    package static let kind = RPCMethodKind.longPoll
    package static let roles: Set<RPCRole> = [.operate]
    package static let errors: [RPCErrorName] = [
        .invalidPayment, "OrderNotExists", "OrderClosed", .methodNotOffered, "PriceMismatch",
        .paymentConflict, .serviceUnavailable,
    ]
    package static let exampleParams = Params.with {
        $0.orderNum = "o-1"
        $0.paymentMethod = "zhifubao"
        $0.price = DecimalNumber(100)
    }
    package static let exampleResult = Result.with {
        $0.paymentId = "p-1"
        $0.orderNum = "o-1"
        $0.paymentMethod = "zhifubao"
        $0.price = DecimalNumber(100)
        $0.acceptedTime = "2026-11-23T09:30:00.000Z"
        $0.updatedTime = "2026-11-23T09:30:00.000Z"
    }
}

package import Primitives
package import RPCProtocol

/// Notes that the order was charged.
///
/// A repeat is answered as the first; another method or price for a paid order is `OrderConflict`; a closed
/// order `OrderClosed`.
package enum RecordPayment: RPCMethod {
    package struct Params: WireRecord {
        package var orderNum: String = ""
        package var paymentMethod: String = ""
        package var price: DecimalNumber = .zero
        package var paid: DecimalNumber = .zero

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("orderNum", \.orderNum),
            .required("paymentMethod", \.paymentMethod),
            .required("price", \.price, "After discount"),
            .required("paid", \.paid, "Before discount: must equal the total of the order, if it has one"),
        ]
    }

    package typealias Result = OrderRecord

    package static let summary = "Notes what was charged"
    package static let roles: Set<RPCRole> = [.service]
    package static let errors: [RPCErrorName] = [
        .orderNotExists, .orderClosed, .orderConflict, .priceMismatch, .invalidOrder,
    ]
    package static let exampleParams = Params.with {
        $0.orderNum = "o-1"
        $0.paymentMethod = "zhifubao"
        $0.price = DecimalNumber(80)
        $0.paid = DecimalNumber(100)
    }
    package static let exampleResult = Result.with {
        $0.orderNum = "o-1"
        $0.supplier = "haidilao"
        $0.products = "beef,lotus root"
        $0.address = "West Lake 1"
        $0.flow = "OrderDemo-Jiyuan"
        $0.submittedTime = "2026-11-23T09:30:00.000Z"
    }
}

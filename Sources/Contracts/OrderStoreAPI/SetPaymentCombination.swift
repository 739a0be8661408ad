package import Primitives
package import RPCProtocol

/// Notes which payment methods the supplier offers for this order. A repeat is answered as the first.
package enum SetPaymentCombination: RPCMethod {
    package struct Params: WireRecord {
        package var orderNum: String = ""
        package var paymentcombination: String = ""
        package var price: DecimalNumber = .zero

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("orderNum", \.orderNum),
            .required("paymentcombination", \.paymentcombination, "Names separated by commas"),
            .defaulted("price", \.price, "0 in this call, as in the demo"),
        ]
    }

    package typealias Result = OrderRecord

    package static let summary = "Notes the payment methods on offer"
    package static let roles: Set<RPCRole> = [.service]
    package static let errors: [RPCErrorName] = [.orderNotExists, .orderClosed, .invalidOrder]
    package static let exampleParams = Params.with {
        $0.orderNum = "o-1"
        $0.paymentcombination = "zhifubao,weixin"
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

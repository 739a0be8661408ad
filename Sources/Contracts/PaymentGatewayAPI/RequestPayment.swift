package import RPCProtocol

/// Takes the flow's wish for a payment: remembers the task token under the order number. A topic's method.
///
/// Durability: the request is on disk when this returns, and paired with the buyer's payment whichever came
/// first.
package enum RequestPayment: RPCMethod {
    package struct Params: WireRecord {
        package var taskToken: String = ""
        package var orderNum: String = ""
        package var paymentcombination: String = ""
        package var type: String?

        package init() {}

        /// The step that calls may carry more of the flow's data than this method reads.
        package static let acceptsOtherMembers = true

        package static let fields: [WireField<Params>] = [
            .required("taskToken", \.taskToken),
            .required("orderNum", \.orderNum),
            .required("paymentcombination", \.paymentcombination, "Names separated by commas"),
            .optional("type", \.type),
        ]
    }

    package typealias Result = NoFields

    package static let summary = "Asks for the payment of an order"
    package static let roles: Set<RPCRole> = [.task]
    package static let errors: [RPCErrorName] = [.invalidPayment]
    package static let exampleParams = Params.with {
        $0.taskToken = "dG9rZW4"
        $0.orderNum = "o-1"
        $0.paymentcombination = "zhifubao,weixin"
    }
    package static let exampleResult = Result()
}

package import RPCProtocol

/// Finds the payment methods for an order, notes them in order-store, reports them to the engine. A topic's
/// method.
///
/// Answers only after both have answered; until then the engine delivers again. A repeat is answered from the
/// ledger.
package enum GenerateInfo: RPCMethod {
    package struct Params: WireRecord {
        package var taskToken: String = ""
        package var orderNum: String = ""
        package var supplier: String = ""
        package var products: String = ""
        package var address: String = ""
        package var type: String?

        package init() {}

        /// The step that calls may carry more of the flow's data than this method reads.
        package static let acceptsOtherMembers = true

        package static let fields: [WireField<Params>] = [
            .required("taskToken", \.taskToken),
            .required("orderNum", \.orderNum),
            .required("supplier", \.supplier),
            .defaulted("products", \.products),
            .defaulted("address", \.address),
            .optional("type", \.type),
        ]
    }

    package typealias Result = NoFields

    package static let summary = "Finds the payment methods for an order"
    package static let roles: Set<RPCRole> = [.task]
    package static let errors: [RPCErrorName] = [.serviceUnavailable, .invalidRule]
    package static let exampleParams = Params.with {
        $0.taskToken = "dG9rZW4"
        $0.orderNum = "o-1"
        $0.supplier = "haidilao"
    }
    package static let exampleResult = Result()
}

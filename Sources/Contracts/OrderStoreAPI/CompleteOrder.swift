package import RPCProtocol

/// Closes an order as completed; a task of the flow. A repeat is answered as the first.
package enum CompleteOrder: RPCMethod {
    package struct Params: WireRecord {
        package var orderNum: String = ""

        package init() {}

        /// The step that calls may carry more of the flow's data than this method reads.
        package static let acceptsOtherMembers = true

        package static let fields: [WireField<Params>] = [
            .required("orderNum", \.orderNum)
        ]
    }

    package struct Result: WireRecord {
        package var orderNum: String = ""
        package var status: String = "ok"
        package var orderStatus: OrderStatus = .completed

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("orderNum", \.orderNum),
            .required("Status", \.status, "ok, as the demo's functions answer"),
            .required("orderStatus", \.orderStatus),
        ]
    }

    package static let summary = "Closes an order as completed"
    package static let roles: Set<RPCRole> = [.task]
    package static let errors: [RPCErrorName] = [.orderNotExists, .orderConflict]
    package static let exampleParams = Params.with {
        $0.orderNum = "o-1"
    }
    package static let exampleResult = Result.with {
        $0.orderNum = "o-1"
    }
}

package import RPCProtocol

/// The order now and after each change; ends when it is closed.
package enum WatchOrder: RPCStreamMethod {
    package struct Params: WireRecord {
        package var orderNum: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("orderNum", \.orderNum)
        ]
    }

    package typealias Result = OrderRecord

    package typealias Item = OrderRecord

    package static let summary = "Follows one order until it is closed"
    package static let roles: Set<RPCRole> = [.read]
    package static let errors: [RPCErrorName] = [.orderNotExists, .slowConsumer]
    package static let exampleParams = Params.with {
        $0.orderNum = "o-1"
    }
    package static let exampleResult = Result.with {
        $0.orderNum = "o-1"
        $0.supplier = "haidilao"
        $0.products = "beef,lotus root"
        $0.address = "West Lake 1"
        $0.flow = "OrderDemo-Jiyuan"
        $0.submittedTime = "2026-11-23T09:30:00.000Z"
    }
    package static let exampleItem = Item.with {
        $0.orderNum = "o-1"
        $0.supplier = "haidilao"
        $0.products = "beef,lotus root"
        $0.address = "West Lake 1"
        $0.flow = "OrderDemo-Jiyuan"
        $0.submittedTime = "2026-11-23T09:30:00.000Z"
    }
}

package import RPCProtocol

/// The order as it is.
package enum DescribeOrder: RPCMethod {
    package struct Params: WireRecord {
        package var orderNum: String = ""
        package var withoutChanges: Bool?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("orderNum", \.orderNum),
            .optional(
                "withoutChanges", \.withoutChanges, "Leaves the change log out"),
        ]
    }

    package typealias Result = OrderRecord

    package static let summary = "Shows one order"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [.orderNotExists]
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
}

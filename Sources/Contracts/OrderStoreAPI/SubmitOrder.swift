package import Primitives
package import RPCProtocol

/// Stores an order, then starts the execution named by its number.
///
/// Durability: the order is on disk when this returns; the start follows even across a crash. A repeat with
/// the same content answers the same order, with other content `OrderConflict`. With items the catalogue's
/// names and prices are kept with the order, and products and total are made of them.
package enum SubmitOrder: RPCMethod {
    package struct Params: WireRecord {
        package var orderNum: String = ""
        package var supplier: String = ""
        package var products: String = ""
        package var items: [OrderItem]?
        package var address: String = ""
        package var total: DecimalNumber?
        package var flow: String?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("orderNum", \.orderNum, "Made by the client: letters, digits, _ and -, at most 128"),
            .required("supplier", \.supplier),
            .defaulted("products", \.products, "Separated by commas; left out when there are items"),
            .optional("items", \.items, "1 to 50, each product once"),
            .required("address", \.address),
            .optional("total", \.total, "When given, no other price is taken; with items their sum"),
            .optional("flow", \.flow, "Another flow than the configured one"),
        ]
    }

    package typealias Result = OrderRecord

    package static let summary = "Submits an order"
    package static let roles: Set<RPCRole> = [.operate]
    package static let errors: [RPCErrorName] = [.invalidOrder, .orderConflict]
    package static let exampleParams = Params.with {
        $0.orderNum = "o-1"
        $0.supplier = "haidilao"
        $0.products = "beef,lotus root"
        $0.address = "West Lake 1"
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

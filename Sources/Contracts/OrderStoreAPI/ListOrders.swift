package import RPCProtocol

/// Orders, newest first; filters are joined by and.
package enum ListOrders: RPCMethod {
    package struct Params: WireRecord {
        package var status: OrderStatus?
        package var supplier: String?
        package var search: String?
        package var nextToken: String?
        package var limit: Int64?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .optional("status", \.status),
            .optional("supplier", \.supplier),
            .optional("search", \.search, "Text in number, products, address or supplier"),
            .optional("nextToken", \.nextToken),
            .optional("limit", \.limit, "1 to 1000, 60 if not given"),
        ]
    }

    package struct Result: WireRecord {
        package var orders: [OrderRecord] = []
        package var nextToken: String?
        package var sequence: Int64 = 0

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("orders", \.orders, "Without changes"),
            .optional(
                "nextToken", \.nextToken,
                "Also after a page that ended early, even an empty one: a search reads a part at a time"),
            .defaulted("sequence", \.sequence, "Where WatchOrders goes on from here"),
        ]
    }

    package static let summary = "Lists orders, newest first"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [.invalidOrder]
    package static let exampleParams = Params.with {
        $0.supplier = "haidilao"
    }
    package static let exampleResult = Result.with {
        $0.orders = [DescribeOrder.exampleResult]
    }
}

package import Primitives
package import RPCProtocol

/// How many orders stand where, and their money in exact decimals. Counts are kept, not counted: as fast with
/// a million orders.
package enum SummarizeOrders: RPCMethod {
    package struct Params: WireRecord {
        package var supplier: String?
        package var since: Timestamp?
        package var until: Timestamp?
        package var bySupplier: Bool = false

        package init() {}

        package static let fields: [WireField<Params>] = [
            .optional("supplier", \.supplier, "All suppliers when missing"),
            .optional(
                "since", \.since,
                "Orders submitted from then on; the quarter of an hour that it lies in counts whole"),
            .optional(
                "until", \.until,
                "Orders submitted before; the quarter of an hour that it lies in counts whole"),
            .defaulted("bySupplier", \.bySupplier, "Also each supplier by itself"),
        ]
    }

    package struct Result: WireRecord {
        package var sums: [OrderSum] = []
        package var suppliers: [SupplierOrderSum] = []
        package var suppliersLeftOff: Int64 = 0
        package var since: Timestamp?
        package var until: Timestamp?
        package var sequence: Int64 = 0

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("sums", \.sums, "One for each status, in the order of an order's life"),
            .defaulted(
                "suppliers", \.suppliers, "With bySupplier: those with most orders first, at most 100"),
            .defaulted("suppliersLeftOff", \.suppliersLeftOff, "How many more there are"),
            .optional("since", \.since, "The moment that was counted from"),
            .optional("until", \.until, "The moment that was counted up to"),
            .required("sequence", \.sequence, "Where WatchOrders goes on from here"),
        ]
    }

    package static let summary = "Counts orders by status, with their money"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [.invalidOrder]
    package static let exampleParams = Params.with {
        $0.supplier = "haidilao"
    }
    package static let exampleResult = Result.with {
        $0.sums = [
            .with {
                $0.status = .completed
                $0.count = 2
                $0.total = DecimalSum(DecimalNumber(200))
                $0.charged = DecimalSum(DecimalNumber(160))
            }
        ]
        $0.sequence = 8
    }
}

/// The orders of one status.
package struct OrderSum: WireRecord {
    package var status: OrderStatus = .submitted
    package var count: Int64 = 0
    package var total = DecimalSum()
    package var charged = DecimalSum()

    package init() {}

    package static let fields: [WireField<OrderSum>] = [
        .required("status", \.status),
        .required("count", \.count),
        .required("total", \.total, "Of those orders that have a total"),
        .required("charged", \.charged, "After discount, of those that were charged"),
    ]
}

/// The orders of one supplier by status.
package struct SupplierOrderSum: WireRecord {
    package var supplier: String = ""
    package var sums: [OrderSum] = []

    package init() {}

    package static let fields: [WireField<SupplierOrderSum>] = [
        .required("supplier", \.supplier),
        .required("sums", \.sums, "One for each status, in the order of an order's life"),
    ]
}

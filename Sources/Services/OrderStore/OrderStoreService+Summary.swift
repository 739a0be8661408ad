import GRDB
import OrderStoreAPI
import Primitives
import RPCProtocol
import ServiceLedger

/// All orders at a glance.
extension OrderStoreService {
    /// Suppliers in one answer; a merchant looks at one or at the largest.
    private static let suppliersShownMax = 100

    func summarize(_ params: SummarizeOrders.Params) throws(RPCError) -> SummarizeOrders.Result {
        let time = SummedTime(since: params.since, until: params.until)
        let (sums, sequence) = try read { db in
            do {
                return (
                    try OrderTable.sums.read(db, of: time, group: params.supplier),
                    try OrderFeedTable.last(db)
                )
            } catch is RunningSums.TooMany {
                throw OrderStoreError.invalid(
                    "since", "and until span too many suppliers and days; narrow them, or name a supplier")
            }
        }
        var result = SummarizeOrders.Result.with {
            $0.sums = Self.byStatus(sums)
            $0.since = time.since
            $0.until = time.until
            $0.sequence = sequence
        }
        guard params.bySupplier else { return result }
        let suppliers = Dictionary(grouping: sums, by: \.group).map { supplier, sums in
            (supplier: supplier, count: sums.reduce(0) { $0 + $1.count }, sums: sums)
        }.sorted { ($1.count, $0.supplier) < ($0.count, $1.supplier) }
        result.suppliers = suppliers.prefix(Self.suppliersShownMax).map { supplier in
            .with {
                $0.supplier = supplier.supplier
                $0.sums = Self.byStatus(supplier.sums)
            }
        }
        result.suppliersLeftOff = Int64(suppliers.count - result.suppliers.count)
        return result
    }

    /// One sum for each status, also where there is no order.
    private static func byStatus(_ sums: [RunningSum]) -> [OrderSum] {
        OrderStatus.allCases.map { status in
            var total = OrderSum.with { $0.status = status }
            for sum in sums where sum.state == status.rawValue {
                total.count += sum.count
                total.total.add(sum.amount)
                total.charged.add(sum.charged)
            }
            return total
        }
    }
}

import OrderStoreAPI
import Primitives
import RPCProtocol

/// How sums of orders and the lines of one are shown.
extension OrderReport {
    static func summary(_ answer: SummarizeOrders.Result) -> Report {
        var blocks: [Report.Block] = [.table(table(answer.sums))]
        for supplier in answer.suppliers {
            blocks += [.heading(supplier.supplier), .table(table(supplier.sums))]
        }
        return Report(json: answer.wire, names: answer.sums.map(\.status.rawValue), blocks: blocks)
    }

    private static func table(_ sums: [OrderSum]) -> Table {
        let rows = sums.filter { $0.count > 0 }.map { sum -> [Cell] in
            [
                Cell(state: sum.status.rawValue), Cell("\(sum.count)"),
                Cell(sum.total.formatted(minimumScale: 2)), Cell(sum.charged.formatted(minimumScale: 2)),
            ]
        }
        return Table(
            columns: [
                "Status", .init("Orders", isNumber: true), .init("Total", isNumber: true),
                .init("Charged", isNumber: true),
            ], rows: rows, empty: "there is no order")
    }

    static func items(_ items: [OrderLine]) -> Table {
        let rows = items.map { line -> [Cell] in
            [
                Cell(line.product), Cell("\(line.nameEn) (\(line.nameZh))"), Cell("\(line.quantity)"),
                Cell(line.price.formatted(minimumScale: 2)), Cell(line.amount.formatted(minimumScale: 2)),
            ]
        }
        return Table(
            columns: [
                "Product", .init("Name", isElastic: true), .init("Quantity", isNumber: true),
                .init("Price", isNumber: true), .init("Amount", isNumber: true),
            ], rows: rows)
    }
}

import GRDB
import OrderStoreAPI
import SQLiteStatements
import ServiceLedger

extension OrderTable {
    /// Orders by supplier and status.
    static let sums = RunningSums(table: "order_sums")

    /// Counts the orders that were there before sums were kept.
    static func sumAll(_ db: Database) throws {
        let staged = StagedSums(sums)
        try db.run(
            "SELECT \(columns) FROM orders",
            row: { row in
                let order = try order(row)
                staged.move(from: nil, to: order.summed, began: order.submitted)
                // Bounds what is held of many orders.
                if staged.changesHeld >= 4096 {
                    try staged.write(db)
                    staged.committed()
                }
            })
        try staged.write(db)
    }
}

extension Order {
    var summed: SummedRow {
        SummedRow(group: supplier, state: status.rawValue, amount: total, charged: payment?.price)
    }
}

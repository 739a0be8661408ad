import GRDB
import OrderStoreAPI
import ServiceLedger

extension OrderTable {
    /// Orders by supplier and status.
    static let sums = RunningSums(table: "order_sums")

    /// Counts the orders that were there before sums were kept.
    static func sumAll(_ db: Database) throws {
        let rows = try Row.fetchCursor(db, sql: "SELECT \(columns) FROM orders")
        while let row = try rows.next() {
            let order = try order(row)
            try sums.move(db, from: nil, to: order.summed, began: order.submitted)
        }
    }
}

extension Order {
    var summed: SummedRow {
        SummedRow(group: supplier, state: status.rawValue, amount: total, charged: payment?.price)
    }
}

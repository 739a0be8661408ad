import GRDB
import PaymentGatewayAPI
import SQLiteStatements
import ServiceLedger

/// Which payments a list shows; filters are joined by and.
struct PaymentQuery: Sendable, Hashable {
    /// A search, which no index helps, reads at most so many rows a page, so that it never holds up the loop
    /// for long; the page then ends early and the token goes on from there. Units: rows, about 2 µs each.
    static let rowsReadMax: Int64 = 20_000

    var orderNum: String?
    var state: PaymentState?
    var method: String?
    var search: String?
    /// Only payments with a smaller id.
    var before: Int64
    var limit: Int

    /// Whether each row that is read is one that is shown.
    var isIndexed: Bool { search?.isEmpty ?? true }
}

extension PaymentTable {
    func lastID() throws -> Int64 { try db.first("SELECT max(id) FROM payments") { $0.integer(0) } ?? 0 }

    /// Newest first. Reads ids from `before` down to `floor`.
    func list(_ query: PaymentQuery, floor: Int64) throws -> [(id: Int64, Payment)] {
        var filter = "id < ?1 AND id >= ?2"
        let narrowings = [
            ("order_num", query.orderNum), ("state", query.state?.rawValue), ("method", query.method),
        ]
        for (index, (column, value)) in narrowings.enumerated() where value != nil {
            filter += " AND \(column) = ?\(index + 4)"
        }
        if !query.isIndexed {
            let columns = ["order_num", "payment_id", "method", "coalesce(reason, '')"]
            filter +=
                " AND (" + columns.map { "instr(lower(\($0)), lower(?7))" }.joined(separator: " OR ") + ")"
        }
        return try db.all(
            "\(Self.paymentColumns) WHERE \(filter) ORDER BY id DESC LIMIT ?3",
            { row in
                row.set(1, query.before)
                row.set(2, floor)
                row.set(3, Int64(query.limit))
                for (index, (_, value)) in narrowings.enumerated() {
                    if let value { row.set(Int32(index + 4), value) }
                }
                if let text = query.search, !query.isIndexed { row.set(7, text) }
            },
            { row in (id: row.integer(0), try Self.payment(row)) })
    }
}

extension PaymentTable {
    /// Payments by method and state.
    static let sums = RunningSums(table: "payment_sums")

    /// Counts the payments that were there before sums were kept.
    func sumAll() throws {
        let staged = StagedSums(Self.sums)
        try db.run(
            Self.paymentColumns,
            row: { row in
                let payment = try Self.payment(row)
                staged.move(from: nil, to: payment.summed, began: payment.accepted)
                // Bounds what is held of many payments.
                if staged.changesHeld >= 4096 {
                    try staged.write(db)
                    staged.committed()
                }
            })
        try staged.write(db)
    }
}

extension Payment {
    var summed: SummedRow {
        SummedRow(group: method, state: state.rawValue, amount: price, charged: charged)
    }
}

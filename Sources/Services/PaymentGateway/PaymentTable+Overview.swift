import GRDB
import PaymentGatewayAPI
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
    func lastID() throws -> Int64 { try rows("SELECT coalesce(max(id), 0) FROM payments", []).first?[0] ?? 0 }

    /// Newest first. Reads ids from `before` down to `floor`.
    func list(_ query: PaymentQuery, floor: Int64) throws -> [(id: Int64, Payment)] {
        var filter = "id < ? AND id >= ?"
        var arguments: StatementArguments = [query.before, floor]
        for (column, value) in [
            ("order_num", query.orderNum), ("state", query.state?.rawValue), ("method", query.method),
        ] {
            guard let value else { continue }
            filter += " AND \(column) = ?"
            arguments += [value]
        }
        if !query.isIndexed, let text = query.search {
            let columns = ["order_num", "payment_id", "method", "coalesce(reason, '')"]
            filter +=
                " AND (" + columns.map { "instr(lower(\($0)), lower(?))" }.joined(separator: " OR ") + ")"
            for _ in columns { arguments += [text] }
        }
        let listed = try rows(
            "\(Self.paymentColumns) WHERE \(filter) ORDER BY id DESC LIMIT ?", arguments + [query.limit])
        return try listed.map { (id: $0[0], try Self.payment($0)) }
    }
}

extension PaymentTable {
    /// Payments by method and state.
    static let sums = RunningSums(table: "payment_sums")

    /// Counts the payments that were there before sums were kept.
    func sumAll() throws {
        let payments = try Row.fetchCursor(db, sql: Self.paymentColumns)
        while let row = try payments.next() {
            let payment = try Self.payment(row)
            try Self.sums.move(db, from: nil, to: payment.summed, began: payment.accepted)
        }
    }
}

extension Payment {
    var summed: SummedRow {
        SummedRow(group: method, state: state.rawValue, amount: price, charged: charged)
    }
}

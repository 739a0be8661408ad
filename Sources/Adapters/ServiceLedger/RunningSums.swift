package import GRDB
package import Primitives
import SQLiteStatements

/// What one row of a service adds to its sums.
package struct SummedRow: Sendable, Hashable {
    let group: String
    let state: String
    let amount: DecimalNumber?
    let charged: DecimalNumber?

    package init(group: String, state: String, amount: DecimalNumber?, charged: DecimalNumber?) {
        self.group = group
        self.state = state
        self.amount = amount
        self.charged = charged
    }
}

/// The rows of one group and state.
package struct RunningSum: Sendable, Hashable {
    package let group: String
    package let state: String
    package private(set) var count: Int64 = 0
    package private(set) var amount = DecimalSum()
    package private(set) var charged = DecimalSum()

    mutating func add(_ other: RunningSum) {
        count += other.count
        amount.add(other.amount)
        charged.add(other.charged)
    }

    mutating func add(_ change: SumChange) {
        count += change.count
        amount.add(change.amount)
        charged.add(change.charged)
    }
}

/// Counts and exact sums by group and state, kept in the transaction of each change instead of read from all
/// rows: how much has ever been summed costs a reader nothing.
///
/// Shape: one row for all time, one a day (UTC) and one a quarter of an hour in which a row began, for each
/// group and state that has any; a stretch of time is put together from whole days and the quarters at its
/// ends.
package struct RunningSums: Sendable {
    /// A reader takes at most so many kept sums, about 2 µs each, so that it never holds up the loop for
    /// long.
    package static let rowsReadMax = 50_000

    /// More sums than `rowsReadMax` are kept of what was asked for.
    package struct TooMany: Error {}

    let table: String

    package init(table: String) { self.table = table }

    package func create(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE \(table) (
                  span INTEGER NOT NULL, start INTEGER NOT NULL, sum_group TEXT NOT NULL, state TEXT NOT NULL,
                  count INTEGER NOT NULL, amount TEXT NOT NULL, charged TEXT NOT NULL,
                  PRIMARY KEY (span, start, sum_group, state)
                ) STRICT, WITHOUT ROWID;
                """)
    }

    /// Takes a row from where it was counted to where it counts now, at once; `StagedSums` does it once a
    /// commit.
    ///
    /// - Parameter began: when the row was made; it stays under that moment.
    package func move(
        _ db: Database, from old: SummedRow?, to next: SummedRow?, began: Timestamp
    ) throws {
        for (key, change) in SumChange.folded([SumMove(old: old, next: next, began: began)]) {
            var sum = try load(db, key)
            sum.add(change)
            try store(db, sum, key)
        }
    }

    /// The sum as the table has it; one of nothing where it has none.
    func load(_ db: Database, _ key: SumKey) throws -> RunningSum {
        try db.first(
            """
            SELECT sum_group, state, count, amount, charged FROM \(table)
            WHERE span = ? AND start = ? AND sum_group = ? AND state = ?
            """, { key.set(in: $0) }, sum) ?? RunningSum(group: key.group, state: key.state)
    }

    func store(_ db: Database, _ sum: RunningSum, _ key: SumKey) throws {
        guard sum.count > 0 else {
            return try db.run(
                "DELETE FROM \(table) WHERE span = ? AND start = ? AND sum_group = ? AND state = ?",
                { key.set(in: $0) })
        }
        try db.run(
            """
            INSERT INTO \(table) (span, start, sum_group, state, count, amount, charged)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET count = excluded.count, amount = excluded.amount,
              charged = excluded.charged
            """
        ) { row in
            key.set(in: row)
            row.set(5, sum.count)
            row.set(6, sum.amount.description)
            row.set(7, sum.charged.description)
        }
    }

    private func sum(_ row: Columns) throws -> RunningSum {
        let (amount, charged) = (row.text(3), row.text(4))
        guard let exact = DecimalSum(amount), let exactCharged = DecimalSum(charged) else {
            throw DatabaseError(
                message: "\(table) holds \(amount) and \(charged), of which one is no decimal")
        }
        return RunningSum(
            group: row.text(0), state: row.text(1), count: row.integer(2), amount: exact,
            charged: exactCharged)
    }

    /// The sums of the rows that began in a stretch of time, by group and state.
    ///
    /// - Parameter group: all when nil.
    /// Throws: `TooMany`.
    package func read(_ db: Database, of time: SummedTime, group: String?) throws -> [RunningSum] {
        var sums: [[String]: RunningSum] = [:]
        var rowsLeft = Self.rowsReadMax
        for part in time.parts {
            try db.run(
                """
                SELECT sum_group, state, count, amount, charged FROM \(table)
                WHERE span = ? AND start >= ? AND start < ?
                  \(group == nil ? "AND ?4 IS NULL" : "AND sum_group = ?4")
                LIMIT ?5
                """,
                { row in
                    row.set(1, part.span.rawValue)
                    row.set(2, part.from)
                    row.set(3, part.until)
                    row.set(4, group)
                    row.set(5, Int64(rowsLeft + 1))
                },
                row: { row in
                    rowsLeft -= 1
                    guard rowsLeft >= 0 else { throw TooMany() }
                    let more = try sum(row)
                    sums[[more.group, more.state], default: RunningSum(group: more.group, state: more.state)]
                        .add(more)
                })
        }
        return sums.values.sorted { ($0.group, $0.state) < ($1.group, $1.state) }
    }
}

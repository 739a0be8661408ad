package import GRDB
package import Primitives

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
    package fileprivate(set) var count: Int64 = 0
    package fileprivate(set) var amount = DecimalSum()
    package fileprivate(set) var charged = DecimalSum()
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

    /// Takes a row from where it was counted to where it counts now.
    ///
    /// - Parameter began: when the row was made; it stays under that moment.
    package func move(
        _ db: Database, from old: SummedRow?, to next: SummedRow?, began: Timestamp
    ) throws {
        guard old != next else { return }
        for span in SumSpan.allCases {
            let start = span.start(of: began)
            if let old { try add(db, old, times: -1, span, start) }
            if let next { try add(db, next, times: 1, span, start) }
        }
    }

    private func add(
        _ db: Database, _ row: SummedRow, times: Int64, _ span: SumSpan, _ start: Int64
    ) throws {
        let key: StatementArguments = [span.rawValue, start, row.group, row.state]
        let known = try Row.fetchOne(
            try db.cachedStatement(
                sql: """
                    SELECT sum_group, state, count, amount, charged FROM \(table)
                    WHERE span = ? AND start = ? AND sum_group = ? AND state = ?
                    """), arguments: key)
        var sum = try known.map(sum) ?? RunningSum(group: row.group, state: row.state)
        sum.count += times
        if let amount = row.amount {
            if times > 0 { sum.amount.add(amount) } else { sum.amount.subtract(amount) }
        }
        if let charged = row.charged {
            if times > 0 { sum.charged.add(charged) } else { sum.charged.subtract(charged) }
        }
        guard sum.count > 0 else {
            try db.cachedStatement(
                sql: """
                    DELETE FROM \(table) WHERE span = ? AND start = ? AND sum_group = ? AND state = ?
                    """
            ).execute(arguments: key)
            return
        }
        try db.cachedStatement(
            sql: """
                INSERT INTO \(table) (span, start, sum_group, state, count, amount, charged)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET count = excluded.count, amount = excluded.amount,
                  charged = excluded.charged
                """
        ).execute(arguments: key + [sum.count, sum.amount.description, sum.charged.description])
    }

    private func sum(_ row: Row) throws -> RunningSum {
        let (amount, charged): (String, String) = (row[3], row[4])
        guard let exact = DecimalSum(amount), let exactCharged = DecimalSum(charged) else {
            throw DatabaseError(
                message: "\(table) holds \(amount) and \(charged), of which one is no decimal")
        }
        return RunningSum(group: row[0], state: row[1], count: row[2], amount: exact, charged: exactCharged)
    }

    /// The sums of the rows that began in a stretch of time, by group and state.
    ///
    /// - Parameter group: all when nil.
    /// Throws: `TooMany`.
    package func read(_ db: Database, of time: SummedTime, group: String?) throws -> [RunningSum] {
        var sums: [[String]: RunningSum] = [:]
        var rowsLeft = Self.rowsReadMax
        for part in time.parts {
            let statement = try db.cachedStatement(
                sql: """
                    SELECT sum_group, state, count, amount, charged FROM \(table)
                    WHERE span = ? AND start >= ? AND start < ?\(group == nil ? "" : " AND sum_group = ?")
                    LIMIT ?
                    """)
            var arguments: StatementArguments = [part.span.rawValue, part.from, part.until]
            if let group { arguments += [group] }
            let rows = try Row.fetchCursor(statement, arguments: arguments + [rowsLeft + 1])
            while let row = try rows.next() {
                rowsLeft -= 1
                guard rowsLeft >= 0 else { throw TooMany() }
                let more = try sum(row)
                let key = [more.group, more.state]
                var known = sums[key] ?? RunningSum(group: more.group, state: more.state)
                known.count += more.count
                known.amount.add(more.amount)
                known.charged.add(more.charged)
                sums[key] = known
            }
        }
        return sums.values.sorted { ($0.group, $0.state) < ($1.group, $1.state) }
    }
}

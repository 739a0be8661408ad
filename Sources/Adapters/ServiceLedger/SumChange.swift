import Primitives
import SQLiteStatements

/// A row that leaves one place of the sums for another.
struct SumMove: Sendable {
    let old: SummedRow?
    let next: SummedRow?
    let began: Timestamp
}

/// Which sum: the primary key of the table.
struct SumKey: Sendable, Hashable {
    let span: SumSpan
    let start: Int64
    let group: String
    let state: String

    /// As the first four parameters.
    func set(in row: Parameters) {
        row.set(1, span.rawValue)
        row.set(2, start)
        row.set(3, group)
        row.set(4, state)
    }
}

/// What is to be added to one sum.
struct SumChange: Sendable {
    private(set) var count: Int64 = 0
    private(set) var amount = DecimalSum()
    private(set) var charged = DecimalSum()

    private mutating func add(_ row: SummedRow) {
        count += 1
        if let money = row.amount { amount.add(money) }
        if let money = row.charged { charged.add(money) }
    }

    private mutating func subtract(_ row: SummedRow) {
        count -= 1
        if let money = row.amount { amount.subtract(money) }
        if let money = row.charged { charged.subtract(money) }
    }

    private mutating func add(_ other: SumChange) {
        count += other.count
        amount.add(other.amount)
        charged.add(other.charged)
    }

    private var isNothing: Bool { count == 0 && amount.isZero && charged.isZero }

    /// All moves together, a change for each sum that is another afterwards.
    static func folded(_ moves: [SumMove]) -> [SumKey: SumChange] {
        // The quarters first: there are as many moves as rows, and few quarters of an hour.
        var quarters: [SumKey: SumChange] = [:]
        for move in moves where move.old != move.next {
            let start = SumSpan.quarterHour.start(of: move.began)
            if let old = move.old { quarters[key(old, start), default: SumChange()].subtract(old) }
            if let next = move.next { quarters[key(next, start), default: SumChange()].add(next) }
        }
        var all: [SumKey: SumChange] = [:]
        for (key, change) in quarters where !change.isNothing {
            let began = Timestamp(microseconds: key.start)
            for span in SumSpan.allCases {
                let wider = SumKey(
                    span: span, start: span.start(of: began), group: key.group, state: key.state)
                all[wider, default: SumChange()].add(change)
            }
        }
        return all.filter { !$0.value.isNothing }
    }

    private static func key(_ row: SummedRow, _ start: Int64) -> SumKey {
        SumKey(span: .quarterHour, start: start, group: row.group, state: row.state)
    }
}

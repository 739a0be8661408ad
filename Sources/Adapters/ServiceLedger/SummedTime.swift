package import Primitives

/// How much time one kept sum stands for. The raw value is what the table says. Units: seconds, 0 for ever.
enum SumSpan: Int64, CaseIterable {
    case ever = 0
    case day = 86_400
    case quarterHour = 900

    /// Units: microseconds.
    var length: Int64 { rawValue * 1_000_000 }

    func start(of moment: Timestamp) -> Int64 {
        self == .ever ? 0 : moment.microseconds.floorDivided(by: length).quotient * length
    }

    func end(of moment: Timestamp) -> Int64 {
        let start = start(of: moment)
        return start == moment.microseconds ? start : start + length
    }
}

/// A stretch of time as sums can be put together for it: whole quarters of an hour.
package struct SummedTime: Sendable, Hashable {
    struct Part: Hashable {
        let span: SumSpan
        let from: Int64
        /// Excluded.
        let until: Int64
    }

    /// The start of the quarter of an hour that was asked for; nil from the beginning.
    package let since: Timestamp?
    /// Excluded: the end of the quarter of an hour that was asked for; nil without end.
    package let until: Timestamp?

    package init(since: Timestamp?, until: Timestamp?) {
        self.since = since.map { Timestamp(microseconds: SumSpan.quarterHour.start(of: $0)) }
        self.until = until.map { Timestamp(microseconds: SumSpan.quarterHour.end(of: $0)) }
    }

    /// Whole days, and the quarters before the first and after the last of them.
    var parts: [Part] {
        if since == nil, until == nil { return [Part(span: .ever, from: 0, until: 1)] }
        let from = since?.microseconds ?? .min
        let to = until?.microseconds ?? .max
        let firstDay = since.map(SumSpan.day.end) ?? .min
        let lastDay = until.map(SumSpan.day.start) ?? .max
        guard firstDay < lastDay else { return [Part(span: .quarterHour, from: from, until: to)] }
        return [
            Part(span: .quarterHour, from: from, until: firstDay),
            Part(span: .day, from: firstDay, until: lastDay),
            Part(span: .quarterHour, from: lastDay, until: to),
        ].filter { $0.from < $0.until }
    }
}

import Primitives

/// The rule for all years to come that stands at the end of a TZif file. Source: RFC 8536 §3.3, POSIX TZ.
struct ZoneTail: Sendable, Hashable {
    /// A day of every year and a time on it, which may lie on another day.
    struct Turn: Sendable, Hashable {
        enum Day: Sendable, Hashable {
            /// 1 to 365; 29 February is never counted.
            case withoutLeapDay(Int64)
            /// 0 to 365; 29 February is counted.
            case withLeapDay(Int64)
            /// Week 5 is the last one; weekday 0 is Sunday.
            case weekday(month: Int64, week: Int64, weekday: Int64)
        }
        var day: Day
        /// Units: seconds after midnight, on the clock that is shown before the turn.
        var second: Int64
    }

    struct Summer: Sendable, Hashable {
        var offset: Int64
        var begins: Turn
        var ends: Turn
    }

    var offset: Int64
    var summer: Summer?

    func offset(at time: Int64) -> Int64 {
        guard summer != nil else { return offset }
        return changes(around: time).last { $0.time <= time }?.offset ?? offset
    }

    func nextChange(after time: Int64) -> Int64? {
        guard summer != nil else { return nil }
        return changes(around: time).first { $0.time > time }?.time
    }

    /// Of three years, so that one lies on either side of `time`; where summer time ends as it begins, it is
    /// the beginning that counts.
    private func changes(around time: Int64) -> [(time: Int64, offset: Int64)] {
        guard let summer else { return [] }
        let year = Timestamp.civil(fromDays: time.floorDivided(by: 86_400).quotient).year
        var changes: [(time: Int64, offset: Int64)] = []
        for year in year - 1...year + 1 {
            changes.append((summer.ends.time(in: year) - summer.offset, offset))
            changes.append((summer.begins.time(in: year) - offset, summer.offset))
        }
        // At equal times the beginning comes last.
        return changes.sorted { left, right in
            left.time != right.time ? left.time < right.time : left.offset == offset && right.offset != offset
        }
    }
}

extension ZoneTail.Turn {
    /// Units: seconds since 1970, as the clock before the turn shows it.
    func time(in year: Int64) -> Int64 {
        let newYear = Timestamp.days(fromYear: year, month: 1, day: 1)
        switch day {
        case .withLeapDay(let day): return (newYear + day) * 86_400 + second
        case .withoutLeapDay(let day):
            let march = Timestamp.days(fromYear: year, month: 3, day: 1)
            let isLeap = march - newYear == 60
            return (newYear + day - 1 + (isLeap && day > 59 ? 1 : 0)) * 86_400 + second
        case .weekday(let month, let week, let weekday):
            let first = Timestamp.days(fromYear: year, month: month, day: 1)
            let firstWeekday = (first + 4).floorDivided(by: 7).remainder
            var day = first + (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
            let end =
                month == 12
                ? Timestamp.days(fromYear: year + 1, month: 1, day: 1)
                : Timestamp.days(fromYear: year, month: month + 1, day: 1)
            if day >= end { day -= 7 }
            return day * 86_400 + second
        }
    }
}

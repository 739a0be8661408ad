import Primitives

/// The readings of a clock at which a six-field cron expression fires.
struct CronTimes: Sendable, Hashable {
    let second: Int64
    let minutes: CronSet
    let hours: CronSet
    let days: CronValues
    let months: CronSet
    let weekdays: CronValues
    /// Every hour of the day: such a schedule follows the time that passes, see `next(after:in:)`.
    let isHourly: Bool

    init(_ words: [String]) throws(ScheduleFault) {
        let text = words.joined(separator: " ")
        guard words.count == CronField.allCases.count else {
            var fix = "the fields are: seconds minutes hours day-of-month month day-of-week"
            if words.count == 5 { fix = "seconds come first: write `0 \(text)`" }
            if words.count == 7 { fix += ", without a year" }
            throw ScheduleFault("expression", text, "it has \(words.count) fields instead of six", fix: fix)
        }
        func values(_ field: CronField) throws(ScheduleFault) -> CronValues {
            try field.values(words[field.rawValue])
        }
        second = Int64(try values(.seconds).set.first(from: 0) ?? 0)
        minutes = try values(.minutes).set
        hours = try values(.hours).set
        days = try values(.days)
        months = try values(.months).set
        weekdays = try values(.weekdays)
        isHourly = hours == CronSet(CronField.hours.range)
        try checkDayExists(day: words[CronField.days.rawValue], month: words[CronField.months.rawValue])
    }

    private func checkDayExists(day: String, month: String) throws(ScheduleFault) {
        guard weekdays.isOpen, !days.isOpen, let first = days.set.first(from: 1) else { return }
        let longest = (1...12).filter { months.contains($0) }.map { Self.daysMax[$0 - 1] }.max() ?? 0
        guard first > longest else { return }
        throw ScheduleFault(
            CronField.days.title, day, "no month of \"\(month)\" has a day \(first), so it would never fire",
            fix: "the last day there is \(longest)")
    }

    /// The last second of the year 9999.
    private static let lastReading: Int64 = 253_402_300_799
    private static let daysMax = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}

extension CronTimes {
    /// The first reading after `reading` that fits; nil beyond the year 9999.
    ///
    /// Units: seconds since 1970-01-01T00:00:00 on that clock, as though it showed UTC.
    func nextReading(after reading: Int64) -> Int64? {
        guard reading < Self.lastReading else { return nil }
        let (startDay, startSecond) = (reading + 1).floorDivided(by: 86_400)
        if fits(day: startDay), let time = timeOfDay(from: startSecond) { return startDay * 86_400 + time }
        guard let day = nextDay(from: startDay + 1), let time = timeOfDay(from: 0) else { return nil }
        return day * 86_400 + time
    }

    /// Seconds of the day, not before `second`.
    private func timeOfDay(from start: Int64) -> Int64? {
        // The first whole minute whose second is not before the start.
        let minute = start <= second ? 0 : (start - second + 59) / 60
        let firstHour = Int(minute / 60)
        if hours.contains(firstHour), let found = minutes.first(from: Int(minute % 60)) {
            return Int64(firstHour) * 3600 + Int64(found) * 60 + second
        }
        guard let hour = hours.first(from: firstHour + 1), let found = minutes.first(from: 0) else {
            return nil
        }
        return Int64(hour) * 3600 + Int64(found) * 60 + second
    }

    private func fits(day number: Int64) -> Bool {
        let (_, month, day) = Timestamp.civil(fromDays: number)
        return months.contains(Int(month)) && fits(day: Int(day), number: number)
    }

    /// Both day fields given: either is enough, as in every cron.
    private func fits(day: Int, number: Int64) -> Bool {
        // 1970-01-01 was a Thursday.
        let weekday = Int((number + 4).floorDivided(by: 7).remainder)
        let (byDay, byWeekday) = (days.set.contains(day), weekdays.set.contains(weekday))
        return days.isOpen || weekdays.isOpen ? byDay && byWeekday : byDay || byWeekday
    }

    /// Month by month, so that 29 February is found in fifty looks.
    private func nextDay(from start: Int64) -> Int64? {
        var (year, month, day) = Timestamp.civil(fromDays: start)
        while year <= 9999 {
            let first = Timestamp.days(fromYear: year, month: month, day: 1)
            let next = month == 12 ? (year + 1, 1) : (year, month + 1)
            if months.contains(Int(month)) {
                let end = Timestamp.days(fromYear: next.0, month: next.1, day: 1)
                var number = first + day - 1
                while number < end {
                    if fits(day: Int(number - first + 1), number: number) { return number }
                    number += 1
                }
            }
            (year, month) = next
            day = 1
        }
        return nil
    }
}

/// A time of day. Units: minutes after midnight, local time.
package struct MinuteOfDay: Sendable, Hashable, CustomStringConvertible {
    package let minutes: Int

    package init(_ minutes: Int) { self.minutes = minutes }

    /// `09:00`; `24:00` is the end of the day. nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count <= 2, parts[1].utf8.count == 2,
            let hour = Self.digits(parts[0]), let minute = Self.digits(parts[1]), minute < 60,
            hour * 60 + minute <= 1440
        else { return nil }
        minutes = hour * 60 + minute
    }

    private static func digits(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(text) : nil
    }

    package var description: String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }
}

/// A part of the day from `from`, `to` excluded; it passes midnight when `to` is the earlier one.
package struct TimeWindow: Sendable, Hashable, CustomStringConvertible {
    let from: MinuteOfDay
    let to: MinuteOfDay

    /// nil when the two are the same: that may mean the whole day or nothing of it.
    package init?(from: MinuteOfDay, to: MinuteOfDay) {
        guard from.minutes % 1440 != to.minutes % 1440 || (from.minutes, to.minutes) == (0, 1440) else {
            return nil
        }
        self.from = from
        self.to = to
    }

    func contains(_ time: MinuteOfDay) -> Bool {
        from.minutes < to.minutes
            ? from.minutes <= time.minutes && time.minutes < to.minutes
            : from.minutes <= time.minutes || time.minutes < to.minutes
    }

    package var description: String { "\(from) to \(to)" }
}

package import Primitives

/// When a schedule fires: `@every 60m`, or `CRON_TZ=Asia/Shanghai 0 30 8 * * MON-FRI`.
///
/// Source: fdl §7.8. Where that is silent: robfig/cron, whose `CRON_TZ` the cloud took over.
package struct ScheduleExpression: Sendable, Hashable {
    enum Timing: Sendable, Hashable {
        case every(minutes: Int64)
        case cron(CronTimes, ZoneRules)
    }

    /// As it was given, without blanks around it.
    package let text: String
    let timing: Timing

    /// Units: bytes. A list of all sixty minutes has 169.
    package static let bytesMax = 1024
    /// Longest `@every`: as long as the longest wait.
    package static let everyMinutesMax: Int64 = 366 * 24 * 60

    /// The first time after `time` at which it fires; nil beyond the year 9999.
    ///
    /// - Parameter anchor: from where `@every` counts; cron does not look at it.
    package func next(after time: Timestamp, anchor: Timestamp) -> Timestamp? {
        switch timing {
        case .every(let minutes):
            let step = minutes * 60_000_000
            let (rounds, _) = max(0, time.microseconds - anchor.microseconds).floorDivided(by: step)
            let next = anchor.microseconds + (rounds + 1) * step
            return next <= Self.lastMicrosecond ? Timestamp(microseconds: next) : nil
        case .cron(let times, let zone):
            let (second, _) = time.microseconds.floorDivided(by: 1_000_000)
            guard let next = times.next(after: second, in: zone) else { return nil }
            return Timestamp(microseconds: next * 1_000_000)
        }
    }

    /// The same, with `@every` counted from `time`.
    package func next(after time: Timestamp) -> Timestamp? { next(after: time, anchor: time) }

    /// How often it fires after `first`, until and with `last`; counting ends at `limit`.
    package func count(
        after first: Timestamp, through last: Timestamp, anchor: Timestamp, limit: Int
    ) -> Int {
        var count = 0
        var time = first
        while count < limit, let next = next(after: time, anchor: anchor), next <= last {
            count += 1
            time = next
        }
        return count
    }

    /// The end of the year 9999, the last that RFC 3339 can write.
    private static let lastMicrosecond: Int64 = 253_402_300_799_999_999
}

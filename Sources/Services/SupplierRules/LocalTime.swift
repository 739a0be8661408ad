import Glibc
package import Primitives

package enum LocalTime {
    /// The time of day at a moment, in the host's time zone.
    package static func minuteOfDay(at moment: Timestamp) -> MinuteOfDay {
        var seconds = time_t(moment.microseconds / 1_000_000)
        var parts = tm()
        localtime_r(&seconds, &parts)
        return MinuteOfDay(Int(parts.tm_hour) * 60 + Int(parts.tm_min))
    }
}

import Primitives

/// Times for people.
enum TimeText {
    /// `2026-11-23 09:30:00Z (3 min ago)`; a text that is no time stays as it is.
    static func full(_ text: String?, now: Timestamp) -> String {
        guard let text, !text.isEmpty else { return "-" }
        guard let time = Timestamp(rfc3339: text) else { return text }
        return "\(absolute(time)) (\(relative(time, now: now)))"
    }

    /// `3 min ago`, `in 4 min`.
    static func relative(_ text: String?, now: Timestamp) -> String {
        guard let text, !text.isEmpty else { return "-" }
        guard let time = Timestamp(rfc3339: text) else { return text }
        return relative(time, now: now)
    }

    static func relative(_ time: Timestamp, now: Timestamp) -> String {
        let seconds = now.duration(to: time).components.seconds
        if seconds == 0 { return "now" }
        return seconds > 0 ? "in \(length(seconds))" : "\(length(-seconds)) ago"
    }

    /// `2026-11-23 09:30:00Z`
    static func absolute(_ time: Timestamp) -> String {
        let text = time.description
        return text.prefix(10) + " " + text.dropFirst(11).prefix(8) + "Z"
    }

    /// `45 s`, `4 min 10 s`, `3 h 20 min`, `12 d`: as exact as somebody cares. Units: seconds.
    static func length(_ seconds: Int64) -> String {
        switch seconds {
        case ..<60: "\(seconds) s"
        case ..<600: pair(seconds / 60, "min", seconds % 60, "s")
        case ..<3600: "\(seconds / 60) min"
        case ..<86_400: pair(seconds / 3600, "h", seconds % 3600 / 60, "min")
        default: "\(seconds / 86_400) d"
        }
    }

    private static func pair(_ first: Int64, _ firstUnit: String, _ second: Int64, _ secondUnit: String)
        -> String
    {
        second == 0 ? "\(first) \(firstUnit)" : "\(first) \(firstUnit) \(second) \(secondUnit)"
    }
}

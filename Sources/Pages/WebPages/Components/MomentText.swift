package import Primitives

/// Times and lengths of time as people say them.
package enum MomentText {
    /// `12 s ago`, `5 min ago`, and beyond two days the date.
    package static func text(_ time: Timestamp, now: Timestamp, _ language: Language) -> String {
        let seconds = time.duration(to: now).components.seconds
        if seconds < 0 {
            return language("in \(length(-seconds, language))", "\(length(-seconds, language))后")
        }
        if seconds >= 172_800 { return String(time.description.prefix(16)).replacing("T", with: " ") }
        return language("\(length(seconds, language)) ago", "\(length(seconds, language))前")
    }

    package static func length(_ seconds: Int64, _ language: Language) -> String {
        switch seconds {
        case ..<60: language("\(seconds) s", "\(seconds) 秒")
        case ..<3600: language("\(seconds / 60) min", "\(seconds / 60) 分钟")
        case ..<172_800: language("\(seconds / 3600) h", "\(seconds / 3600) 小时")
        default: language("\(seconds / 86_400) d", "\(seconds / 86_400) 天")
        }
    }

    /// How long something took, to the millisecond: `38 ms`, `1.24 s`, `3 min 12 s`.
    package static func took(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = attoseconds / 1_000_000_000_000_000
        switch seconds {
        case 0: return "\(milliseconds) ms"
        case ..<60:
            let hundredths = milliseconds / 10
            return "\(seconds).\(hundredths < 10 ? "0" : "")\(hundredths) s"
        case ..<3600: return "\(seconds / 60) min \(seconds % 60) s"
        default: return "\(seconds / 3600) h \(seconds / 60 % 60) min"
        }
    }
}

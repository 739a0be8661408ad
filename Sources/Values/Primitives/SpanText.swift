/// A length of time as a person writes it: `30` (seconds), `500ms`, `2m`, `1h`, `30d`.
package enum SpanText {
    /// Ten years: longer than anything lasts here.
    package static let longest = Duration.seconds(3660 * 86_400)

    /// Nil when the text is no length of time, or one beyond `longest`.
    package static func duration(_ text: String) -> Duration? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int64(digits), number <= 3660 * 86_400_000 else { return nil }
        let duration: Duration
        switch text.dropFirst(digits.count) {
        case "", "s": duration = .seconds(number)
        case "ms": duration = .milliseconds(number)
        case "m": duration = .seconds(number * 60)
        case "h": duration = .seconds(number * 3600)
        case "d": duration = .seconds(number * 86_400)
        default: return nil
        }
        return duration <= longest ? duration : nil
    }
}

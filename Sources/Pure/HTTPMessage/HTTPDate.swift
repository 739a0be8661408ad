package import Primitives

/// The date of HTTP headers. Shape: `Mon, 23 Nov 2026 15:49:52 GMT`. Source: RFC 9110 §5.6.7, its preferred
/// form; the two obsolete ones are not read.
package enum HTTPDate {
    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Nil when the text is no such date; the day's name is not held against the date.
    package static func time(of text: String) -> Timestamp? {
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 6, words[0].hasSuffix(","), days.contains(String(words[0].dropLast())),
            let month = months.firstIndex(of: words[2]), words[1].utf8.count == 2, words[3].utf8.count == 4,
            words[4].utf8.count == 8, words[5] == "GMT"
        else { return nil }
        let number = month + 1
        return Timestamp(
            rfc3339: "\(words[3])-\(number < 10 ? "0" : "")\(number)-\(words[1])T\(words[4])Z")
    }

    package static func text(_ time: Timestamp) -> String {
        let (day, rest) = time.microseconds.floorDivided(by: 86_400_000_000)
        let (year, month, dayOfMonth) = Timestamp.civil(fromDays: day)
        let seconds = rest / 1_000_000
        // 1970-01-01 was a Thursday.
        let weekday = Int((day + 3).floorDivided(by: 7).remainder)
        return "\(days[weekday]), \(two(dayOfMonth)) \(months[Int(month) - 1]) \(year) "
            + "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60)) GMT"
    }

    private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// Counts as people write and say them.
enum CountText {
    /// `12,345`.
    static func grouped(_ count: Int64) -> String {
        let digits = String(count.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return count < 0 ? "-\(text)" : text
    }

    /// `1 execution`, `12 executions`.
    static func of(_ count: Int64, _ one: String, _ many: String? = nil) -> String {
        "\(grouped(count)) \(count == 1 ? one : many ?? "\(one)s")"
    }

    /// Microseconds as a length of time: `0.8 ms`, `38 ms`, `1.2 s`.
    static func micros(_ micros: Int64) -> String {
        switch micros {
        case ..<10_000: "\(micros / 1000).\(micros % 1000 / 100) ms"
        case ..<1_000_000: "\(micros / 1000) ms"
        default: "\(micros / 1_000_000).\(micros % 1_000_000 / 100_000) s"
        }
    }
}

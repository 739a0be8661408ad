import ArgumentParser

/// A length of time as a person writes it: `30` (seconds), `500ms`, `2m`, `1h`; or no end at all.
struct TimeSpan: Sendable, Hashable, CustomStringConvertible {
    /// Nil: without end.
    let duration: Duration?

    static let endless = TimeSpan(duration: nil)

    var description: String { duration.map { "\($0)" } ?? "without end" }
}

extension TimeSpan: ExpressibleByArgument {
    init?(argument: String) {
        let digits = argument.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int64(digits), number <= 366 * 86_400_000 else { return nil }
        switch argument.dropFirst(digits.count) {
        case "", "s": self.init(duration: .seconds(number))
        case "ms": self.init(duration: .milliseconds(number))
        case "m": self.init(duration: .seconds(number * 60))
        case "h": self.init(duration: .seconds(number * 3600))
        default: return nil
        }
    }
}

extension Duration {
    var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}

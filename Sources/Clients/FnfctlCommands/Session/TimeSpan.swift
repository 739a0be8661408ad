import ArgumentParser
import Primitives

/// A length of time as a person writes it: `30` (seconds), `500ms`, `2m`, `1h`; or no end at all.
struct TimeSpan: Sendable, Hashable, CustomStringConvertible {
    /// Nil: without end.
    let duration: Duration?

    static let endless = TimeSpan(duration: nil)

    var description: String { duration.map { "\($0)" } ?? "without end" }
}

extension TimeSpan: ExpressibleByArgument {
    init?(argument: String) {
        guard !argument.hasSuffix("d"), let duration = SpanText.duration(argument) else { return nil }
        self.init(duration: duration)
    }
}

extension Duration {
    var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}

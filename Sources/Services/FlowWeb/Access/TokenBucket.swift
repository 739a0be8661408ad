import Primitives

/// A rate with a burst: each request takes one token, time brings them back.
struct TokenBucket: Sendable {
    private var tokens: Double
    private var counted: Timestamp

    init(burst: Int, at now: Timestamp) {
        tokens = Double(burst)
        counted = now
    }

    /// Nil: taken. Else how long until there is one.
    mutating func take(perSecond: Int, burst: Int, at now: Timestamp) -> Duration? {
        // A clock that was set back brings nothing, and does not make anyone wait for it to come back.
        let passed = max(0, Double(now.microseconds - counted.microseconds) / 1_000_000)
        counted = now
        tokens = min(Double(burst), tokens + passed * Double(perSecond))
        guard tokens < 1 else {
            tokens -= 1
            return nil
        }
        return .microseconds(Int64(((1 - tokens) / Double(perSecond) * 1_000_000).rounded(.up)))
    }
}

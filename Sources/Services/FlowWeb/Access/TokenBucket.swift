import Primitives

/// A rate with a burst: each request takes one token, time brings them back.
struct TokenBucket: Sendable {
    private var tokens: Double
    private var counted: Timestamp

    init(burst: Int, at now: Timestamp) {
        tokens = Double(burst)
        counted = now
    }

    /// As many as there may be; what is full knows nothing that a fresh one does not.
    func isFull(perSecond: Double, burst: Int, at now: Timestamp) -> Bool {
        tokens + max(0, Double(now.microseconds - counted.microseconds) / 1_000_000) * perSecond
            >= Double(burst)
    }

    /// What was taken and is not to count.
    mutating func giveBack() { tokens += 1 }

    /// Nil: taken. Else how long until there is one.
    mutating func take(perSecond: Double, burst: Int, at now: Timestamp) -> Duration? {
        // A clock that was set back brings nothing, and does not make anyone wait for it to come back.
        let passed = max(0, Double(now.microseconds - counted.microseconds) / 1_000_000)
        counted = now
        tokens = min(Double(burst), tokens + passed * perSecond)
        guard tokens < 1 else {
            tokens -= 1
            return nil
        }
        return .microseconds(Int64(((1 - tokens) / perSecond * 1_000_000).rounded(.up)))
    }
}

/// How often something happens: the mean over the last seconds, nearer ones counting more.
struct RateMeter {
    private var second: Int64 = .min
    private var count = 0
    private var mean = 0.0

    /// - Parameter second: of any clock that goes forwards.
    mutating func note(_ second: Int64) {
        roll(to: second)
        count += 1
    }

    mutating func perSecond(at second: Int64) -> Double {
        roll(to: second)
        return max(mean, Double(count))
    }

    private mutating func roll(to now: Int64) {
        guard now > second else { return }
        let passed = second == .min ? Int64.max : now - second
        // After a second without anything the mean is halved for it.
        if passed > 30 {
            mean = 0
        } else {
            mean = (mean + Double(count)) / 2
            for _ in 1..<passed { mean /= 2 }
        }
        second = now
        count = 0
    }
}

import FlowModel

enum RetryOutlivesTimeout: FlowRule {
    static let code = "retry-outlives-timeout"
    static let summary = "The retries of a task can take longer than the timeout of the task or the flow."
    static let needsWholeFlow = false

    static func check(_ flow: ExaminedFlow, _ findings: inout Findings) {
        for site in flow.sites {
            guard case .task(let task) = site.step.body, let first = task.retry.first else { continue }
            let pauses = task.retry.reduce(0) { $0 + $1.totalPause }
            let calls = task.retry.reduce(1.0) { $0 + ($1.errors.isEmpty ? 0 : Double($1.maxAttempts)) }
            let total = pauses + calls * Double(task.timeoutSeconds ?? 0)
            if let limit = flow.definition.timeoutSeconds, total > Double(limit) {
                findings.warn(
                    self,
                    "the retries of \"\(site.step.name)\" can take \(seconds(total)), and the flow times out "
                        + "after \(limit) s, which nothing can catch",
                    at: first.location, in: site,
                    fix: "lower maxAttempts, maxIntervalSeconds or the task's timeoutSeconds, or raise the "
                        + "flow's timeoutSeconds")
            } else if let limit = task.timeoutSeconds, pauses > Double(limit) {
                findings.warn(
                    self,
                    "the pauses between the retries of \"\(site.step.name)\" add up to \(seconds(pauses)), "
                        + "more than its timeoutSeconds of \(limit), which bounds an attempt, not the step",
                    at: first.location, in: site,
                    fix: "the step as a whole can take \(seconds(total)); lower maxAttempts or "
                        + "maxIntervalSeconds if that is too long")
            }
        }
    }

    private static func seconds(_ number: Double) -> String {
        number < 1e15 ? "\(Int64(number.rounded(.up))) s" : "centuries"
    }
}

extension RetryPolicy {
    /// The sum of the pauses in front of all retries, without a loop over them. Units: seconds.
    var totalPause: Double {
        guard !errors.isEmpty, maxAttempts > 0 else { return 0 }
        let first = Double(intervalSeconds)
        let longest = Double(maxIntervalSeconds)
        guard first > 0, longest > 0 else { return 0 }
        guard multiplier != 1 else { return Double(maxAttempts) * min(first, longest) }
        // Growing pauses reach the longest one at some retry and stay there; shrinking ones leave it.
        let turn = retriesBefore { (first * Self.power(multiplier, $0) < longest) != (multiplier > 1) }
        let capped = multiplier > 1 ? maxAttempts - turn : turn
        return Double(capped) * longest
            + (multiplier > 1 ? sum(0..<turn) : sum(turn..<maxAttempts))
    }

    /// Of the uncapped pauses.
    private func sum(_ retries: Range<Int64>) -> Double {
        let powers = Self.power(multiplier, retries.upperBound) - Self.power(multiplier, retries.lowerBound)
        return Double(intervalSeconds) * powers / (multiplier - 1)
    }

    /// The first retry, counted from 0, for which this holds, as it then does for all later ones.
    private func retriesBefore(_ holds: (Int64) -> Bool) -> Int64 {
        var low: Int64 = 0
        var high = maxAttempts
        while low < high {
            let middle = (low + high) / 2
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private static func power(_ base: Double, _ exponent: Int64) -> Double {
        var result = 1.0
        var factor = base
        var rest = exponent
        while rest > 0 {
            if rest & 1 == 1 { result *= factor }
            factor *= factor
            rest >>= 1
        }
        return result
    }
}

import FlowModel

/// When and how often a failed attempt is repeated. Source: fdl §2.1.
package struct RetryPolicy: Sendable, Equatable {
    package static let standardIntervalSeconds: Int64 = 1
    package static let standardMaxIntervalSeconds: Int64 = 86_400
    package static let standardMaxAttempts: Int64 = 3
    package static let standardMultiplier = 2.0

    package let errors: [String]
    package let intervalSeconds: Int64
    package let maxIntervalSeconds: Int64
    /// Retries, not calls: 3 means at most four calls.
    package let maxAttempts: Int64
    package let multiplier: Double
    @Placed package var location: SourceLocation

    package init(
        errors: [String], intervalSeconds: Int64 = standardIntervalSeconds,
        maxIntervalSeconds: Int64 = standardMaxIntervalSeconds, maxAttempts: Int64 = standardMaxAttempts,
        multiplier: Double = standardMultiplier, location: SourceLocation = .none
    ) {
        self.errors = errors
        self.intervalSeconds = intervalSeconds
        self.maxIntervalSeconds = maxIntervalSeconds
        self.maxAttempts = maxAttempts
        self.multiplier = multiplier
        self.location = location
    }

    package func matches(_ error: String) -> Bool { errors.contains { $0 == FailureName.all || $0 == error } }

    /// The pause in front of retry 1, 2, 3 …: interval × multiplier^(n−1), at most the longest interval;
    /// whole milliseconds, because deadlines are recorded in them.
    package func delay(beforeRetry number: Int64) -> Duration {
        var seconds = Double(intervalSeconds)
        let longest = Double(maxIntervalSeconds)
        var count: Int64 = 1
        while count < number, seconds < longest || multiplier < 1, seconds > 0, multiplier != 1 {
            seconds *= multiplier
            count += 1
            if seconds < 0.001 { break }
        }
        return .milliseconds(Int64((min(seconds, longest) * 1000).rounded()))
    }
}

/// Where the flow goes on when a task has failed for good. Source: fdl §2.1.
package struct CatchClause: Sendable, Equatable {
    package let errors: [String]
    /// A step of the same list.
    package let goto: String
    @Placed package var location: SourceLocation

    package init(errors: [String], goto: String, location: SourceLocation = .none) {
        self.errors = errors
        self.goto = goto
        self.location = location
    }

    package func matches(_ error: String) -> Bool { errors.contains { $0 == FailureName.all || $0 == error } }
}

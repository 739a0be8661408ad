package import Primitives

/// Suspends its list for a duration or until a time. Source: fdl §2.3.
package enum WaitStep: Sendable, Equatable {
    case seconds(Int64)
    case until(Timestamp)
    /// A path into the step's input that gives seconds.
    case secondsAt(JSONPath)
    /// A path into the step's input that gives a time as RFC 3339 text.
    case untilAt(JSONPath)
}

package import FlowModel
import FlowStore
import Primitives

/// How long ended executions are kept. Of several rules the first that names the flow and the status holds;
/// what no rule names is kept for ever.
package struct RetentionRule: Sendable, Hashable {
    /// The flow's name, with `*` for any characters.
    package let pattern: String
    /// Empty: however it ended.
    package let statuses: Set<ExecutionStatus>
    /// Since the end.
    package let keepDays: Int64?
    /// The newest of one flow and one status.
    package let keepCount: Int64?

    package init(
        pattern: String, statuses: Set<ExecutionStatus> = [], keepDays: Int64? = nil,
        keepCount: Int64? = nil
    ) {
        self.pattern = pattern
        self.statuses = statuses
        self.keepDays = keepDays
        self.keepCount = keepCount
    }

    func holds(for entry: ExecutionEntry) -> Bool {
        (statuses.isEmpty || statuses.contains(entry.status))
            && Self.matches(Array(pattern.utf8)[...], Array(entry.flowName.utf8)[...])
    }

    /// Every star is tried with as little as possible first, and only the last one again.
    private static func matches(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
        var (pattern, name) = (pattern, name)
        var retry: (pattern: ArraySlice<UInt8>, name: ArraySlice<UInt8>)?
        while let byte = name.first {
            if pattern.first == UInt8(ascii: "*") {
                pattern = pattern.dropFirst()
                retry = (pattern, name.dropFirst())
            } else if pattern.first == byte {
                (pattern, name) = (pattern.dropFirst(), name.dropFirst())
            } else if let again = retry {
                (pattern, name) = again
                retry = (again.pattern, again.name.dropFirst())
            } else {
                return false
            }
        }
        return pattern.allSatisfy { $0 == UInt8(ascii: "*") }
    }
}

/// Decides about executions, newest first, which go.
struct RetentionDecision {
    private struct Kind: Hashable {
        let flow: Int64
        let status: ExecutionStatus
    }

    let rules: [RetentionRule]
    let now: Timestamp
    /// Younger ones stay in any case: those who started them may still ask for the answer.
    let ageMin: Duration
    private var seen: [Kind: Int64] = [:]

    init(rules: [RetentionRule], now: Timestamp, ageMin: Duration) {
        self.rules = rules
        self.now = now
        self.ageMin = ageMin
    }

    mutating func goes(_ entry: ExecutionEntry) -> Bool {
        guard !entry.isOpen, let stopped = entry.stopped,
            let rule = rules.first(where: { $0.holds(for: entry) })
        else { return false }
        let place = seen[Kind(flow: entry.flow, status: entry.status), default: 0] + 1
        seen[Kind(flow: entry.flow, status: entry.status)] = place
        let age = stopped.duration(to: now)
        guard age >= ageMin else { return false }
        if let days = rule.keepDays, age >= .seconds(days * 86_400) { return true }
        if let count = rule.keepCount, place > count { return true }
        return false
    }
}

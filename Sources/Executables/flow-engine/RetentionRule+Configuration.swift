import ConfigurationFile
import FlowEngine
import FlowModel

extension RetentionRule {
    /// Nil when something is wrong, which the reader then knows.
    init?(_ entry: ConfigurationReader) {
        let flow = entry.requiredString("flow")
        let words = entry.strings("status")
        let days = entry.optionalInteger("keepDays", in: 1...36_500)
        let count = entry.optionalInteger("keepCount", in: 0...1_000_000_000)
        var statuses: Set<ExecutionStatus> = []
        for word in words {
            guard let status = ExecutionStatus(rawValue: word), status.isTerminal else {
                entry.report(
                    "status", "\(word) is not how an execution ends",
                    remedy: "write some of Succeeded, Failed, Stopped, TimedOut, or leave it out for all")
                return nil
            }
            statuses.insert(status)
        }
        guard days != nil || count != nil else {
            entry.report(
                "says nothing about how long to keep", remedy: "add `keepDays: 30` or `keepCount: 1000`")
            return nil
        }
        guard !flow.isEmpty else { return nil }
        self.init(pattern: flow, statuses: statuses, keepDays: days, keepCount: count)
    }
}

package import FlowModel
package import Primitives

/// Which executions are looked for, over all flows.
package struct ExecutionSearch: Sendable, Hashable {
    package var flowName: String?
    /// Empty: any.
    package var statuses: Set<ExecutionStatus> = []
    package var stepName: String?
    package var condition: OpenConditions = []
    package var startedFrom: Timestamp?
    /// Not included.
    package var startedUntil: Timestamp?
    package var labelName: String?
    package var labelValue: String?
    /// Part of the name, a label's value, the error or its cause.
    package var text: TextNeedle?

    package init() {}

    /// Whether only executions match that have not ended.
    package var isOfOpen: Bool { stepName != nil || !condition.isEmpty || statuses == [.running] }

    /// Whether only executions match that ended otherwise than well.
    package var isOfTroubled: Bool {
        !statuses.isEmpty && statuses.isSubset(of: [.failed, .timedOut, .stopped])
    }

    /// How far the clock may have been set back between two starts without one being overlooked.
    package static let clockSlack: Duration = .seconds(3600)

    /// Whether the entry is what is looked for, where it stands aside.
    package func matches(_ entry: ExecutionEntry) -> Bool {
        if let flowName, !entry.flowName.utf8Equals(flowName) { return false }
        if !statuses.isEmpty, !statuses.contains(entry.status) { return false }
        if let startedFrom, entry.started < startedFrom { return false }
        if let startedUntil, entry.started >= startedUntil { return false }
        if let labelName {
            guard let value = entry.labels[labelName] else { return false }
            if let labelValue, !value.labelText.utf8Equals(labelValue) { return false }
        }
        guard let text else { return true }
        return text.place(in: entry) != nil
    }

    /// Whether one of the open steps is what is looked for.
    package func matches(_ steps: [OpenStep]) -> Bool {
        if let stepName, !steps.contains(where: { $0.name.utf8Equals(stepName) }) { return false }
        return condition.isEmpty || !OpenConditions(steps).isDisjoint(with: condition)
    }
}

/// Where in an entry a text was found.
package enum TextPlace: String, Sendable, Hashable {
    case name, label, error, cause
}

extension TextNeedle {
    /// The first place that has it.
    package func place(in entry: ExecutionEntry) -> TextPlace? {
        if isIn(entry.name) { return .name }
        if entry.labels.contains(where: { isIn($0.value.labelText) }) { return .label }
        if let error = entry.error, isIn(error) { return .error }
        if let cause = entry.cause, isIn(cause) { return .cause }
        return nil
    }
}

extension JSONValue {
    /// A label's value as it is shown.
    package var labelText: String { stringValue ?? text }
}

/// What a look at some of the executions found.
package struct SearchSlice: Sendable, Hashable {
    /// Newest first.
    package var entries: [ExecutionEntry] = []
    /// How many were looked at.
    package var examined = 0
    /// The oldest that was looked at; nil when there are none older.
    package var last: Int64?
    /// When the oldest that was looked at was started.
    package var lastStarted: Timestamp?

    package init() {}
}

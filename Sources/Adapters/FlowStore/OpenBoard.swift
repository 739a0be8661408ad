import FlowModel
package import Primitives

/// A task that awaits a report; they are sorted by how long they have done so.
package struct WaitingKey: Sendable, Hashable, Comparable {
    package let since: Timestamp
    package let execution: Int64
    package let scheduledEventID: Int64

    package init(since: Timestamp, execution: Int64, scheduledEventID: Int64) {
        self.since = since
        self.execution = execution
        self.scheduledEventID = scheduledEventID
    }

    package static func < (left: WaitingKey, right: WaitingKey) -> Bool {
        (left.since.microseconds, left.execution, left.scheduledEventID)
            < (right.since.microseconds, right.execution, right.scheduledEventID)
    }
}

/// What an open execution has a step for.
package struct OpenConditions: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let waitingForCallback = OpenConditions(rawValue: 1)
    package static let retrying = OpenConditions(rawValue: 2)
    package static let delivering = OpenConditions(rawValue: 4)

    package init(_ steps: [OpenStep]) {
        self = []
        for step in steps {
            switch step.state {
            case .delivering: insert(.delivering)
            case .waitingForCallback: insert(.waitingForCallback)
            case .waitingToRetry: insert(.retrying)
            case .waiting: break
            }
        }
    }
}

/// How many open executions have a step for each condition.
package struct ConditionCounts: Sendable, Hashable {
    package var waitingForCallback: Int64 = 0
    package var retrying: Int64 = 0
    package var delivering: Int64 = 0

    mutating func add(_ conditions: OpenConditions, _ count: Int64) {
        if conditions.contains(.waitingForCallback) { waitingForCallback += count }
        if conditions.contains(.retrying) { retrying += count }
        if conditions.contains(.delivering) { delivering += count }
    }
}

/// The open executions, what each stands at, and which tasks await a report: kept in memory, about 200 bytes
/// for each.
package struct OpenBoard: Sendable {
    private struct Standing {
        let flowName: String
        var steps: [OpenStep]
    }

    package private(set) var executions = SortedKeys<Int64>()
    package private(set) var waiting = SortedKeys<WaitingKey>()
    package private(set) var counts = ConditionCounts()
    private var byFlow: [String: ConditionCounts] = [:]
    private var standings: [Int64: Standing] = [:]

    package init() {}

    package func steps(of execution: Int64) -> [OpenStep] { standings[execution]?.steps ?? [] }

    package func flowName(of execution: Int64) -> String? { standings[execution]?.flowName }

    package func counts(ofFlow name: String) -> ConditionCounts { byFlow[name] ?? ConditionCounts() }

    /// Puts in what was written before.
    mutating func enter(_ execution: Int64, flowName: String, steps: [OpenStep]) {
        leave(execution)
        executions.insert(execution)
        standings[execution] = Standing(flowName: flowName, steps: steps)
        for step in steps { note(step, of: execution, isOn: true) }
        count(OpenConditions(steps), flowName, 1)
    }

    /// Takes in the next events of an open execution; calls `ended` with the latency of each attempt that is
    /// over.
    mutating func apply(
        _ events: [HistoryEvent], of execution: Int64, flowName: String, ended: (Duration) -> Void
    ) {
        if standings[execution] == nil { enter(execution, flowName: flowName, steps: []) }
        let before = OpenConditions(steps(of: execution))
        for event in events {
            guard let change = standings[execution]?.steps.apply(event) else { continue }
            if let latency = change.latency { ended(latency) }
            guard change.before != nil || change.after != nil else { continue }
            if let step = change.before { note(step, of: execution, isOn: false) }
            if let step = change.after { note(step, of: execution, isOn: true) }
        }
        let after = OpenConditions(steps(of: execution))
        guard before != after else { return }
        count(before, flowName, -1)
        count(after, flowName, 1)
    }

    /// The execution has ended.
    mutating func leave(_ execution: Int64) {
        guard let standing = standings.removeValue(forKey: execution) else { return }
        executions.remove(execution)
        for step in standing.steps { note(step, of: execution, isOn: false) }
        count(OpenConditions(standing.steps), standing.flowName, -1)
    }

    private mutating func note(_ step: OpenStep, of execution: Int64, isOn: Bool) {
        guard step.state == .waitingForCallback else { return }
        let key = WaitingKey(
            since: step.since, execution: execution, scheduledEventID: step.scheduledEventID)
        if isOn { waiting.insert(key) } else { waiting.remove(key) }
    }

    private mutating func count(_ conditions: OpenConditions, _ flowName: String, _ count: Int64) {
        guard !conditions.isEmpty else { return }
        counts.add(conditions, count)
        byFlow[flowName, default: ConditionCounts()].add(conditions, count)
        if byFlow[flowName] == ConditionCounts() { byFlow[flowName] = nil }
    }
}

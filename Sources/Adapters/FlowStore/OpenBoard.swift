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

/// The open executions, what each stands at, and which tasks await a report: kept in memory, about 100 bytes
/// for each.
package struct OpenBoard: Sendable {
    /// By execution, those with `Standing.Steps.beside` without their steps.
    package private(set) var executions = SortedMap<Int64, Standing>()
    package private(set) var waiting = SortedKeys<WaitingKey>()
    package private(set) var counts = ConditionCounts()
    private var byFlow: [UInt32: ConditionCounts] = [:]
    private var stepsBeside: [Int64: [OpenStep]] = [:]
    private var names = NameTable()

    package init() {}

    package func steps(of execution: Int64) -> [OpenStep] {
        executions.value(execution).map { steps(of: execution, $0) } ?? []
    }

    private func steps(of execution: Int64, _ standing: Standing) -> [OpenStep] {
        switch standing.steps {
        case .none: []
        case .one: [standing.open(names[standing.step])]
        case .beside: stepsBeside[execution] ?? []
        }
    }

    package func flowName(of execution: Int64) -> String? {
        executions.value(execution).map { names[$0.flow] }
    }

    package func counts(ofFlow name: String) -> ConditionCounts {
        names.number(name).flatMap { byFlow[$0] } ?? ConditionCounts()
    }

    /// Puts in what was written before.
    mutating func enter(_ execution: Int64, flowName: String, steps: [OpenStep]) {
        leave(execution)
        var standing = Standing(flow: names.hold(flowName))
        hold(steps, of: execution, &standing)
        executions.set(execution, standing)
        for step in steps { note(step, of: execution, isOn: true) }
        count(OpenConditions(steps), standing.flow, 1)
    }

    /// Takes in the next events of an open execution; calls `ended` with the latency of each attempt that is
    /// over.
    mutating func apply(
        _ events: [HistoryEvent], of execution: Int64, flowName: String, ended: (Duration) -> Void
    ) {
        if executions.value(execution) == nil { enter(execution, flowName: flowName, steps: []) }
        guard var standing = executions.value(execution) else { return }
        var steps = steps(of: execution, standing)
        let before = OpenConditions(steps)
        var hasChanged = false
        for event in events where !steps.isEmpty || event.mayOpenStep {
            let change = steps.apply(event)
            if let latency = change.latency { ended(latency) }
            guard change.before != nil || change.after != nil else { continue }
            hasChanged = true
            if let step = change.before { note(step, of: execution, isOn: false) }
            if let step = change.after { note(step, of: execution, isOn: true) }
        }
        guard hasChanged else { return }
        release(execution, standing)
        hold(steps, of: execution, &standing)
        executions.set(execution, standing)
        let after = OpenConditions(steps)
        guard before != after else { return }
        count(before, standing.flow, -1)
        count(after, standing.flow, 1)
    }

    /// The execution has ended.
    mutating func leave(_ execution: Int64) {
        guard let standing = executions.remove(execution) else { return }
        let steps = steps(of: execution, standing)
        for step in steps { note(step, of: execution, isOn: false) }
        count(OpenConditions(steps), standing.flow, -1)
        release(execution, standing)
        names.release(standing.flow)
    }

    private mutating func hold(_ steps: [OpenStep], of execution: Int64, _ standing: inout Standing) {
        standing.steps = .none
        guard let first = steps.first else { return }
        if steps.count == 1 {
            let name = names.hold(first.name)
            if standing.hold(first, name: name) { return }
            names.release(name)
        }
        standing.steps = .beside
        stepsBeside[execution] = steps
    }

    /// Lets go of what the standing holds beside itself.
    private mutating func release(_ execution: Int64, _ standing: Standing) {
        switch standing.steps {
        case .none: break
        case .one: names.release(standing.step)
        case .beside: stepsBeside[execution] = nil
        }
    }

    private mutating func note(_ step: OpenStep, of execution: Int64, isOn: Bool) {
        guard step.state == .waitingForCallback else { return }
        let key = WaitingKey(
            since: step.since, execution: execution, scheduledEventID: step.scheduledEventID)
        if isOn { waiting.insert(key) } else { waiting.remove(key) }
    }

    private mutating func count(_ conditions: OpenConditions, _ flow: UInt32, _ count: Int64) {
        guard !conditions.isEmpty else { return }
        counts.add(conditions, count)
        byFlow[flow, default: ConditionCounts()].add(conditions, count)
        if byFlow[flow] == ConditionCounts() { byFlow[flow] = nil }
    }
}

package import FlowModel
package import Primitives

/// How many executions there are of each status.
package struct StatusCounts: Sendable, Hashable {
    package var running: Int64 = 0
    package var succeeded: Int64 = 0
    package var failed: Int64 = 0
    package var timedOut: Int64 = 0
    package var stopped: Int64 = 0

    package init() {}

    /// How many have ended.
    package mutating func noteEnded(_ status: ExecutionStatus, by step: Int64 = 1) {
        switch status {
        case .succeeded: succeeded += step
        case .failed: failed += step
        case .timedOut: timedOut += step
        case .stopped: stopped += step
        case .starting, .running: break
        }
    }

    package static func += (left: inout StatusCounts, right: StatusCounts) {
        left.running += right.running
        left.succeeded += right.succeeded
        left.failed += right.failed
        left.timedOut += right.timedOut
        left.stopped += right.stopped
    }
}

/// What began and ended in one minute; `running` counts what began.
package struct MinuteTally: Sendable, Hashable {
    /// Since 1970.
    package var minute: Int64
    package var counts: StatusCounts

    package init(minute: Int64, counts: StatusCounts) {
        self.minute = minute
        self.counts = counts
    }
}

package struct FlowTally: Sendable, Hashable {
    package var flowName: String
    package var counts: StatusCounts

    package init(flowName: String, counts: StatusCounts) {
        self.flowName = flowName
        self.counts = counts
    }
}

/// The executions counted as they start and end, by flow and by minute.
package struct ExecutionTally: Sendable {
    /// Minutes that are kept: an hour, with the present one.
    package static let minutesKept: Int64 = 60

    package private(set) var total = StatusCounts()
    package private(set) var flowNames = SortedKeys<String>()
    private var flows: [String: StatusCounts] = [:]
    private var minutes: [Int64: StatusCounts] = [:]
    private var newestMinute: Int64 = 0
    private var changedFlows: Set<String> = []
    private var changedMinutes: Set<Int64> = []

    package init() {}

    init(flows: [FlowTally], minutes: [MinuteTally]) {
        for flow in flows {
            self.flows[flow.flowName] = flow.counts
            flowNames.insert(flow.flowName)
            total += flow.counts
        }
        for minute in minutes {
            self.minutes[minute.minute] = minute.counts
            newestMinute = max(newestMinute, minute.minute)
        }
    }

    package func counts(ofFlow name: String) -> StatusCounts? { flows[name] }

    mutating func noteStarted(_ flow: String, at time: Timestamp) {
        total.running += 1
        change(flow) { $0.running += 1 }
        change(time.minute) { $0.running += 1 }
    }

    mutating func noteEnded(_ flow: String, _ status: ExecutionStatus, at time: Timestamp) {
        total.running -= 1
        total.noteEnded(status)
        change(flow) { counts in
            counts.running -= 1
            counts.noteEnded(status)
        }
        change(time.minute) { $0.noteEnded(status) }
    }

    /// Of an execution that has ended and is there no more, or again.
    mutating func note(_ status: ExecutionStatus, of flow: String, by step: Int64) {
        total.noteEnded(status, by: step)
        change(flow) { $0.noteEnded(status, by: step) }
    }

    private mutating func change(_ flow: String, _ body: (inout StatusCounts) -> Void) {
        if flows[flow] == nil { flowNames.insert(flow) }
        body(&flows[flow, default: StatusCounts()])
        changedFlows.insert(flow)
    }

    private mutating func change(_ minute: Int64, _ body: (inout StatusCounts) -> Void) {
        if minute > newestMinute {
            newestMinute = minute
            minutes = minutes.filter { $0.key >= oldestMinute }
            changedMinutes = changedMinutes.filter { $0 >= oldestMinute }
        }
        guard minute >= oldestMinute else { return }
        body(&minutes[minute, default: StatusCounts()])
        changedMinutes.insert(minute)
    }

    /// Before it nothing is kept.
    var oldestMinute: Int64 { newestMinute - Self.minutesKept + 1 }

    /// The last hour's minutes, oldest first, those in which nothing happened among them.
    package func minutes(until now: Timestamp) -> [MinuteTally] {
        let newest = now.minute
        return (newest - Self.minutesKept + 1...newest).map { minute in
            MinuteTally(minute: minute, counts: minutes[minute] ?? StatusCounts())
        }
    }

    /// `running` counts what began.
    package func lastHour(until now: Timestamp) -> StatusCounts {
        var sum = StatusCounts()
        for (minute, counts) in minutes where minute > now.minute - Self.minutesKept { sum += counts }
        return sum
    }

    var changed: (flows: [FlowTally], minutes: [MinuteTally]) {
        (
            changedFlows.map { FlowTally(flowName: $0, counts: flows[$0] ?? StatusCounts()) },
            changedMinutes.map { MinuteTally(minute: $0, counts: minutes[$0] ?? StatusCounts()) }
        )
    }

    mutating func noteWritten() {
        changedFlows.removeAll(keepingCapacity: true)
        changedMinutes.removeAll(keepingCapacity: true)
    }
}

extension Timestamp {
    /// Whole minutes since 1970.
    fileprivate var minute: Int64 { microseconds / 60_000_000 }
}

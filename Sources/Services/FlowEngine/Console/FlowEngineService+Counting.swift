import FlowEngineAPI
import FlowModel
import FlowStore
import Primitives
import RPCProtocol

/// How many executions there are: kept with the index, so that nothing is counted when somebody asks.
extension FlowEngineService {
    func countExecutions(_ params: CountExecutions.Params) async throws(RPCError) -> CountExecutions.Result {
        let limit = Int(try params.limit.inRange(1...100, parameter: "Limit") ?? 60)
        await settle()
        var result = CountExecutions.Result()
        result.summary = activity
        result.minutes = index.tally.minutes(until: world.now).map(MinuteCounts.init)
        if let name = params.flowName, !name.isEmpty {
            if let fault = NameRule.check(name, kind: .flow) { throw .argument("FlowName", fault) }
            if let counts = index.tally.counts(ofFlow: name) { result.flows = [flowCounts(name, counts)] }
            return result
        }
        let after = params.nextToken.flatMap { $0.isEmpty ? nil : $0 }
        let names = index.tally.flowNames.keys(after: after, limit: limit + 1)
        for name in names.prefix(limit) {
            guard let counts = index.tally.counts(ofFlow: name) else { continue }
            result.flows.append(flowCounts(name, counts))
        }
        if names.count > limit { result.nextToken = names[limit - 1] }
        return result
    }

    /// How it is now.
    var activity: ActivitySummary {
        let total = index.tally.total
        let open = index.board.counts
        var summary = ActivitySummary()
        summary.time = world.now.description
        summary.running = total.running
        summary.succeeded = total.succeeded
        summary.failed = total.failed
        summary.timedOut = total.timedOut
        summary.stopped = total.stopped
        summary.waitingForCallback = open.waitingForCallback
        summary.retrying = open.retrying
        summary.delivering = open.delivering
        summary.waitingTasks = Int64(index.board.waiting.count)
        summary.lastHour = HourCounts(index.tally.lastHour(until: world.now))
        summary.oldestWaiting = index.board.waiting.first.flatMap(oldestWaiting)
        return summary
    }

    private func oldestWaiting(_ key: WaitingKey) -> OldestWaiting? {
        let step = index.board.steps(of: key.execution).first { $0.scheduledEventID == key.scheduledEventID }
        guard let step, let entry = try? index.entry(execution: key.execution) else { return nil }
        return OldestWaiting.with {
            $0.flowName = entry.flowName
            $0.executionName = entry.name
            $0.stepName = step.name
            $0.since = key.since.description
        }
    }

    private func flowCounts(_ name: String, _ counts: StatusCounts) -> FlowCounts {
        let open = index.board.counts(ofFlow: name)
        return FlowCounts.with {
            $0.flowName = name
            $0.running = counts.running
            $0.succeeded = counts.succeeded
            $0.failed = counts.failed
            $0.timedOut = counts.timedOut
            $0.stopped = counts.stopped
            $0.waitingForCallback = open.waitingForCallback
            $0.retrying = open.retrying
            $0.delivering = open.delivering
        }
    }
}

extension HourCounts {
    fileprivate init(_ counts: StatusCounts) {
        self.init()
        started = counts.running
        succeeded = counts.succeeded
        failed = counts.failed
        timedOut = counts.timedOut
        stopped = counts.stopped
    }
}

extension MinuteCounts {
    fileprivate init(_ tally: MinuteTally) {
        self.init()
        minute = Timestamp(microseconds: tally.minute * 60_000_000).description
        started = tally.counts.running
        succeeded = tally.counts.succeeded
        failed = tally.counts.failed
        timedOut = tally.counts.timedOut
        stopped = tally.counts.stopped
    }
}

import FlowCore
import FlowEngineAPI
import FlowModel
import FlowStore
import Primitives
import RPCProtocol

/// What happened to an execution and what it waits for.
extension FlowEngineService {
    func executionHistory(
        _ params: GetExecutionHistory.Params, roles: Set<RPCRole>
    ) async throws(RPCError) -> GetExecutionHistory.Result {
        let limit = try params.limit.inRange(1...1000, parameter: "Limit") ?? 60
        let token = try params.nextToken.number(parameter: "NextToken")
        let isReverse = params.reverseOrder ?? false
        await settle()
        let entry = try execution(params.executionName, of: params.flowName, .committed)
        let last = entry.lastEventID
        let from = min(token ?? (isReverse ? last : 1), last + 1)
        var events = try self.events(
            of: entry, from: isReverse ? max(1, from - limit + 1) : from,
            through: min(last, isReverse ? from : from + limit - 1))
        if isReverse { events.reverse() }
        let secrets = try liveTokens(of: entry, for: roles)
        var page = Page<EventRecord>(limit: Int(limit), bytesMax: settings.wire.replyBytesMax)
        for event in events {
            let record = EventRecord(event, hiding: secrets, isBrief: params.brief ?? false)
            guard page.add(record, bytes: record.eventDetail.utf8.count + 160) else { break }
        }
        var result = GetExecutionHistory.Result()
        result.events = page.items
        guard let sent = page.items.last?.eventId else { return result }
        let next = isReverse ? sent - 1 : sent + 1
        if (1...last).contains(next) { result.nextToken = "\(next)" }
        return result
    }

    /// The events of these ids, whole. Only the segments that hold them are read and replayed, so the cost
    /// depends on how many they are, not on how long the history is.
    func events(of entry: ExecutionEntry, from: Int64, through: Int64) throws(RPCError) -> [HistoryEvent] {
        guard from <= through else { return [] }
        return try answering { () throws(StoreError) in
            let segment = try store.segment(of: entry.execution, before: from)
            let end = try store.segmentEnd(of: entry.execution, from: through) ?? entry.lastSequence
            let rows = try store.history(
                endingAt: min(end, entry.lastSequence), after: segment?.sequence ?? 0)
            var machine = try machine(of: entry, behind: segment)
            var events: [HistoryEvent] = []
            for row in rows where machine.lastEventID < through {
                for event in try machine.replay(row) where (from...through).contains(event.eventID) {
                    events.append(event)
                }
            }
            return events
        }
    }

    /// The tokens that could still be reported, which only operators may read in a history.
    func liveTokens(of entry: ExecutionEntry, for roles: Set<RPCRole>) throws(RPCError) -> [String] {
        guard entry.isOpen, !roles.contains(.operate) else { return [] }
        let worker = try answeredWorker(entry.execution)
        return worker.machine.openTasks.map { task in
            worker.mint.token(
                flow: entry.flowName, execution: entry.name, scheduledEventID: task.scheduledEventID)
        }
    }

    func listOpenTasks(
        _ params: ListOpenTasks.Params, roles: Set<RPCRole>
    ) async throws(RPCError) -> ListOpenTasks.Result {
        await settle()
        let entry = try execution(params.executionName, of: params.flowName, .committed)
        var result = ListOpenTasks.Result()
        guard entry.isOpen else { return result }
        var worker = try answeredWorker(entry.execution)
        while worker.stagedRows > 0 {
            await settle()
            worker = try answeredWorker(entry.execution)
        }
        for task in worker.machine.openTasks {
            let delivery = dispatcher.delivery(
                TaskKey(execution: entry.execution, scheduledEventID: task.scheduledEventID))
            var item = FlowEngineAPI.OpenTask()
            item.stepName = task.stepName
            item.scheduledEventId = task.scheduledEventID
            item.resourceArn = task.resourceArn
            item.state = task.submitted && task.waitsForCallback ? "waitingForCallback" : "delivering"
            item.attempt = task.attempt
            item.deadline = task.deadline?.description
            item.redeliveries = delivery?.redeliveries ?? 0
            item.trouble = delivery.flatMap(trouble)
            if roles.contains(.operate) {
                item.taskToken = worker.mint.token(
                    flow: entry.flowName, execution: entry.name, scheduledEventID: task.scheduledEventID)
            }
            result.tasks.append(item)
        }
        result.tasks += worker.machine.pendingRetries.map(FlowEngineAPI.OpenTask.init)
        return result
    }

    /// Why an attempt is not taken: what its own calls met, or what those before it in the line did.
    private func trouble(_ delivery: Delivery) -> String? {
        if let trouble = delivery.trouble { return trouble }
        let health = dispatcher.health[delivery.binding.target]
        return health?.downSince == nil ? nil : health?.lastError
    }
}

extension FlowEngineAPI.OpenTask {
    init(_ retry: PendingRetry) {
        self.init()
        stepName = retry.stepName
        scheduledEventId = retry.scheduledEventID
        resourceArn = retry.resourceArn
        state = "waitingToRetry"
        attempt = retry.attempt
        trouble = "\(retry.failure); tried again at \(retry.retryAt)"
    }
}

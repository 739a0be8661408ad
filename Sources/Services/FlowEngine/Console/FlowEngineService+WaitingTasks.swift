import FlowEngineAPI
import FlowModel
import FlowStore
import Primitives
import RPCProtocol

/// The tasks of all executions that await a report.
extension FlowEngineService {
    func listWaitingTasks(
        _ params: ListWaitingTasks.Params, roles: Set<RPCRole>
    ) async throws(RPCError) -> ListWaitingTasks.Result {
        let limit = Int(try params.limit.inRange(1...100, parameter: "Limit") ?? 60)
        var cursor = try WaitingKey(token: params.nextToken)
        await settle()
        var page = Page<WaitingTask>(limit: limit, bytesMax: settings.wire.replyBytesMax)
        var result = ListWaitingTasks.Result()
        var examined = 0
        pages: while true {
            let keys = index.board.waiting.keys(after: cursor, limit: settings.searchBatch)
            for key in keys {
                if let task = try waitingTask(key, params, roles), !page.add(task, bytes: task.bytes) {
                    result.nextToken = cursor?.token
                    break pages
                }
                cursor = key
            }
            examined += keys.count
            guard keys.count == settings.searchBatch else { break }
            if examined >= settings.waitingExaminedMax {
                result.nextToken = cursor?.token
                break
            }
            try await nextSearchTurn()
        }
        result.tasks = page.items
        result.total = Int64(index.board.waiting.count)
        return result
    }

    /// Nil when it is not what is asked for; the resource is looked at last, because the definition has it.
    private func waitingTask(
        _ key: WaitingKey, _ params: ListWaitingTasks.Params, _ roles: Set<RPCRole>
    ) throws(RPCError) -> WaitingTask? {
        let steps = index.board.steps(of: key.execution)
        guard let step = steps.first(where: { $0.scheduledEventID == key.scheduledEventID }) else {
            return nil
        }
        if let name = params.stepName, !name.isEmpty, step.name != name { return nil }
        let flowName = index.board.flowName(of: key.execution)
        if let name = params.flowName, !name.isEmpty, flowName != name { return nil }
        let entry = try entryNow(key.execution)
        var task = WaitingTask()
        task.resourceArn = try resource(of: step.name, in: entry.definition) ?? ""
        if let resource = params.resource, !task.resourceArn.utf8.starts(with: resource.utf8) { return nil }
        task.flowName = entry.flowName
        task.executionName = entry.name
        task.stepName = step.name
        task.scheduledEventId = step.scheduledEventID
        task.since = step.since.description
        task.deadline = step.deadline?.description
        task.attempt = step.attempt
        task.labels = entry.labels
        if roles.contains(.operate) {
            task.taskToken = keys.mint(execution: key.execution).token(
                flow: entry.flowName, execution: entry.name, scheduledEventID: step.scheduledEventID)
        }
        return task
    }

    func resource(of step: String, in definition: String) throws(RPCError) -> String? {
        let pinned = try answering { () throws(StoreError) in try definitions.definition(definition) }
        return console.resource(of: step, in: pinned)
    }

    /// Lets others in between two slices of a long look; gives up when the caller is gone.
    func nextSearchTurn() async throws(RPCError) {
        await nextTurn()
        if isDraining || Task.isCancelled { throw Self.gone }
    }
}

extension WaitingTask {
    /// About what it takes in a reply.
    fileprivate var bytes: Int { 512 + resourceArn.utf8.count + labels.count * 128 }
}

extension WaitingKey {
    /// The place in the list behind which a page goes on.
    fileprivate var token: String { "\(since.microseconds).\(execution).\(scheduledEventID)" }

    fileprivate init?(token: String?) throws(RPCError) {
        guard let token, !token.isEmpty else { return nil }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).map { Int64($0) }
        guard parts.count == 3, let since = parts[0], let execution = parts[1], let event = parts[2] else {
            throw .argument("NextToken", "\"\(token)\" was not given by a page before")
        }
        self.init(
            since: Timestamp(microseconds: since), execution: execution, scheduledEventID: event)
    }
}

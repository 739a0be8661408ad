import FlowEngineAPI
import Primitives
import RPCProtocol
import Synchronization

/// The engine as the gateway sees it: takes one report for each token, and tells of executions that ended.
final class EnginePeer: Sendable {
    struct Report: Sendable, Hashable {
        let token: String
        let output: String
        let key: String?
    }

    private struct State {
        var reports: [Report] = []
        var refusals: [String: RPCError] = [:]
        var items: [WatchExecutions.Item] = []
        var followers: [AsyncStream<WatchExecutions.Item>.Continuation] = []
    }

    private let state = Mutex(State())

    /// One for each token that was taken; repeats are not counted.
    var reports: [Report] { state.withLock { $0.reports } }

    func refuse(_ token: String, _ name: RPCErrorName) {
        state.withLock { $0.refusals[token] = RPCError(name, "the task has ended") }
    }

    /// Tells of an execution, to those who follow and those who will.
    func tell(_ sequence: Int64, _ execution: String, _ status: String, flow: String = "OrderDemo") {
        let item = WatchExecutions.Item.with {
            $0.sequence = sequence
            $0.flowName = flow
            $0.executionName = execution
            $0.status = status
            $0.time = "2026-11-23T09:30:00.000Z"
        }
        let followers = state.withLock { state in
            state.items.append(item)
            return state.followers
        }
        for follower in followers { follower.yield(item) }
    }

    var methods: HandlerTable {
        var table = HandlerTable()
        table.on(ReportTaskSucceeded.self) { (params, context) throws(RPCError) in
            let key = context.meta.idempotencyKey
            return try self.take(Report(token: params.taskToken, output: params.output, key: key))
        }
        table.on(stream: WatchExecutions.self) { (params, _, sink) throws(RPCError) in
            for await item in self.follow(after: params.afterSequence) { try sink.send(item) }
            return NoFields()
        }
        return table
    }

    private func take(_ report: Report) throws(RPCError) -> ReportTaskSucceeded.Result {
        let answer = state.withLock { state -> Result<Int64, RPCError> in
            if let refusal = state.refusals[report.token] { return .failure(refusal) }
            guard let index = state.reports.firstIndex(where: { $0.token == report.token }) else {
                state.reports.append(report)
                return .success(Int64(state.reports.count))
            }
            guard state.reports[index].key == report.key else {
                return .failure(RPCError(.taskAlreadyCompleted, "the task has ended"))
            }
            return .success(Int64(index + 1))
        }
        return try .with(eventID: answer.get())
    }

    private func follow(after sequence: Int64) -> AsyncStream<WatchExecutions.Item> {
        let (items, continuation) = AsyncStream<WatchExecutions.Item>.makeStream()
        state.withLock { state in
            for item in state.items where item.sequence > sequence { continuation.yield(item) }
            state.followers.append(continuation)
        }
        return items
    }
}

extension ReportTaskSucceeded.Result {
    fileprivate static func with(eventID: Int64) -> Self { .with { $0.eventId = eventID } }
}

import FlowEngineAPI
import RPCProtocol

extension FlowEngineService {
    /// What a console asks over all executions.
    nonisolated func addConsole(to table: inout HandlerTable) {
        table.on(SearchExecutions.self) { (params, _) async throws(RPCError) in
            try await self.searchExecutions(params)
        }
        table.on(CountExecutions.self) { (params, _) async throws(RPCError) in
            try await self.countExecutions(params)
        }
        table.on(ListWaitingTasks.self) { (params, context) async throws(RPCError) in
            try await self.listWaitingTasks(params, roles: context.door.roles)
        }
        table.on(StopExecutions.self) { (params, _) async throws(RPCError) in
            try await self.stopExecutions(params)
        }
        table.on(DescribeEngine.self) { (_, _) async throws(RPCError) in try await self.describeEngine() }
        table.on(stream: WatchActivity.self) { (_, _, sink) async throws(RPCError) in
            try await self.watchActivity(sink)
        }
    }
}

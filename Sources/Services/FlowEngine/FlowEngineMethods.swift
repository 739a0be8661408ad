import FlowEngineAPI
package import RPCProtocol

extension FlowEngineService {
    /// Every method of the contract, bound to the service.
    package nonisolated var methods: HandlerTable {
        var table = HandlerTable()
        addFlows(to: &table)
        addVersions(to: &table)
        addExecutions(to: &table)
        addTasks(to: &table)
        addStreams(to: &table)
        addQueues(to: &table)
        addMessages(to: &table)
        addTopics(to: &table)
        addSubscriptions(to: &table)
        addSchedules(to: &table)
        addConsole(to: &table)
        addKeeping(to: &table)
        return table
    }

    private nonisolated func addFlows(to table: inout HandlerTable) {
        table.on(CreateFlow.self) { (params, _) async throws(RPCError) in try await self.createFlow(params) }
        table.on(UpdateFlow.self) { (params, _) async throws(RPCError) in try await self.updateFlow(params) }
        table.on(DescribeFlow.self) { (params, _) async throws(RPCError) in
            try await self.describeFlow(params)
        }
        table.on(DeleteFlow.self) { (params, _) async throws(RPCError) in try await self.deleteFlow(params) }
        table.on(ListFlows.self) { (params, _) async throws(RPCError) in try await self.listFlows(params) }
        table.on(CheckResources.self) { (params, _) async throws(RPCError) in
            try await self.checkResources(params)
        }
    }

    private nonisolated func addVersions(to table: inout HandlerTable) {
        table.on(PublishFlowVersion.self) { (params, _) async throws(RPCError) in
            try await self.publishFlowVersion(params)
        }
        table.on(ListFlowVersions.self) { (params, _) async throws(RPCError) in
            try await self.listFlowVersions(params)
        }
        table.on(DeleteFlowVersion.self) { (params, _) async throws(RPCError) in
            try await self.deleteFlowVersion(params)
        }
        table.on(CreateFlowAlias.self) { (params, _) async throws(RPCError) in
            try await self.createFlowAlias(params)
        }
        table.on(UpdateFlowAlias.self) { (params, _) async throws(RPCError) in
            try await self.updateFlowAlias(params)
        }
        table.on(DescribeFlowAlias.self) { (params, _) async throws(RPCError) in
            try await self.describeFlowAlias(params)
        }
        table.on(DeleteFlowAlias.self) { (params, _) async throws(RPCError) in
            try await self.deleteFlowAlias(params)
        }
        table.on(ListFlowAliases.self) { (params, _) async throws(RPCError) in
            try await self.listFlowAliases(params)
        }
    }

    private nonisolated func addExecutions(to table: inout HandlerTable) {
        table.on(StartExecution.self, gate: startGate) { (params, _) async throws(RPCError) in
            try await self.startExecution(params)
        }
        table.on(StartSyncExecution.self, gate: startGate) { (params, _) async throws(RPCError) in
            try await self.startSyncExecution(params)
        }
        table.on(StopExecution.self) { (params, _) async throws(RPCError) in
            try await self.stopExecution(params)
        }
        table.on(DescribeExecution.self) { (params, _) async throws(RPCError) in
            try await self.describeExecution(params)
        }
        table.on(ListExecutions.self) { (params, _) async throws(RPCError) in
            try await self.listExecutions(params)
        }
        table.on(GetExecutionHistory.self) { (params, context) async throws(RPCError) in
            try await self.executionHistory(params, roles: context.door.roles)
        }
    }

    private nonisolated func addTasks(to table: inout HandlerTable) {
        table.on(ReportTaskSucceeded.self) { (params, context) async throws(RPCError) in
            try await self.reportTaskSucceeded(params, key: context.meta.idempotencyKey)
        }
        table.on(ReportTaskFailed.self) { (params, context) async throws(RPCError) in
            try await self.reportTaskFailed(params, key: context.meta.idempotencyKey)
        }
        table.on(ListOpenTasks.self) { (params, context) async throws(RPCError) in
            try await self.listOpenTasks(params, roles: context.door.roles)
        }
    }

    private nonisolated func addStreams(to table: inout HandlerTable) {
        table.on(stream: WatchExecution.self) { (params, context, sink) async throws(RPCError) in
            try await self.watchExecution(params, roles: context.door.roles, sink)
        }
        table.on(stream: WatchExecutions.self) { (params, _, sink) async throws(RPCError) in
            try await self.watchExecutions(params, sink)
        }
    }
}

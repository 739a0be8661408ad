import FlowEngineAPI
import RPCProtocol

extension FlowEngineService {
    nonisolated func addSchedules(to table: inout HandlerTable) {
        table.on(CreateSchedule.self) { (params, _) async throws(RPCError) in
            try await self.createSchedule(params)
        }
        table.on(UpdateSchedule.self) { (params, _) async throws(RPCError) in
            try await self.updateSchedule(params)
        }
        table.on(DescribeSchedule.self) { (params, _) async throws(RPCError) in
            try await self.describeSchedule(params)
        }
        table.on(DeleteSchedule.self) { (params, _) async throws(RPCError) in
            try await self.deleteSchedule(params)
        }
        table.on(ListSchedules.self) { (params, _) async throws(RPCError) in
            try await self.listSchedules(params)
        }
    }
}

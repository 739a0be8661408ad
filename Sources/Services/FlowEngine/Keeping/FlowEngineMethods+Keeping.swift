import FlowEngineAPI
import RPCProtocol

extension FlowEngineService {
    nonisolated func addKeeping(to table: inout HandlerTable) {
        table.on(stream: HoldCommits.self) { (params, _, sink) async throws(RPCError) in
            try await self.holdCommits(params, sink)
        }
        table.on(stream: VerifyJournal.self) { (params, _, sink) async throws(RPCError) in
            try await self.verifyJournal(params, sink)
        }
        table.on(stream: ApplyRetention.self) { (params, _, sink) async throws(RPCError) in
            try await self.applyRetention(params, sink)
        }
        table.on(stream: ExportExecution.self) { (params, _, sink) async throws(RPCError) in
            try await self.exportExecution(params, sink)
        }
        table.on(ImportExecution.self) { (params, _) async throws(RPCError) in
            try await self.importExecution(params)
        }
    }
}

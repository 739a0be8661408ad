import FlowCore
import FlowEngineAPI
import FlowModel
import FlowStore
import Primitives
import RPCProtocol

/// Deleting a flow, and what becomes of its executions that run.
extension FlowEngineService {
    /// So many executions are stopped in one turn of the loop.
    private static let stopsPerTurn = 256

    /// Executions that run keep the definition and end by themselves, or are stopped if so wished.
    /// Those that have ended are not shown any more.
    func deleteFlow(_ params: DeleteFlow.Params) async throws(RPCError) -> NoFields {
        var flow = try flow(params.name, parameter: "Name")
        let stopsRunning = params.stopRunning ?? false
        if stopsRunning {
            // First of all: if the engine ends in between, the flow is still there to be deleted again.
            try await stopAll(of: flow)
            flow = try self.flow(params.name, parameter: "Name")
        }
        let id = flow.definition
        let definition = try answering { () throws(StoreError) in try definitions.definition(id) }
        flow.deleted = world.now
        try replace(flow, definition)
        let key = flow.key
        try change { () throws(StoreError) in try store.removeVersionsAndAliases(of: key) }
        try removeSchedules(of: flow)
        try await committed()
        // And those that were started meanwhile: from here on nobody can start another.
        if stopsRunning { try await stopAll(of: flow) }
        return NoFields()
    }

    private func stopAll(of flow: StoredFlow) async throws(RPCError) {
        var filter = ExecutionFilter(flow: flow.key)
        filter.status = .running
        let wanted = filter
        let failure = try failure(
            error: FailureName.stopped, cause: "flow \(flow.name) was deleted while it ran")
        while true {
            try await committed()
            let open = try answering { () throws(StoreError) in
                try index.entries(wanted, before: .max, limit: Self.stopsPerTurn)
            }
            for entry in open {
                let worker = try answeredWorker(entry.execution)
                // One that has just ended is stopped already.
                do throws(InputRefused) { try step(worker, .stop(failure)) } catch { continue }
            }
            guard open.count == Self.stopsPerTurn else { break }
        }
        try await committed()
    }
}

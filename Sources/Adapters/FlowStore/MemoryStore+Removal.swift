import Synchronization

extension MemoryStore {
    package func remove(_ entries: [ExecutionEntry], flows: [FlowTally], rowsMax: Int64) -> Removal {
        let executions = Set(entries.map(\.execution))
        return state.withLock { state in
            var removal = Removal()
            removal.executions = Int64(entries.count)
            state.rows.removeAll { row in
                guard executions.contains(row.execution) else { return false }
                removal.rows += 1
                removal.bytes += Int64(row.body.count)
                state.removedSequence = max(state.removedSequence, row.sequence)
                return true
            }
            for execution in executions {
                state.segments[execution] = nil
                state.entries[execution] = nil
                state.steps[execution] = nil
            }
            for flow in flows { state.flowTallies[flow.flowName] = flow.counts }
            return removal
        }
    }

    package func continueRemoval(rowsMax: Int64) -> Removal { Removal() }
    package func halfRemoved() -> Set<Int64> { [] }
    package func removedSequence() -> Int64 { state.withLock { $0.removedSequence } }
}

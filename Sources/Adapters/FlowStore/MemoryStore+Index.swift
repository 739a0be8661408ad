import Primitives
import Synchronization

extension MemoryStore {
    package func flow(named name: String) -> StoredFlow? {
        state.withLock { state in state.changing.flows.first { $0.deleted == nil && $0.name.utf8Equals(name) }
        }
    }

    package func flowCount() -> Int {
        state.withLock { state in state.changing.flows.count { $0.deleted == nil } }
    }

    package func deletedFlows(named name: String) -> [StoredFlow] {
        state.withLock { state in
            state.changing.flows.filter { $0.deleted != nil && $0.name.utf8Equals(name) }.reversed()
        }
    }

    package func flows(fromName: String, limit: Int, resourceGroup: String?) -> [StoredFlow] {
        let flows = state.withLock { state in
            state.changing.flows.filter { flow in
                flow.deleted == nil && !flow.name.utf8Precedes(fromName)
                    && (resourceGroup == nil || resourceGroup == flow.resourceGroup)
            }
        }
        return Array(flows.sorted { $0.name.utf8Precedes($1.name) }.prefix(limit))
    }

    package func addFlow(_ flow: StoredFlow, definitionText: String) -> Int64 {
        change { state in
            var flow = flow
            flow.key = Int64(state.flows.count + 1)
            state.flows.append(flow)
            state.definitions[flow.definition] = definitionText
            return flow.key
        }
    }

    package func replaceFlow(_ flow: StoredFlow, definitionText: String) {
        change { state in
            guard let index = state.flows.firstIndex(where: { $0.key == flow.key }) else { return }
            state.flows[index] = flow
            state.definitions[flow.definition] = definitionText
        }
    }

    package func definitionText(_ id: String) -> String? { state.withLock { $0.changing.definitions[id] } }
}

extension MemoryStore {
    package func lowWaterMark() -> Int64 { state.withLock { $0.lowWaterMark } }

    package func write(_ entries: [ExecutionEntry], lowWaterMark: Int64) {
        state.withLock { state in
            for entry in entries { state.entries[entry.execution] = entry }
            state.lowWaterMark = lowWaterMark
        }
    }

    package func entry(execution: Int64) -> ExecutionEntry? { state.withLock { $0.entries[execution] } }

    package func entry(flow: Int64, name: String) -> ExecutionEntry? {
        state.withLock { state in state.entries.values.first { $0.flow == flow && $0.name.utf8Equals(name) } }
    }

    package func entries(_ filter: ExecutionFilter, before: Int64, limit: Int) -> [ExecutionEntry] {
        let found = state.withLock { state in
            state.entries.values.filter { $0.execution < before && filter.matches($0) }
        }
        return Array(found.sorted { $0.execution > $1.execution }.prefix(limit))
    }

    package func openEntries(after: Int64, limit: Int) -> [ExecutionEntry] {
        let found = state.withLock { state in
            state.entries.values.filter { $0.execution > after && $0.isOpen }
        }
        return Array(found.sorted { $0.execution < $1.execution }.prefix(limit))
    }

    package func forgetIndex() {
        state.withLock { state in
            state.entries.removeAll()
            state.lowWaterMark = 0
        }
    }
}

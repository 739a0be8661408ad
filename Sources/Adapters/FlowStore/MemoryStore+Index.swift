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

    package func pin(definition id: String, text: String) { change { $0.definitions[id] = text } }

    package func definitionText(_ id: String) -> String? { state.withLock { $0.changing.definitions[id] } }
}

package import Primitives
import Synchronization

extension MemoryStore {
    package func lowWaterMark() -> Int64 { state.withLock { $0.lowWaterMark } }
    package func tallyMark() -> Int64 { state.withLock { $0.tallyMark } }

    package func write(_ change: IndexChange) {
        state.withLock { state in
            for entry in change.entries {
                state.entries[entry.execution] = entry
                state.steps[entry.execution] = change.steps[entry.execution]
            }
            for flow in change.flows { state.flowTallies[flow.flowName] = flow.counts }
            for minute in change.minutes { state.minuteTallies[minute.minute] = minute.counts }
            state.minuteTallies = state.minuteTallies.filter { $0.key >= change.oldestMinute }
            state.lowWaterMark = change.lowWaterMark
            state.tallyMark = change.tallyMark
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

    package func openExecutions(after: Int64, limit: Int) -> [RecoveredExecution] {
        let (found, steps) = state.withLock { state in
            (state.entries.values.filter { $0.execution > after && $0.isOpen }, state.steps)
        }
        return found.sorted { $0.execution < $1.execution }.prefix(limit).map { entry in
            var recovered = RecoveredExecution(entry)
            recovered.steps = steps[entry.execution] ?? []
            return recovered
        }
    }

    package func forgetIndex() {
        state.withLock { state in
            state.entries.removeAll()
            state.steps.removeAll()
            state.flowTallies.removeAll()
            state.minuteTallies.removeAll()
            state.lowWaterMark = 0
            state.tallyMark = 0
        }
    }
}

extension MemoryStore {
    package func flowTallies() -> [FlowTally] {
        state.withLock { $0.flowTallies.map { FlowTally(flowName: $0.key, counts: $0.value) } }
    }

    package func minuteTallies() -> [MinuteTally] {
        state.withLock { $0.minuteTallies.map { MinuteTally(minute: $0.key, counts: $0.value) } }
    }

    package func search(
        _ search: ExecutionSearch, before: Int64, examinedMax: Int, limit: Int
    ) -> SearchSlice {
        let older = state.withLock { $0.entries.values.filter { $0.execution < before } }
        var slice = SearchSlice()
        for entry in older.sorted(by: { $0.execution > $1.execution }) {
            guard slice.examined < examinedMax, slice.entries.count < limit else { return slice }
            slice.examined += 1
            slice.last = entry.execution
            slice.lastStarted = entry.started
            if search.matches(entry) { slice.entries.append(entry) }
        }
        slice.last = nil
        return slice
    }

    package func executions(labelled name: String, _ value: String, before: Int64, limit: Int) -> [Int64] {
        let found = state.withLock { state in
            state.entries.values.filter { entry in
                entry.execution < before && entry.labels[name]?.labelText.utf8Equals(value) == true
            }
        }
        return Array(found.map(\.execution).sorted(by: >).prefix(limit))
    }

    package func execution(startedFrom time: Timestamp) -> Int64? {
        state.withLock { $0.entries.values.filter { $0.started >= time }.map(\.execution).min() }
    }

    /// It has no file.
    package func footprint() -> StoreFootprint { StoreFootprint() }
}

import FlowStore
import Primitives

extension FaultyStore {
    func openExecutions(after: Int64, limit: Int) throws(StoreError) -> [RecoveredExecution] {
        try store.openExecutions(after: after, limit: limit)
    }
    func flowTallies() throws(StoreError) -> [FlowTally] { try store.flowTallies() }
    func minuteTallies() throws(StoreError) -> [MinuteTally] { try store.minuteTallies() }
    func search(
        _ search: ExecutionSearch, before: Int64, examinedMax: Int, limit: Int
    ) throws(StoreError) -> SearchSlice {
        try check()
        return try store.search(search, before: before, examinedMax: examinedMax, limit: limit)
    }
    func executions(
        labelled name: String, _ value: String, before: Int64, limit: Int
    ) throws(StoreError) -> [Int64] {
        try store.executions(labelled: name, value, before: before, limit: limit)
    }
    func execution(startedFrom time: Timestamp) throws(StoreError) -> Int64? {
        try store.execution(startedFrom: time)
    }
    func footprint() throws(StoreError) -> StoreFootprint { try store.footprint() }
}

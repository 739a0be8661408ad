import FlowModel
import FlowStore
import Primitives
import Synchronization

/// A store whose disk fails when the test says so; everything else is the store below.
final class FaultyStore: DurableStore {
    let store: any DurableStore
    private let state = Mutex<State>(State())

    private struct State {
        var rowsRead = 0
        var fault: StoreError?
        var commitFault: StoreError?
        var commits = 0
        var commitsMax = Int.max
        var after: @Sendable () -> Void = {}
    }

    init(_ store: any DurableStore = MemoryStore()) { self.store = store }

    var fault: StoreError? {
        get { state.withLock { $0.fault } }
        set { state.withLock { $0.fault = newValue } }
    }

    /// Fails commits, but no change before them.
    var commitFault: StoreError? {
        get { state.withLock { $0.commitFault } }
        set { state.withLock { $0.commitFault = newValue } }
    }

    /// Called after each commit, with rows or without.
    func afterCommit(_ body: @escaping @Sendable () -> Void) { state.withLock { $0.after = body } }

    /// Commits of rows after which the disk is full.
    var commitsMax: Int {
        get { state.withLock { $0.commitsMax } }
        set { state.withLock { $0.commitsMax = newValue } }
    }

    /// Commits of rows so far.
    var commits: Int { state.withLock { $0.commits } }

    /// Rows of histories that were read so far.
    var rowsRead: Int {
        get { state.withLock { $0.rowsRead } }
        set { state.withLock { $0.rowsRead = newValue } }
    }

    static let full = StoreError.unavailable(path: "/state/flow-engine.sqlite", reason: "the disk is full")

    func check() throws(StoreError) { if let fault { throw fault } }

    func append(_ rows: [JournalRow]) throws(StoreError) {
        let isFull = commits >= commitsMax
        if let fault = fault ?? commitFault ?? (isFull ? Self.full : nil) {
            store.revert()
            throw fault
        }
        try store.append(rows)
        if !rows.isEmpty { state.withLock { $0.commits += 1 } }
        state.withLock { $0.after }()
    }

    func revert() { store.revert() }

    func write(_ change: IndexChange) throws(StoreError) {
        try check()
        try store.write(change)
    }

    func addFlow(_ flow: StoredFlow, definitionText: String) throws(StoreError) -> Int64 {
        try check()
        return try store.addFlow(flow, definitionText: definitionText)
    }

    func replaceFlow(_ flow: StoredFlow, definitionText: String) throws(StoreError) {
        try check()
        try store.replaceFlow(flow, definitionText: definitionText)
    }

    func close() throws(StoreError) { try store.close() }
    func lastSequence() throws(StoreError) -> Int64 { try store.lastSequence() }
    func row(_ sequence: Int64) throws(StoreError) -> JournalRow? { try store.row(sequence) }
    func history(endingAt last: Int64, after: Int64) throws(StoreError) -> [JournalRow] {
        let rows = try store.history(endingAt: last, after: after)
        state.withLock { $0.rowsRead += rows.count }
        return rows
    }
    func segment(of execution: Int64, before event: Int64) throws(StoreError) -> Segment? {
        try store.segment(of: execution, before: event)
    }
    func segmentEnd(of execution: Int64, from event: Int64) throws(StoreError) -> Int64? {
        try store.segmentEnd(of: execution, from: event)
    }
    func rows(after: Int64, through: Int64, marked: Bool, limit: Int) throws(StoreError) -> [JournalRow] {
        try store.rows(after: after, through: through, marked: marked, limit: limit)
    }
    func flow(named name: String) throws(StoreError) -> StoredFlow? { try store.flow(named: name) }
    func flowCount() throws(StoreError) -> Int { try store.flowCount() }
    func deletedFlows(named name: String) throws(StoreError) -> [StoredFlow] {
        try store.deletedFlows(named: name)
    }
    func flows(
        fromName: String, limit: Int, resourceGroup: String?
    ) throws(StoreError) -> [StoredFlow] {
        try store.flows(fromName: fromName, limit: limit, resourceGroup: resourceGroup)
    }
    func pin(definition id: String, text: String) throws(StoreError) {
        try check()
        try store.pin(definition: id, text: text)
    }
    func remove(
        _ entries: [ExecutionEntry], flows: [FlowTally], rowsMax: Int64
    ) throws(StoreError) -> Removal {
        try check()
        return try store.remove(entries, flows: flows, rowsMax: rowsMax)
    }
    func continueRemoval(rowsMax: Int64) throws(StoreError) -> Removal {
        try check()
        return try store.continueRemoval(rowsMax: rowsMax)
    }
    func halfRemoved() throws(StoreError) -> Set<Int64> { try store.halfRemoved() }
    func removedSequence() throws(StoreError) -> Int64 { try store.removedSequence() }
    func definitionText(_ id: String) throws(StoreError) -> String? { try store.definitionText(id) }
    func lowWaterMark() throws(StoreError) -> Int64 { try store.lowWaterMark() }
    func tallyMark() throws(StoreError) -> Int64 { try store.tallyMark() }
    func entry(execution: Int64) throws(StoreError) -> ExecutionEntry? {
        try store.entry(execution: execution)
    }
    func entry(flow: Int64, name: String) throws(StoreError) -> ExecutionEntry? {
        try store.entry(flow: flow, name: name)
    }
    func entries(_ filter: ExecutionFilter, before: Int64, limit: Int) throws(StoreError) -> [ExecutionEntry]
    {
        try store.entries(filter, before: before, limit: limit)
    }
    func forgetIndex() throws(StoreError) { try store.forgetIndex() }
}

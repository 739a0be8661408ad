package import FlowEngineAPI
import FlowCore
package import FlowModel
package import FlowStore

/// The same walk as the engine's, over a store that no engine has open: a backup, or a state at rest.
package struct OfflineVerification {
    private let store: any DurableStore
    private let limits: FlowLimits

    package init(store: any DurableStore, limits: FlowLimits = .standard) {
        self.store = store
        self.limits = limits
    }

    /// - Parameter progress: called now and then, and with all findings.
    package func run(_ progress: (VerifyJournal.Item) -> Void) throws(StoreError) -> VerifyJournal.Result {
        var index = ExecutionIndex(table: store)
        _ = try index.takeInTail(of: store, isReadOnly: true)
        var definitions = DefinitionCache(catalog: store, limits: limits, countMax: 256)
        var walk = JournalVerification(through: try store.sequenceEnd(), tally: index.tally.total)
        var shown = ContinuousClock.now
        while !walk.isDone {
            let sources = JournalVerification.Sources(
                store: store,
                entry: { (execution) throws(StoreError) in try index.entry(execution: execution) },
                machine: { (entry) throws(StoreError) in
                    try ExecutionMachine.make(entry.start, &definitions, limits)
                })
            let faults = try walk.step(sources)
            if !faults.isEmpty || ContinuousClock.now - shown > .milliseconds(200) {
                progress(walk.item(faults))
                shown = .now
            }
        }
        var result = VerifyJournal.Result(walk.counts)
        let faults = try store.structureFaults()
        if !faults.isEmpty { progress(walk.item(faults.map { VerifyFault("file", $0) })) }
        result.findings += Int64(faults.count)
        result.sound = result.findings == 0
        return result
    }
}

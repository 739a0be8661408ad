package import FlowModel
package import Primitives

/// Which executions of a flow to list.
package struct ExecutionFilter: Sendable, Hashable {
    package var flow: Int64
    package var status: ExecutionStatus?
    package var startedFrom: Timestamp?
    /// Not included.
    package var startedUntil: Timestamp?
    package var namePrefix: String
    package var qualifier: QualifierFilter?

    package init(
        flow: Int64, status: ExecutionStatus? = nil, startedFrom: Timestamp? = nil,
        startedUntil: Timestamp? = nil,
        namePrefix: String = "", qualifier: QualifierFilter? = nil
    ) {
        self.flow = flow
        self.status = status
        self.startedFrom = startedFrom
        self.startedUntil = startedUntil
        self.namePrefix = namePrefix
        self.qualifier = qualifier
    }

    package func matches(_ entry: ExecutionEntry) -> Bool {
        guard entry.flow == flow, status == nil || status == entry.status else { return false }
        if let qualifier, !qualifier.matches(entry.origin) { return false }
        if let startedFrom, entry.started < startedFrom { return false }
        if let startedUntil, entry.started >= startedUntil { return false }
        return entry.name.utf8.starts(with: namePrefix.utf8)
    }
}

/// Which of a flow's versions executions run.
package enum QualifierFilter: Sendable, Hashable {
    /// The flow as it stood at their start.
    case latest
    /// This version, whether it was named or an alias routed to it.
    case version(Int64)
    /// Whatever version this alias routed them to.
    case alias(String)

    package func matches(_ origin: ExecutionOrigin) -> Bool {
        switch self {
        case .latest: origin.version == nil
        case .version(let number): origin.version == number
        case .alias(let name): origin.qualifier.map { $0.utf8Equals(name) } ?? false
        }
    }
}

/// The part of the index that is on disk. It lags behind the journal, up to its low-water mark, and can be
/// thrown away and made again from it at any time.
package protocol ExecutionTable: Sendable {
    /// Every row of the journal up to here is taken in.
    func lowWaterMark() throws(StoreError) -> Int64

    /// Every row up to here is counted, and no entry has taken in a row beyond it. Not below the low-water
    /// mark.
    func tallyMark() throws(StoreError) -> Int64

    /// Replaces the entries, their steps and labels, and the counts, and moves the marks, as one. No change
    /// may be waiting for its commit.
    ///
    /// Durability: on disk when it returns.
    func write(_ change: IndexChange) throws(StoreError)

    func entry(execution: Int64) throws(StoreError) -> ExecutionEntry?
    func entry(flow: Int64, name: String) throws(StoreError) -> ExecutionEntry?

    /// Newest first, older than `before`.
    func entries(_ filter: ExecutionFilter, before: Int64, limit: Int) throws(StoreError) -> [ExecutionEntry]

    /// Executions that have not ended, oldest first, beyond `after`.
    func openExecutions(after: Int64, limit: Int) throws(StoreError) -> [RecoveredExecution]

    /// How many executions there are, by flow.
    func flowTallies() throws(StoreError) -> [FlowTally]

    /// The minutes that are kept.
    func minuteTallies() throws(StoreError) -> [MinuteTally]

    /// Looks at executions older than `before`, newest first, until `examinedMax` were looked at or `limit`
    /// match. Steps and conditions are not looked at.
    func search(
        _ search: ExecutionSearch, before: Int64, examinedMax: Int, limit: Int
    ) throws(StoreError) -> SearchSlice

    /// Executions older than `before` that have the label, newest first.
    func executions(
        labelled name: String, _ value: String, before: Int64, limit: Int
    ) throws(StoreError) -> [Int64]

    /// An execution with which nearly all begin that were started at this time or later; nil when there is
    /// none. Exact when the clock was never set back.
    func execution(startedFrom time: Timestamp) throws(StoreError) -> Int64?

    /// How large the store is, and the room that is left for it.
    func footprint() throws(StoreError) -> StoreFootprint

    /// Forgets all entries and the marks, so that the next start makes them again.
    func forgetIndex() throws(StoreError)
}

/// Units: bytes.
package struct StoreFootprint: Sendable, Hashable {
    package var database: Int64 = 0
    /// The log of commits that are not merged into the database yet.
    package var log: Int64 = 0
    /// Of the file system, for services.
    package var free: Int64 = 0
    package var disk: Int64 = 0

    package init() {}
}

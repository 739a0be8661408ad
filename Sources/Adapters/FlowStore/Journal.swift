/// The one truth about executions: an append-only log of transitions. Synchronous, with one writer.
package protocol Journal: Sendable {
    /// The sequence of the newest row; 0 when there is none.
    func lastSequence() throws(StoreError) -> Int64

    /// Commits as one the rows, whose sequences grow and are beyond `lastSequence`, and every change of
    /// catalog, schedules and queues since the last commit. There may be no rows.
    ///
    /// Durability: when it returns, all of it survives a loss of power. Throws: `unavailable`: none was
    /// written, and the changes are forgotten; `broken`: it is not known whether they were.
    func append(_ rows: [JournalRow]) throws(StoreError)

    /// Forgets the changes since the last commit.
    func revert()

    func row(_ sequence: Int64) throws(StoreError) -> JournalRow?

    /// The rows of an execution behind the row `after`, 0 for all, up to its row `last`; oldest first.
    func history(endingAt last: Int64, after: Int64) throws(StoreError) -> [JournalRow]

    /// The newest segment of the execution whose last event comes before `event`.
    func segment(of execution: Int64, before event: Int64) throws(StoreError) -> Segment?

    /// The row with which the segment ends that holds `event`; nil: it has not ended.
    func segmentEnd(of execution: Int64, from event: Int64) throws(StoreError) -> Int64?

    /// Rows with `after` < sequence ≤ `through` in order. `marked`: only those that start or end an
    /// execution.
    func rows(after: Int64, through: Int64, marked: Bool, limit: Int) throws(StoreError) -> [JournalRow]
}

/// A store that holds everything the engine must not lose, and the index derived from it.
package protocol DurableStore: Journal, Catalog, VersionTable, QueueTable, TopicTable, ExecutionTable,
    ScheduleTable, DamageTable, RemovalTable
{
    /// Writes what is left and lets go of the file. Nothing may be called afterwards.
    func close() throws(StoreError)
}

/// What became of a removal.
package struct Removal: Sendable, Hashable {
    /// Executions that are gone for whoever looks.
    package var executions: Int64 = 0
    package var rows: Int64 = 0
    /// Units: bytes of their bodies and states.
    package var bytes: Int64 = 0

    package init() {}

    package static func += (left: inout Removal, right: Removal) {
        left.executions += right.executions
        left.rows += right.rows
        left.bytes += right.bytes
    }
}

/// Taking ended executions out of the store, with all that was written of them.
package protocol RemovalTable: Sendable {
    /// Removes executions that have ended, are in the table and not waiting in the index; and replaces the
    /// counts of their flows. A history of more rows than `rowsMax` goes in several calls, its entry in the
    /// first. No change may be waiting for its commit.
    ///
    /// Durability: on disk when it returns; all of the call or nothing.
    func remove(
        _ entries: [ExecutionEntry], flows: [FlowTally], rowsMax: Int64
    ) throws(StoreError) -> Removal

    /// Goes on with histories that were removed in part; nothing when there are none.
    func continueRemoval(rowsMax: Int64) throws(StoreError) -> Removal

    /// Executions whose entry is gone and some of whose rows are still there.
    func halfRemoved() throws(StoreError) -> Set<Int64>

    /// The highest sequence that was ever removed; 0: none. It is not used again.
    func removedSequence() throws(StoreError) -> Int64

    /// What is wrong with the structure of the file; may take long, and may be called on any thread.
    func structureFaults() throws(StoreError) -> [String]
}

extension RemovalTable {
    package func structureFaults() throws(StoreError) -> [String] { [] }
}

import FlowCore
import FlowStore

/// One execution in memory: its machine, and where it stands in the journal. Both may be ahead of the disk
/// until the tick ends; then they are committed, or thrown away.
final class ExecutionWorker {
    let id: Int64
    let mint: ExecutionTokenMint
    var machine: ExecutionMachine
    var entry: ExecutionEntry
    var meter: SegmentMeter
    /// Rows that wait for the end of the tick.
    var stagedRows = 0
    /// When it was last asked for, by the registry's count.
    var lastUsed: UInt64 = 0

    init(machine: ExecutionMachine, entry: ExecutionEntry, mint: ExecutionTokenMint, meter: SegmentMeter) {
        id = entry.execution
        self.machine = machine
        self.entry = entry
        self.meter = meter
        self.mint = mint
    }
}

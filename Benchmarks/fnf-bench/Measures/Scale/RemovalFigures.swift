import BenchReport
import FlowStore
import FlowStoreSQLite
import StateBackup

/// What removing every other ended execution does to the file, and what writing it anew gives back.
///
/// By the store's own calls, in transactions as large as the engine's, on the database that a stopped engine
/// has left: the engine keeps an execution for a day after its end, and no bench runs that long.
struct RemovalFigures {
    static let names = [
        "retention_removed_per_s", "retention_transaction_max_ms", "retention_file_mib",
        "retention_compacted_mib", "retention_compact_s",
    ]
    /// As the engine does it.
    private static let (executionsAtOnce, rowsMax) = (32, Int64(256))

    let places: StatePlaces

    private var database: String { places.database(of: EngineSystem.engine) }

    private struct Removed {
        var executions = 0
        var longest = Duration.zero
        var spent = Duration.zero
    }

    func measure() throws -> [Figure] {
        let removed = try removeHalf()
        let after = mebibytes
        let clock = ContinuousClock()
        let compacting = try clock.measure { _ = try Compaction.run(places) }
        return [
            Figure("retention_removed_per_s", Double(removed.executions) / removed.spent.inSeconds, "1/s"),
            Figure("retention_transaction_max_ms", removed.longest.milliseconds, "ms"),
            Figure("retention_file_mib", after, "MiB"),
            Figure("retention_compacted_mib", mebibytes, "MiB"),
            Figure("retention_compact_s", compacting.inSeconds, "s"),
        ]
    }

    private var mebibytes: Double {
        FolderTree.bytes(in: places.folder(of: EngineSystem.engine)) / 1_048_576
    }

    private func removeHalf() throws -> Removed {
        let store = try SQLiteStore(path: database)
        var index = ExecutionIndex(table: store)
        _ = try index.takeInTail(of: store)
        try index.flush()
        var removed = Removed()
        var cursor: Int64? = .max
        while let before = cursor {
            Progress.show("retention: \(removed.executions) executions removed")
            let slice = try index.search(
                ExecutionSearch(), before: before, examinedMax: 500, limit: 500)
            cursor = slice.last
            let ended = slice.entries.filter { !$0.isOpen }
            let going = stride(from: 0, to: ended.count, by: 2).map { ended[$0] }
            for start in stride(from: 0, to: going.count, by: Self.executionsAtOnce) {
                let chunk = Array(going[start...].prefix(Self.executionsAtOnce))
                try remove(chunk, store, &index, &removed)
            }
        }
        try store.close()
        return removed
    }

    /// The engine's own order: the entries with their first rows, then what is left of long histories.
    private func remove(
        _ entries: [ExecutionEntry], _ store: SQLiteStore, _ index: inout ExecutionIndex,
        _ removed: inout Removed
    ) throws {
        let flows = index.noteRemoved(entries)
        try timed(&removed) {
            _ = try store.remove(entries, flows: flows, rowsMax: Self.rowsMax)
        }
        removed.executions += entries.count
        var rows: Int64
        repeat {
            rows = 0
            try timed(&removed) { rows = try store.continueRemoval(rowsMax: Self.rowsMax).rows }
        } while rows > 0
    }

    private func timed(_ removed: inout Removed, _ transaction: () throws -> Void) rethrows {
        let time = try ContinuousClock().measure(transaction)
        removed.longest = max(removed.longest, time)
        removed.spent += time
    }
}

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

    func measure() throws -> [Figure] {
        let clock = ContinuousClock()
        let (removed, longest, seconds) = try removeHalf(clock)
        let after = mebibytes
        let begin = clock.now
        _ = try Compaction.run(places)
        return [
            Figure("retention_removed_per_s", Double(removed) / seconds, "1/s"),
            Figure("retention_transaction_max_ms", longest.milliseconds, "ms"),
            Figure("retention_file_mib", after, "MiB"),
            Figure("retention_compacted_mib", mebibytes, "MiB"),
            Figure("retention_compact_s", (clock.now - begin).inSeconds, "s"),
        ]
    }

    private var mebibytes: Double {
        FolderTree.bytes(in: places.folder(of: EngineSystem.engine)) / 1_048_576
    }

    private func removeHalf(_ clock: ContinuousClock) throws -> (count: Int, longest: Duration, seconds: Double) {
        let store = try SQLiteStore(path: database)
        var index = ExecutionIndex(table: store)
        _ = try index.takeInTail(of: store)
        try index.flush()
        var (count, longest, spent) = (0, Duration.zero, Duration.zero)
        var cursor: Int64? = .max
        while let before = cursor {
            Progress.show("retention: \(count) executions removed")
            let slice = try index.search(
                ExecutionSearch(), before: before, examinedMax: 500, limit: 500)
            cursor = slice.last
            let going = slice.entries.filter { !$0.isOpen }.enumerated().filter { $0.offset % 2 == 0 }
                .map(\.element)
            for start in stride(from: 0, to: going.count, by: Self.executionsAtOnce) {
                let chunk = Array(going[start..<min(start + Self.executionsAtOnce, going.count)])
                var isFirst = true
                while true {
                    let begin = clock.now
                    let removal =
                        isFirst
                        ? try store.remove(chunk, flows: index.noteRemoved(chunk), rowsMax: Self.rowsMax)
                        : try store.continueRemoval(rowsMax: Self.rowsMax)
                    isFirst = false
                    longest = max(longest, clock.now - begin)
                    spent += clock.now - begin
                    if removal.rows == 0 { break }
                }
                count += chunk.count
            }
        }
        try store.close()
        return (count, longest, spent.inSeconds)
    }
}

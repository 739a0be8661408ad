import FlowModel
import FlowStore

/// The index that the engine left on disk, beside one that is made from the journal alone.
struct IndexComparison {
    private let store: any DurableStore

    init(_ store: any DurableStore) { self.store = store }

    /// nil when they are equal.
    var fault: String? {
        get throws(StoreError) {
            let memory = MemoryStore()
            let rows = try store.rows(after: 0, through: .max, marked: false, limit: .max)
            memory.append(rows)
            var rebuilt = ExecutionIndex(table: memory)
            _ = try rebuilt.takeInTail(of: memory)
            var found = ExecutionIndex(table: store)
            _ = try found.takeInTail(of: store)
            for row in rows where row.previous == 0 {
                let (one, other) = (
                    try found.entry(execution: row.execution), try rebuilt.entry(execution: row.execution)
                )
                guard one == other else {
                    return "the index has \(text(one)), the journal makes it \(text(other))"
                }
            }
            let open = [found, rebuilt].map { $0.board.executions.keys(before: .max, limit: .max) }
            guard open[0] == open[1] else { return "the index has \(open[0]) open, the journal \(open[1])" }
            for execution in open[0]
            where found.board.steps(of: execution) != rebuilt.board.steps(of: execution) {
                return "the index has other open steps of execution \(execution) than the journal makes"
            }
            return nil
        }
    }

    private func text(_ entry: ExecutionEntry?) -> String {
        entry.map { "\($0.name) \($0.status.rawValue) up to row \($0.lastSequence)" } ?? "nothing"
    }
}

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
            var open: [Set<Int64>] = [[], []]
            try found.forEachOpen { open[0].insert($0.execution) }
            try rebuilt.forEachOpen { open[1].insert($0.execution) }
            guard open[0] == open[1] else { return "the index has \(open[0]) open, the journal \(open[1])" }
            return nil
        }
    }

    private func text(_ entry: ExecutionEntry?) -> String {
        entry.map { "\($0.name) \($0.status.rawValue) up to row \($0.lastSequence)" } ?? "nothing"
    }
}

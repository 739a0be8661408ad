import Synchronization

/// A store that forgets everything when the process ends: for tests and simulation.
package final class MemoryStore: DurableStore {
    struct State {
        var rows: [JournalRow] = []
        /// By execution, oldest first.
        var segments: [Int64: [Segment]] = [:]
        var changing = Changing()
        /// As it was at the last commit, when something was changed since.
        var committed: Changing?
        var entries: [Int64: ExecutionEntry] = [:]
        var steps: [Int64: [OpenStep]] = [:]
        var flowTallies: [String: StatusCounts] = [:]
        var minuteTallies: [Int64: StatusCounts] = [:]
        var lowWaterMark: Int64 = 0
        var tallyMark: Int64 = 0
        var removedSequence: Int64 = 0
    }

    /// What is changed between commits.
    struct Changing {
        var flows: [StoredFlow] = []
        var definitions: [String: String] = [:]
        var queues = MemoryQueues()
        var versions = Versions()
        var schedules = MemorySchedules()
        var topics = MemoryTopics()
    }

    let state = Mutex(State())

    package init() {}

    package func close() {}

    /// Changes what waits for the next commit.
    func change<Value>(_ body: (inout Changing) -> Value) -> Value {
        state.withLock { state in
            if state.committed == nil { state.committed = state.changing }
            return body(&state.changing)
        }
    }
}

extension MemoryStore {
    package func lastSequence() -> Int64 {
        state.withLock { max($0.rows.last?.sequence ?? 0, $0.removedSequence) }
    }

    package func append(_ rows: [JournalRow]) {
        state.withLock { state in
            state.committed = nil
            for row in rows {
                precondition(row.sequence > state.rows.last?.sequence ?? 0, "sequences grow")
                var row = row
                if let segment = row.segment { state.segments[row.execution, default: []].append(segment) }
                row.segment = nil
                state.rows.append(row)
            }
        }
    }

    package func revert() {
        state.withLock { state in
            if let committed = state.committed { state.changing = committed }
            state.committed = nil
        }
    }

    package func row(_ sequence: Int64) -> JournalRow? { state.withLock { $0.row(sequence) } }

    package func history(endingAt last: Int64, after: Int64) throws(StoreError) -> [JournalRow] {
        let (rows, missing) = state.withLock { state -> ([JournalRow], Int64) in
            var rows: [JournalRow] = []
            var next = last
            while next > after, let row = state.row(next) {
                rows.append(row)
                next = row.previous
            }
            return (rows.reversed(), next)
        }
        guard missing <= after else {
            throw .unreadable(
                place: "the history that ends at row \(last)", reason: "row \(missing) is missing")
        }
        return rows
    }

    package func rows(after: Int64, through: Int64, marked: Bool, limit: Int) -> [JournalRow] {
        state.withLock { state in
            Array(
                state.rows[state.firstIndex(after: after)...].lazy
                    .prefix { $0.sequence <= through }
                    .filter { !marked || $0.kind != .inner }
                    .prefix(limit))
        }
    }
}

extension MemoryStore.State {
    func row(_ sequence: Int64) -> JournalRow? {
        let index = firstIndex(after: sequence - 1)
        return index < rows.count && rows[index].sequence == sequence ? rows[index] : nil
    }

    func firstIndex(after sequence: Int64) -> Int {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].sequence > sequence { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

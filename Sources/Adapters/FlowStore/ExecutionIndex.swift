package import FlowModel
import Primitives

/// The executions by name, status and age: the table on disk below, and in memory what it has not taken in
/// yet, with what open ones stand at and how many there are.
package struct ExecutionIndex {
    private struct Name: Hashable {
        let flow: Int64
        let name: String
    }

    let table: any ExecutionTable
    private(set) var pending: [Int64: ExecutionEntry] = [:]
    private var pendingNames: [Name: Int64] = [:]
    /// Of each pending execution, the first row that the table does not have.
    private var unwritten: [Int64: Int64] = [:]
    /// None of those is older; nil: there is none.
    private var oldestUnwritten: Int64?
    private var endedPending = 0
    private var takenIn: Int64 = 0
    /// Every row up to here is counted by the tally that the table has.
    private var tallied: Int64 = 0
    private var removing: Set<Int64> = []
    /// What could not be read when the tail was taken in.
    package private(set) var damages: [JournalDamage] = []
    /// The executions whose history is known not to be whole, each with the newest reason.
    package private(set) var damaged: [Int64: JournalDamage] = [:]
    package private(set) var board = OpenBoard()
    package private(set) var tally = ExecutionTally()

    package init(table: any ExecutionTable) { self.table = table }

    /// Takes in what earlier starts have found.
    ///
    /// - Parameter removing: executions whose last rows wait to be removed.
    package mutating func enter(_ known: [JournalDamage], removing: Set<Int64> = []) {
        self.removing = removing
        for damage in known { if let execution = damage.execution { damaged[execution] = damage } }
    }

    /// Counts ended executions out, or in again; returns the counts of their flows.
    package mutating func noteRemoved(_ entries: [ExecutionEntry], by step: Int64 = -1) -> [FlowTally] {
        for entry in entries { tally.note(entry.status, of: entry.flowName, by: step) }
        let names = Set(entries.map(\.flowName))
        return names.map { FlowTally(flowName: $0, counts: tally.counts(ofFlow: $0) ?? StatusCounts()) }
    }

    /// Entries that are not in the table yet.
    package var pendingCount: Int { pending.count }

    package func entry(execution: Int64) throws(StoreError) -> ExecutionEntry? {
        if let entry = pending[execution] { return entry }
        return try table.entry(execution: execution)
    }

    package func entry(flow: Int64, name: String) throws(StoreError) -> ExecutionEntry? {
        if let execution = pendingNames[Name(flow: flow, name: name)] { return pending[execution] }
        return try table.entry(flow: flow, name: name)
    }

    /// Takes in the state of an execution after a row that is committed, which `note` was told of.
    package mutating func record(_ entry: ExecutionEntry) {
        let before = pending.updateValue(entry, forKey: entry.execution)
        if before == nil { pendingNames[Name(flow: entry.flow, name: entry.name)] = entry.execution }
        if !entry.isOpen, before?.isOpen ?? true { endedPending += 1 }
        takenIn = max(takenIn, entry.lastSequence)
    }

    /// Takes in the events of a row that is committed.
    ///
    /// - Parameter entry: of its execution, after this row or a later one.
    /// - Parameter latency: called with the latency of each attempt that is over.
    package mutating func note(
        _ row: JournalRow, _ events: [HistoryEvent], of entry: ExecutionEntry,
        latency: (Duration) -> Void = { _ in }
    ) {
        if unwritten[row.execution] == nil {
            unwritten[row.execution] = row.sequence
            oldestUnwritten = oldestUnwritten ?? row.sequence
        }
        let isCounted = row.sequence <= tallied
        if row.kind == .starts, !isCounted { tally.noteStarted(entry.flowName, at: entry.started) }
        board.apply(events, of: entry.execution, flowName: entry.flowName, ended: latency)
        guard let last = events.last, let status = last.type.endStatus else { return }
        board.leave(entry.execution)
        if !isCounted { tally.noteEnded(entry.flowName, status, at: last.time) }
    }

    /// Newest first, older than `before`.
    package func entries(
        _ filter: ExecutionFilter, before: Int64, limit: Int
    ) throws(StoreError) -> [ExecutionEntry] {
        let newer = pending.values.filter { $0.execution < before && filter.matches($0) }
        var overlay = newer.sorted { $0.execution > $1.execution }[...]
        var result: [ExecutionEntry] = []
        var cursor = before
        while result.count < limit {
            let page = try table.entries(filter, before: cursor, limit: limit)
            for entry in page {
                while let first = overlay.first, first.execution > entry.execution {
                    result.append(overlay.removeFirst())
                }
                if pending[entry.execution] == nil { result.append(entry) }
            }
            guard page.count == limit, let last = page.last else { break }
            cursor = last.execution
        }
        return Array((result + overlay).sorted { $0.execution > $1.execution }.prefix(limit))
    }

    private static let pageSize = 1000
}

// MARK: - Writing

extension ExecutionIndex {
    /// Rows that the table may lack of an execution that goes on. They are read again at the next start.
    static let tailRowsMax: Int64 = 16_384

    /// Whether writing is worth while: an execution that goes on would soon be written again.
    ///
    /// - Parameter batch: ended executions that are written together.
    package func isDue(batch: Int) -> Bool { endedPending >= batch || (oldestUnwritten ?? .max) <= horizon }

    private var horizon: Int64 { takenIn - Self.tailRowsMax }

    /// Moves everything that is pending into the table. Throws: it stays pending.
    package mutating func flush() throws(StoreError) { try write(Array(pending.keys)) }

    /// Moves some of what is pending into the table, those that have ended first of all.
    ///
    /// - Parameter sparing: executions that go on wait, unless their rows would make the tail too long.
    package mutating func flush(atMost count: Int, sparing: Bool) throws(StoreError) {
        var chosen: [Int64] = []
        for (execution, entry) in pending {
            if chosen.count == count { break }
            let mayWait = sparing && entry.isOpen && (unwritten[execution] ?? 0) > horizon
            if !mayWait { chosen.append(execution) }
        }
        try write(chosen)
    }

    /// Moves these into the table, as far as they are pending.
    package mutating func flush(_ entries: [ExecutionEntry]) throws(StoreError) {
        try write(entries.map(\.execution))
    }

    /// - Parameter executions: what is not pending is passed over.
    private mutating func write(_ executions: [Int64]) throws(StoreError) {
        guard !pending.isEmpty else { return }
        let chosen = executions.sorted()
        let written = Set(chosen)
        let oldest = unwritten.lazy.filter { !written.contains($0.key) }.map(\.value).min()
        var change = IndexChange(
            entries: chosen.compactMap { pending[$0] }, lowWaterMark: oldest.map { $0 - 1 } ?? takenIn,
            tallyMark: max(tallied, takenIn))
        for entry in change.entries where entry.isOpen {
            let steps = board.steps(of: entry.execution)
            if !steps.isEmpty { change.steps[entry.execution] = steps }
        }
        (change.flows, change.minutes) = tally.changed
        change.oldestMinute = tally.oldestMinute
        try table.write(change)
        tally.noteWritten()
        tallied = change.tallyMark
        oldestUnwritten = oldest
        for entry in change.entries {
            pending[entry.execution] = nil
            pendingNames[Name(flow: entry.flow, name: entry.name)] = nil
            unwritten[entry.execution] = nil
            if !entry.isOpen { endedPending -= 1 }
        }
    }
}

extension ExecutionIndex {
    /// Takes in the rows that the table had not when the process ended; returns how many there were. What
    /// can't be read is passed over, and told by `damages`.
    ///
    /// - Parameter noting: called with each execution that the table has as open, then again with those that
    ///   the rows have changed, as they stand after each row.
    /// - Parameter isReadOnly: nothing is written meanwhile, however long the tail is.
    package mutating func takeInTail(
        of journal: some Journal & DamageTable, isReadOnly: Bool = false,
        noting: (RecoveredExecution) -> Void = { _ in }
    ) throws(StoreError) -> Int {
        var cursor: Int64? = try table.lowWaterMark()
        var count = 0
        try readBoard(noting)
        tally = ExecutionTally(flows: try table.flowTallies(), minutes: try table.minuteTallies())
        takenIn = cursor ?? 0
        tallied = try table.tallyMark()
        while let after = cursor {
            let scan = try journal.scan(after: after, limit: Self.pageSize)
            for damage in scan.damages { note(damage) }
            for row in scan.rows {
                if let entry = try takeIn(row) { noting(RecoveredExecution(entry)) }
            }
            count += scan.rows.count
            cursor = scan.last
            if pending.count >= Self.pageSize, !isReadOnly { try flush() }
        }
        return count
    }

    /// What is damaged is told of once for each execution.
    private mutating func note(_ damage: JournalDamage) {
        damages.append(damage)
        if let execution = damage.execution { damaged[execution] = damage }
    }

    /// Notes a row that can't be made use of.
    private mutating func note(_ row: JournalRow, _ reason: String) {
        note(
            JournalDamage(
                first: row.sequence, last: row.sequence, kind: .unreadable, execution: row.execution,
                reason: reason))
    }

    /// Returns the entry after the row; nil: the row, or its execution, can't be made use of.
    private mutating func takeIn(_ row: JournalRow) throws(StoreError) -> ExecutionEntry? {
        takenIn = max(takenIn, row.sequence)
        if removing.contains(row.execution) { return nil }
        // Behind what the tally has counted the table can't have any.
        let isNew = row.previous == 0 && row.sequence > tallied
        let known = isNew ? nil : try entry(execution: row.execution)
        // The entry was written after this row, which stands behind the mark because of another execution.
        if let known, row.sequence <= known.lastSequence { return nil }
        let body: TransitionBody
        do throws(StoreError) { body = try TransitionBody(row: row) } catch {
            guard case .unreadable(_, let reason) = error else { throw error }
            note(row, reason)
            return nil
        }
        if row.previous == 0 {
            guard let entry = ExecutionEntry(first: row, body) else {
                note(row, "it is a first row without a start")
                return nil
            }
            note(row, body.events, of: entry)
            record(entry)
            return entry
        }
        guard var entry = known else {
            note(row, "the first row of its execution is not there")
            return nil
        }
        if row.previous != entry.lastSequence, damaged[row.execution] == nil {
            note(row, "row \(row.previous), which comes before it, is not there")
        }
        entry.apply(sequence: row.sequence, body)
        note(row, body.events, of: entry)
        record(entry)
        return entry
    }

    private mutating func readBoard(_ noting: (RecoveredExecution) -> Void) throws(StoreError) {
        board = OpenBoard()
        var cursor: Int64 = 0
        while true {
            let page = try table.openExecutions(after: cursor, limit: Self.pageSize)
            for open in page {
                board.enter(open.execution, flowName: open.flowName, steps: open.steps)
                noting(open)
            }
            guard page.count == Self.pageSize, let last = page.last else { return }
            cursor = last.execution
        }
    }
}

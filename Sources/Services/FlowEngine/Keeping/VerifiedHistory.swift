import FlowCore
import FlowDefinition
import FlowModel
import FlowStore
import Primitives

/// One execution replayed piece by piece, each piece as long as a segment.
struct VerifiedHistory {
    let entry: ExecutionEntry
    private(set) var rows: Int64 = 0
    private(set) var segments: Int64 = 0
    private var machine: ExecutionMachine
    private var rebuilt: ExecutionEntry?
    private var lastRow: Int64 = 0
    private(set) var isDone = false

    init(_ entry: ExecutionEntry, _ machine: ExecutionMachine) {
        self.entry = entry
        self.machine = machine
    }

    /// Takes the next piece; returns what is wrong with it. After a fault in a row the rest can't be told.
    ///
    /// - Parameter through: rows behind it are replayed, but not counted.
    mutating func advance(_ store: any DurableStore, through: Int64) throws(StoreError) -> [VerifyFault] {
        let next = machine.lastEventID + 1
        let end = try store.segmentEnd(of: entry.execution, from: next) ?? entry.lastSequence
        let piece: [JournalRow]
        do throws(StoreError) {
            piece = try store.history(endingAt: min(end, entry.lastSequence), after: lastRow)
            for row in piece { try take(row, through: through) }
        } catch {
            guard case .unreadable = error else { throw error }
            isDone = true
            return [.init("history", entry, error.description)]
        }
        guard end < entry.lastSequence, !piece.isEmpty else {
            isDone = true
            return summaryFaults()
        }
        return try segmentFaults(store)
    }

    private mutating func take(_ row: JournalRow, through: Int64) throws(StoreError) {
        guard row.execution == entry.execution else {
            throw .damagedRow(row, reason: "a history of execution number \(entry.execution) leads to it")
        }
        _ = try machine.replay(row)
        let body = try TransitionBody(row: row)
        if rebuilt == nil {
            rebuilt = ExecutionEntry(first: row, body)
        } else {
            rebuilt?.apply(sequence: row.sequence, body)
        }
        lastRow = row.sequence
        if row.sequence <= through { rows += 1 }
    }

    private mutating func segmentFaults(_ store: any DurableStore) throws(StoreError) -> [VerifyFault] {
        let last = machine.lastEventID
        guard let segment = try store.segment(of: entry.execution, before: last + 1),
            segment.lastEventID == last
        else { return [] }
        segments += 1
        guard segment.sequence == lastRow, segment.state == machine.snapshot else {
            return [
                .init("segment", entry, "the state written after event \(last) is not what replay gives")
            ]
        }
        return []
    }

    /// The summary as the rows give it, against the index and against the machine.
    private func summaryFaults() -> [VerifyFault] {
        guard let rebuilt else { return [.init("history", entry, "it has no rows")] }
        var faults: [VerifyFault] = []
        if rebuilt != entry {
            faults.append(.init("index", entry, "the index says \(entry.short), the rows \(rebuilt.short)"))
        }
        if entry.isOpen, rebuilt.deadline != machine.nextDeadline {
            let stored = rebuilt.deadline?.description ?? "none"
            let replayed = machine.nextDeadline?.description ?? "none"
            faults.append(
                .init(
                    "history", entry,
                    "its next deadline is \(stored), replay gives \(replayed)"
                ))
        }
        if rebuilt.status != machine.status {
            faults.append(
                .init("history", entry, "its status is \(rebuilt.status), replay gives \(machine.status)"))
        }
        return faults
    }
}

extension ExecutionEntry {
    fileprivate var short: String {
        "\(status) after row \(lastSequence), event \(lastEventID), "
            + "deadline \(deadline?.description ?? "none")"
    }
}

/// Something that verification found.
struct VerifyFault {
    let kind: String
    var sequence: Int64?
    var flowName: String?
    var executionName: String?
    let message: String

    init(_ kind: String, sequence: Int64? = nil, _ message: String) {
        self.kind = kind
        self.sequence = sequence
        self.message = message
    }

    init(_ kind: String, _ entry: ExecutionEntry, _ message: String) {
        self.init(kind, sequence: entry.execution, message)
        flowName = entry.flowName
        executionName = entry.name
    }
}

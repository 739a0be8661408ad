import FlowCore
import FlowModel
import FlowStore

/// A walk over everything that is stored, in steps of a millisecond or two: each row, each execution's
/// history against its summary and its segments, each flow's definition.
struct JournalVerification {
    struct Counts {
        var rows: Int64 = 0
        var executions: Int64 = 0
        var segments: Int64 = 0
        var definitions: Int64 = 0
        var faults: Int64 = 0
    }

    /// What it asks, because an engine that runs knows newer things than the disk.
    struct Sources {
        let store: any DurableStore
        let entry: (Int64) throws(StoreError) -> ExecutionEntry?
        let machine: (ExecutionEntry) throws(StoreError) -> ExecutionMachine
    }

    private enum Stage {
        case rows, definitions, done
    }

    private static let rowsAtOnce = 128

    /// Rows behind it came meanwhile.
    let through: Int64
    private let executionsExpected: Int64
    private(set) var counts = Counts()
    private(set) var sequence: Int64 = 0
    private var stage = Stage.rows
    private var waiting: [Int64] = []
    private var history: VerifiedHistory?
    private var walkedRows: Int64 = 0
    private var nextFlow = ""

    /// - Parameter tally: of the executions at this moment.
    init(through: Int64, tally: StatusCounts) {
        self.through = through
        executionsExpected =
            tally.running + tally.succeeded + tally.failed + tally.timedOut + tally.stopped
    }

    var isDone: Bool { stage == .done }

    /// The next step; returns what it found.
    mutating func step(_ sources: Sources) throws(StoreError) -> [VerifyFault] {
        let faults: [VerifyFault]
        switch stage {
        case .rows: faults = try stepRows(sources)
        case .definitions: faults = try stepDefinitions(sources)
        case .done: faults = []
        }
        counts.faults += Int64(faults.count)
        return faults
    }

    private mutating func stepRows(_ sources: Sources) throws(StoreError) -> [VerifyFault] {
        if var current = history {
            let faults = try current.advance(sources.store, through: through)
            history = current.isDone ? nil : current
            if current.isDone {
                walkedRows += current.rows
                counts.segments += current.segments
            }
            return faults
        }
        if let execution = waiting.popLast() { return try begin(execution, sources) }
        guard sequence < through else {
            stage = .definitions
            return try endOfRows(sources)
        }
        return try look(sources.store)
    }

    private mutating func begin(_ execution: Int64, _ sources: Sources) throws(StoreError) -> [VerifyFault] {
        counts.executions += 1
        guard let entry = try sources.entry(execution) else {
            return [.init("index", sequence: execution, "the index lacks execution number \(execution)")]
        }
        do throws(StoreError) {
            history = VerifiedHistory(entry, try sources.machine(entry))
            return []
        } catch {
            guard case .unreadable = error else { throw error }
            return [.init("definition", entry, error.description)]
        }
    }

    private mutating func look(_ store: any DurableStore) throws(StoreError) -> [VerifyFault] {
        let scan = try store.scan(after: sequence, limit: Self.rowsAtOnce)
        for row in scan.rows where row.sequence <= through {
            counts.rows += 1
            if row.kind == .starts { waiting.append(row.execution) }
        }
        sequence = min(scan.last ?? through, through)
        return scan.damages.map { .init("row", sequence: $0.first, $0.description) }
    }

    private func endOfRows(_ sources: Sources) throws(StoreError) -> [VerifyFault] {
        var faults = try sources.store.damages().filter { $0.kind == .lost }.map {
            VerifyFault("lost", sequence: $0.first, $0.description)
        }
        if counts.executions != executionsExpected {
            faults.append(
                .init(
                    "index",
                    "the index counts \(executionsExpected) executions, the journal has "
                        + "\(counts.executions)"))
        }
        // A history that could not be read was told already.
        if counts.faults == 0, walkedRows != counts.rows {
            faults.append(
                .init("history", "\(counts.rows - walkedRows) rows of the journal belong to no history"))
        }
        return faults
    }

    private mutating func stepDefinitions(_ sources: Sources) throws(StoreError) -> [VerifyFault] {
        let flows = try sources.store.flows(fromName: nextFlow, limit: 32, resourceGroup: nil)
        var faults: [VerifyFault] = []
        for flow in flows where flow.name != nextFlow {
            counts.definitions += 1
            guard let text = try sources.store.definitionText(flow.definition) else {
                faults.append(.init("definition", "flow \(flow.name) has no definition \(flow.definition)"))
                continue
            }
            guard DefinitionCache.id(of: text) == flow.definition else {
                faults.append(.init("definition", "the definition of flow \(flow.name) was changed"))
                continue
            }
        }
        if flows.count < 32 { stage = .done }
        nextFlow = flows.last?.name ?? ""
        return faults
    }
}

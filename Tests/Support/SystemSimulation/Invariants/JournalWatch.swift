import FlowCore
import FlowDefinition
import FlowModel
import FlowParsing
import FlowStore
import Primitives
import RPCProtocol
import Synchronization

/// Follows the engine's journal: each row as it is committed, and the whole of it after each restart.
final class JournalWatch: @unchecked Sendable { // touched by the one thread of the simulation only
    private let system: SimulatedSystem
    private(set) var executions: [Int64: ExecutionModel] = [:]
    private var ids: [String: Int64] = [:]
    /// Every row that was seen, by its sequence; sums of their bodies.
    private(set) var rows: [(sequence: Int64, sum: String)] = []
    private(set) var lastSequence: Int64 = 0
    private(set) var typesSeen: Set<HistoryEventType> = []
    /// What each attempt was called with: its key belongs to it alone.
    private var calls: [String: (token: String, params: String)] = [:]
    private var callsToCheck: [(execution: String, event: Int64)] = []

    init(_ system: SimulatedSystem) { self.system = system }

    func execution(_ flow: String, _ name: String) -> ExecutionModel? {
        ids["\(flow)/\(name)"].flatMap { executions[$0] }
    }

    var hasOpen: Bool { executions.values.contains { $0.end == nil } }

    /// What was seen once is still there, as it was.
    func checkWhole(_ store: any DurableStore) {
        do throws(StoreError) {
            let found = try store.rows(after: 0, through: lastSequence, marked: false, limit: .max)
            for (row, known) in zip(found, rows) {
                guard row.sequence == known.sequence, Trace.mark(row.body) == known.sum else {
                    return system.fail(
                        "row \(known.sequence) of the journal was committed and is another now")
                }
            }
            guard found.count == rows.count else {
                return system.fail(
                    "\(rows.count) rows of the journal were committed, \(found.count) are there now")
            }
        } catch { system.fail("the journal can't be read: \(error)") }
        // Calls of an incarnation that died before its commit was seen are not judged.
        callsToCheck = []
    }

    func takeIn(_ store: any DurableStore, at now: Timestamp) {
        do throws(StoreError) {
            let news = try store.rows(after: lastSequence, through: .max, marked: false, limit: .max)
            for (index, row) in news.enumerated() {
                let next = index + 1 < news.count ? news[index + 1] : nil
                let isFirstHalf = row.kind == .starts && next?.previous == row.sequence && next?.kind == .ends
                try take(row, store, at: now, isFirstHalf: isFirstHalf)
                if system.violation != nil { return }
            }
        } catch { return system.note("the journal can't be read: \(error)") }
        checkCalls()
    }

    private func take(
        _ row: JournalRow, _ store: any DurableStore, at now: Timestamp, isFirstHalf: Bool
    ) throws(StoreError) {
        let sum = Trace.mark(row.body)
        lastSequence = row.sequence
        rows.append((row.sequence, sum))
        let body = try TransitionBody(row: row)
        system.note(
            "commit \(row.sequence) \(body.events.map(\.type.rawValue).joined(separator: " ")) \(sum)")
        for event in body.events { typesSeen.insert(event.type) }
        if let start = body.start {
            let model = ExecutionModel(
                id: row.execution, start: start,
                machine: ExecutionMachine(
                    definition: try Definitions.definition(start.definition, store), flow: start.flowName,
                    execution: start.name, limits: system.workloadPlan.limits))
            guard ids.updateValue(row.execution, forKey: model.name) == nil else {
                return system.fail("\(model.name) was started twice")
            }
            executions[row.execution] = model
        }
        guard let model = executions[row.execution] else {
            return system.fail(
                "row \(row.sequence) belongs to execution \(row.execution), which never started")
        }
        if let fault = model.take(row, body, at: now, isFirstHalf: isFirstHalf) { system.fail(fault) }
        if model.end != nil { system.executionEnded(model) }
    }
}

// MARK: - Calls of tasks

extension JournalWatch {
    /// The engine calls for a task: it must be one that is committed, and whose answer is not.
    func noteCall(_ flight: Flight, _ params: JSONValue) {
        guard flight.from.name == ServiceName.engine, let task = flight.meta.task else { return }
        let call = (token: task.token, params: params.text)
        if let known = calls[task.key], known != call {
            return system.fail("the attempt \(task.key) was called in two ways: \(known) and \(call)")
        }
        calls[task.key] = call
        let model = execution(task.flow, task.execution)
        if let model, let end = model.end {
            return system.fail("\(task.key) is called after \(end.type.rawValue)")
        }
        if let attempt = model?.attempts[task.scheduledEventID], attempt.isAnswered {
            return system.fail(
                "\(task.key) is called again after its answer was recorded, by event "
                    + "\(attempt.ended?.eventID ?? 0)")
        }
        callsToCheck.append(("\(task.flow)/\(task.execution)", task.scheduledEventID))
    }

    private func checkCalls() {
        for (execution, event) in callsToCheck {
            guard let model = ids[execution].flatMap({ executions[$0] }), model.attempts[event] != nil else {
                return system.fail("\(execution)/\(event) was called before it was committed")
            }
        }
        callsToCheck = []
    }
}

/// Parsed definitions, kept over all runs of the process: parsing one costs more than most runs.
enum Definitions {
    private static let known = Mutex([String: FlowDefinition]())

    static func definition(_ id: String, _ store: any DurableStore) throws(StoreError) -> FlowDefinition {
        if let known = known.withLock({ $0[id] }) { return known }
        guard let text = try store.definitionText(id), let flow = FlowParser.parse(text).0 else {
            throw .unreadable(place: "the definition \(id)", reason: "it is not there")
        }
        known.withLock {
            if $0.count > 64 { $0 = [:] }
            $0[id] = flow
        }
        return flow
    }
}

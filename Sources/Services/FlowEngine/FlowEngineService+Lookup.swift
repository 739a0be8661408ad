import FlowCore
import FlowModel
import FlowStore
import RPCProtocol

/// Finding flows, executions and machines.
extension FlowEngineService {
    /// The flow that bears the name now.
    func currentFlow(_ name: String) throws(StoreError) -> StoredFlow? {
        if let flow = flowsByName[name] { return flow }
        guard let flow = try store.flow(named: name) else { return nil }
        flowsByName[name] = flow
        return flow
    }

    func flow(_ name: String, parameter: String) throws(RPCError) -> StoredFlow {
        if let fault = NameRule.check(name, kind: .flow) { throw .argument(parameter, fault) }
        guard let flow = try answering({ () throws(StoreError) in try currentFlow(name) }) else {
            throw .flowNotExists(name)
        }
        return flow
    }

    /// How far a look at an execution goes.
    enum View {
        /// What is on disk: all that a reader may see.
        case committed
        /// With what this tick has staged: for whoever changes it further, and answers after the commit.
        case staged
    }

    func entry(flow: Int64, name: String, _ view: View) throws(StoreError) -> ExecutionEntry? {
        if let worker = registry.worker(flow: flow, name: name), view == .staged || worker.stagedRows == 0 {
            return worker.entry
        }
        return try index.entry(flow: flow, name: name)
    }

    /// The execution of that name; of a deleted flow only as long as it runs.
    func execution(_ name: String, of flowName: String, _ view: View) throws(RPCError) -> ExecutionEntry {
        if let fault = NameRule.check(flowName, kind: .flow) { throw .argument("FlowName", fault) }
        if let fault = NameRule.check(name, kind: .anyExecution) { throw .argument("ExecutionName", fault) }
        let (flow, found) = try answering { () throws(StoreError) in
            try findExecution(name, of: flowName, view)
        }
        if let found { return found }
        throw flow == nil ? .flowNotExists(flowName) : .executionNotExists(name, of: flowName)
    }

    private func findExecution(
        _ name: String, of flowName: String, _ view: View
    ) throws(StoreError) -> (flow: StoredFlow?, entry: ExecutionEntry?) {
        let flow = try currentFlow(flowName)
        if let flow, let entry = try entry(flow: flow.key, name: name, view) { return (flow, entry) }
        for deleted in try store.deletedFlows(named: flowName) {
            if let entry = try entry(flow: deleted.key, name: name, view), entry.isOpen {
                return (deleted, entry)
            }
        }
        return (flow, nil)
    }

    /// What is on disk about the execution now, after a wait.
    func entryNow(_ execution: Int64) throws(RPCError) -> ExecutionEntry {
        if let worker = registry.worker(execution), worker.stagedRows == 0 { return worker.entry }
        let entry = try answering { () throws(StoreError) in try index.entry(execution: execution) }
        guard let entry else {
            throw RPCError(.internalFault, "the index has lost execution number \(execution)")
        }
        return entry
    }

    /// The execution's machine: the one in memory, or one replayed from the journal.
    func worker(_ execution: Int64) throws(StoreError) -> ExecutionWorker {
        if let worker = registry.worker(execution) { return worker }
        guard let entry = try index.entry(execution: execution) else {
            throw .unreadable(place: "the index", reason: "it has no execution number \(execution)")
        }
        if let damage = index.damaged[execution], damage.last > entry.lastSequence {
            throw .unreadable(place: "execution number \(execution)", reason: damage.description)
        }
        let segment = try store.segment(of: execution, before: .max)
        var machine = try machine(of: entry, behind: segment)
        var meter = SegmentMeter(after: segment)
        for row in try store.history(endingAt: entry.lastSequence, after: segment?.sequence ?? 0) {
            meter.note(events: try machine.replay(row).count, bytes: row.body.count)
        }
        let worker = ExecutionWorker(
            machine: machine, entry: entry, mint: keys.mint(execution: execution), meter: meter)
        registry.add(worker)
        return worker
    }

    /// A machine that knows of the execution what the segment says; nothing without one.
    func machine(
        of entry: ExecutionEntry, behind segment: Segment? = nil
    ) throws(StoreError) -> ExecutionMachine {
        let machine = try makeMachine(entry.start)
        guard let segment else { return machine }
        do throws(SnapshotFault) {
            return try ExecutionMachine(
                definition: machine.definition, flow: machine.flow, execution: machine.execution,
                limits: machine.limits, snapshot: segment.state)
        } catch {
            throw .unreadable(
                place: "the state of execution \(entry.execution) after event \(segment.lastEventID)",
                reason: error.description)
        }
    }

    func answeredWorker(_ execution: Int64) throws(RPCError) -> ExecutionWorker {
        if let broken { throw RPCError(broken) }
        return try answering { () throws(StoreError) in try worker(execution) }
    }
}

extension ExecutionMachine {
    /// Takes in the next row of the execution and returns its events whole.
    @discardableResult
    mutating func replay(_ row: JournalRow) throws(StoreError) -> [HistoryEvent] {
        let events = try TransitionBody(row: row).events
        do throws(ReplayFault) { return try apply(events) } catch {
            throw .unreadable(place: "row \(row.sequence) of the journal", reason: error.description)
        }
    }
}

import FlowCore
import FlowDefinition
import FlowModel
import FlowStore
import Primitives
import RPCProtocol

/// A start, whoever asks for it: a caller, a task of another execution, or a schedule.
struct StartRequest {
    var flow: StoredFlow
    /// The content id of the definition to pin: the flow's own unless the qualifier names another.
    var definition: String
    /// Empty: a name is made.
    var name = ""
    /// A version or an alias of the flow; empty: the flow as it stands.
    var qualifier = ""
    /// Kept byte for byte; empty means `{}`.
    var inputText = ""
    var labels: JSONObject = [:]
    var origin = ExecutionOrigin()

    init(flow: StoredFlow) {
        self.flow = flow
        definition = flow.definition
    }
}

enum StartOutcome {
    case started(ExecutionWorker)
    /// The flow has an execution of that name, ended or not.
    case exists(ExecutionEntry)
}

extension FlowEngineService {
    /// Checks everything about a start that can be checked without starting.
    ///
    /// Throws: what is wrong with name or input.
    func checked(_ request: StartRequest) throws(RPCError) -> CheckedStart {
        var request = request
        request.origin.isExpress = request.flow.isExpress
        request.origin.isLenient = settings.limits.missingPathIsNull
        if let fault = NameRule.check(request.name, kind: .execution), !request.name.isEmpty {
            throw .argument("ExecutionName", fault)
        }
        if request.name.isEmpty { request.name = makeUUID(from: world) }
        // Such names need not be unique. Source: fdl §7.5.
        if request.origin.isExpress { request.name += ":\(makeUUID(from: world))" }
        if request.inputText.isEmpty { request.inputText = "{}" }
        let input = try parseObject(request.inputText, parameter: "Input")
        let (flow, name) = (request.flow.key, request.name)
        let existing = try answering { () throws(StoreError) in try entry(flow: flow, name: name, .staged) }
        if existing == nil {
            let pinned = try resolve(qualifier: request.qualifier, of: request.flow, executionName: name)
            request.definition = pinned.definition
            pinned.note(in: &request.origin)
        }
        return CheckedStart(request: request, input: input, existing: existing)
    }

    /// Starts the execution, or finds the one of that name. The caller answers only after `committed()`.
    func stageStart(_ request: StartRequest) throws(RPCError) -> StartOutcome {
        let start = try checked(request)
        if let existing = start.existing { return .exists(existing) }
        return .started(try begin(start))
    }

    /// - Parameter start: one whose name is free.
    func begin(_ start: CheckedStart) throws(RPCError) -> ExecutionWorker {
        if let broken { throw RPCError(broken) }
        guard openExecutions < settings.openExecutionsMax else {
            throw .throttled(
                "\(openExecutions) executions are running, as many as there may be (openExecutionsMax); "
                    + "some must end first", retryAfter: .seconds(1))
        }
        let request = start.request
        let fixed = ExecutionStart(
            flow: request.flow.key, flowName: request.flow.name, name: request.name,
            definition: request.definition, labels: request.labels, origin: request.origin)
        var machine = try answering { () throws(StoreError) in try makeMachine(fixed) }
        let id = nextSequence
        let mint = keys.mint(execution: id)
        let input = Input.start(input: start.input, inputText: request.inputText, labels: request.labels)
        let transition: Transition
        do throws(InputRefused) { transition = try machine.step(input, at: world.now, mint: mint) } catch {
            throw RPCError(.internalFault, "a new machine refused its start: \(error)")
        }
        var meter = SegmentMeter()
        let rows = makeRows(of: id, previous: 0, transition, machine, &meter, start: fixed)
        guard var entry = rows.first.flatMap({ ExecutionEntry(first: $0.0, $0.1) }) else {
            throw RPCError(.internalFault, "a new machine recorded nothing at its start")
        }
        for (row, body) in rows.dropFirst() { entry.apply(sequence: row.sequence, body) }
        let worker = ExecutionWorker(machine: machine, entry: entry, mint: mint, meter: meter)
        registry.add(worker)
        stage(rows, worker, transition.commands)
        if worker.entry.isOpen, let task = worker.entry.origin.awaiting {
            noteChild(worker.id, awaitedBy: task)
        }
        follow(worker)
        return worker
    }

    /// A machine before its first event.
    func makeMachine(_ start: ExecutionStart) throws(StoreError) -> ExecutionMachine {
        try ExecutionMachine.make(start, &definitions, settings.limits)
    }
}

extension ExecutionMachine {
    /// The machine of an execution before its first event.
    static func make(
        _ start: ExecutionStart, _ definitions: inout DefinitionCache, _ limits: FlowLimits
    ) throws(StoreError) -> ExecutionMachine {
        let definition = try definitions.definition(start.definition)
        let flow =
            start.origin.isExpress ? definition.flow.ended(after: limits.expressSecondsMax) : definition.flow
        var limits = limits
        limits.missingPathIsNull = start.origin.isLenient
        return ExecutionMachine(
            definition: flow, flow: start.flowName, execution: start.name, limits: limits)
    }
}

/// A start that nothing speaks against, unless an execution of its name exists.
struct CheckedStart {
    let request: StartRequest
    let input: JSONObject
    let existing: ExecutionEntry?
}

extension StoredFlow {
    var isExpress: Bool { executionMode == "Express" }
}

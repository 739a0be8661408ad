package import FlowDefinition
package import FlowModel
import Primitives

extension ExecutionMachine {
    /// The machine whose `snapshot` this is; the other arguments are those it was made with.
    package init(
        definition: FlowDefinition, flow: String, execution: String, limits: FlowLimits = .standard,
        snapshot: [UInt8]
    ) throws(SnapshotFault) {
        self.init(definition: definition, flow: flow, execution: execution, limits: limits)
        let json: JSONValue
        do { json = try JSONParser.parse(snapshot, depthMax: Self.snapshotDepthMax) } catch {
            throw SnapshotFault(place: "the document", reason: "it is not JSON: \(error)")
        }
        let root = try SnapshotReader(json, "the document")
        let version = try root.integer("v")
        guard version == Self.snapshotVersion else {
            throw root.fault("it has version \(version), this build reads 1: install the newer build again")
        }
        try readExecution(root)
        for (number, value) in try root.array("threads").enumerated() {
            try readThread(try SnapshotReader(value, "threads[\(number)]"))
        }
        for (number, value) in try root.array("outcomes").enumerated() {
            try readOutcome(value, "outcomes[\(number)]")
        }
    }

    /// An Input may be as deep as a document may, and stands here within eight levels more.
    private static let snapshotDepthMax = JSONParser.depthMax + 8

    private mutating func readExecution(_ root: SnapshotReader) throws(SnapshotFault) {
        guard let status = ExecutionStatus(rawValue: try root.text("status")) else {
            throw root.fault("\"status\" is no status of an execution")
        }
        state.status = status
        state.lastEventID = try root.integer("lastEvent")
        state.lastEventTime = Timestamp(microseconds: try root.integer("lastTime"))
        state.flowInput = try root.object("input") ?? JSONObject()
        state.inputText =
            root.value("inputText") == nil
            ? JSONValue.object(state.flowInput).text : try root.text("inputText")
        state.labels = try root.object("labels") ?? JSONObject()
        state.startedTime = try root.time("started")
        state.stoppedTime = try root.time("stopped")
        state.deadline = try root.time("deadline")
        state.output = try root.object("output")
        state.failure = try root.failure("failure", limits)
    }

    private mutating func readOutcome(_ value: JSONValue, _ place: String) throws(SnapshotFault) {
        guard let scheduled = value[0]?.integerValue, let event = value[1]?.integerValue,
            let type = (value[2]?.stringValue).flatMap(HistoryEventType.init(rawValue:)), type.endsTask
        else { throw SnapshotFault(place: place, reason: "it is not how an attempt ended") }
        state.outcomes[scheduled] = TaskOutcome(
            eventID: event, type: type, reportKey: value[3]?.stringValue)
    }

    /// Threads come in the order in which they began, so a parent before those it forked.
    private mutating func readThread(_ json: SnapshotReader) throws(SnapshotFault) {
        let id = try json.integer("id")
        let tail = try json.integer("tail")
        var thread: ControlThread
        var list: SerialList
        if id == ControlThread.main {
            let size = state.flowInput.measure.size
            list = SerialList(steps: definition.steps, input: state.flowInput, inputSize: size)
            thread = ControlThread(tail: tail, parent: nil, index: 0, lists: [])
        } else {
            let (parent, index) = (try json.integer("parent"), try json.integer("index", in: 0...Int.max))
            guard let outer = state.threads[parent]?.lists.last, let step = outer.runningStep,
                case .forked(let fork) = outer.run?.phase, let first = fork.list(index, of: step.body)
            else { throw json.fault("its parent \(parent) has no branch \(index)") }
            list = first
            thread = ControlThread(tail: tail, parent: parent, index: index, lists: [])
        }
        let lists = try json.array("lists")
        for (depth, value) in lists.enumerated() {
            let place = try SnapshotReader(value, "\(json.place).lists[\(depth)]")
            try list.read(place, limits)
            thread.lists.append(list)
            note(list, thread: id)
            guard depth + 1 < lists.count else { break }
            guard let inner = list.branch else { throw place.fault("no branch of a choice follows from it") }
            list = inner
        }
        guard !thread.lists.isEmpty else { throw json.fault("it has no lists") }
        state.threads[id] = thread
    }

    private mutating func note(_ list: SerialList, thread: Int64) {
        guard case .task(let attempt) = list.run?.phase else { return }
        state.taskThreads[attempt.scheduledEventID] = thread
        if !attempt.submitted { state.unsubmitted += 1 }
    }
}

extension SerialList {
    /// The list of the branch that the running choice has taken.
    fileprivate var branch: SerialList? {
        guard let run, case .branch(let taken) = run.phase, case .choice(let choice)? = runningStep?.body,
            let branch = choice.branch(taken)
        else { return nil }
        return SerialList(steps: branch.steps, input: run.input, inputSize: run.inputSize)
    }

    fileprivate mutating func read(_ json: SnapshotReader, _ limits: FlowLimits) throws(SnapshotFault) {
        position = try json.integer("at", in: 0...steps.count)
        if let local = try json.object("local") { replaceLocal(local) }
        guard let inner = try json.inner("run") else { return }
        guard position < steps.count else { throw json.fault("a step runs behind the last one") }
        let step = steps[position]
        var run = StepRun(enteredEventID: try inner.integer("entered"))
        if let input = try inner.object("input") {
            run.input = input
            run.inputSize = input.measure.size
        } else if step.inputMappings == nil {
            run.input = inherited
            run.inputSize = inheritedSize
        }
        run.output = try inner.object("output")
        for pair in inner.value("retries")?.arrayValue ?? [] {
            guard let policy = pair[0]?.integerValue, let count = pair[1]?.integerValue else {
                throw inner.fault("\"retries\" holds no pairs of numbers")
            }
            run.retries[policy] = count
        }
        run.phase = try StepPhase(inner, step, run, limits)
        self.run = run
    }
}

extension StepPhase {
    fileprivate init(
        _ json: SnapshotReader, _ step: Step, _ run: StepRun, _ limits: FlowLimits
    ) throws(SnapshotFault) {
        let name = try json.text("phase")
        switch (name, step.body) {
        case ("begun", _): self = .begun
        case ("ended", _): self = .ended
        case ("waiting", .wait):
            guard let until = try json.time("until") else { throw json.fault("\"until\" is missing") }
            self = .waiting(until: until)
        case ("branch", .choice(let choice)):
            let taken: TakenBranch
            switch json.value("branch") {
            case .none: taken = .none
            case .string("default")?: taken = .otherwise
            default: taken = .number(try json.integer("branch", in: 0...Int.max))
            }
            guard choice.branch(taken) != nil else { throw json.fault("the choice has no such branch") }
            self = .branch(taken)
        case ("forked", .parallel), ("forked", .foreach): self = .forked(try Fork(json, step, run))
        case ("task", .task):
            self = .task(
                TaskRun(
                    scheduledEventID: try json.integer("scheduled"), attempt: try json.integer("attempt"),
                    deadline: try json.time("deadline"), submitted: json.value("submitted") != nil))
        case ("backoff", .task):
            guard let until = try json.time("until"), let failure = try json.failure("failure", limits) else {
                throw json.fault("\"until\" or \"failure\" is missing")
            }
            self = .backoff(
                Backoff(
                    until: until, nextAttempt: try json.integer("attempt"),
                    scheduledEventID: try json.integer("scheduled"), failure: failure))
        default: throw json.fault("a \(step.body.typeName) is never \"\(name)\"")
        }
    }
}

extension Fork {
    fileprivate init(_ json: SnapshotReader, _ step: Step, _ run: StepRun) throws(SnapshotFault) {
        let started = try json.integer("started")
        switch step.body {
        case .parallel(let parallel):
            self.init(
                parallel: parallel, startedEventID: started, input: run.input, inputSize: run.inputSize)
        case .foreach(let foreach):
            guard
                let fork = Fork(
                    foreach: foreach, startedEventID: started, input: run.input, inputSize: run.inputSize)
            else { throw json.fault("the collection of the foreach is no array") }
            self = fork
        default: throw json.fault("a \(step.body.typeName) never forks")
        }
        let results = try json.array("results")
        guard results.count <= count else {
            throw json.fault("it has \(results.count) results for \(count) branches")
        }
        next = results.count
        running = try json.integer("running", in: 0...next)
        self.results.replaceSubrange(..<next, with: results)
    }
}

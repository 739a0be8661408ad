import FlowDefinition
import FlowModel
import Primitives

/// The step a thread is in, and where it lies: what it has come to is read from the state, because to copy
/// all of it would cost more than most steps do.
struct RunningStep {
    let thread: Int64
    /// Of its list among those of the thread.
    let depth: Int
    let step: Step
    /// Its own input when that is known and not recorded yet.
    var input: JSONObject?

    func with(input: JSONObject) -> RunningStep {
        var running = self
        running.input = input
        return running
    }
}

extension ExecutionMachine {
    /// The innermost step of a thread that has been entered; nil between steps of its outermost list.
    func runningStep(in thread: Int64) -> RunningStep? {
        guard let (depth, step) = state.threads.lists(thread).innermostRunning else { return nil }
        return RunningStep(thread: thread, depth: depth, step: step)
    }

    /// Nil when it runs no more.
    func phase(of running: RunningStep) -> StepPhase? {
        state.threads.lists(running.thread).run(at: running.depth) { $0.phase }
    }

    func ownInput(of running: RunningStep) -> JSONObject {
        running.input ?? state.threads.lists(running.thread).run(at: running.depth) { $0.input }
            ?? JSONObject()
    }

    /// Of its recorded input.
    func inputSize(of running: RunningStep) -> Int {
        state.threads.lists(running.thread).run(at: running.depth) { $0.inputSize } ?? JSONObject.emptySize
    }

    /// What the step gave and is recorded.
    func recordedOutput(of running: RunningStep) -> JSONObject? {
        state.threads.lists(running.thread).run(at: running.depth) { $0.output } ?? nil
    }

    func context(
        of running: RunningStep, scheduledEventID: Int64? = nil, token: String? = nil, _ turn: Turn
    ) -> StepContext {
        var context = StepContext(flow: flow, execution: execution)
        let entered = state.threads.lists(running.thread).run(at: running.depth) { $0.enteredEventID }
        context.step = (running.step.name, entered ?? 0)
        context.task = scheduledEventID.map { ($0, turn.mint) }
        context.token = token
        return context
    }

    /// Of a step's own input; what is inherited is not measured again.
    func measure(_ input: JSONObject, of running: RunningStep) -> DataMeasure {
        guard running.step.inputMappings == nil else { return input.measure }
        return DataMeasure(size: state.threads.lists(running.thread)[running.depth].inheritedSize)
    }

    /// Nil when the data of a step is within the limits.
    func excess(_ data: DataMeasure) -> FlowFailure? {
        let (bytes, depth) = (limits.stepDataBytesMax, limits.dataDepthMax)
        if data.size > bytes { return .dataLimit(data.size, limit: bytes) }
        return data.depth > depth ? .dataLimit(depth: data.depth, limit: depth) : nil
    }

    /// The step's own input. Source: fdl §3.2.
    ///
    /// - Parameter context: made only for a step that has mappings.
    func input(
        of running: RunningStep, _ context: @autoclosure () -> StepContext
    ) throws(MappingFault) -> JSONObject {
        let lists = state.threads.lists(running.thread)
        guard let mappings = running.step.inputMappings else { return lists[running.depth].inherited }
        return try mappings.evaluate(
            input: lists[running.depth].input, local: .object(lists[running.depth].local),
            missingIsNull: limits.missingPathIsNull, context: context().value)
    }
}

extension FlowFailure {
    static func invalidMapping(_ fault: MappingFault, in mappings: String) -> FlowFailure {
        FlowFailure(error: FailureName.invalidMapping, cause: "\(mappings): \(fault)")
    }

    static func invalidLocal(_ local: JSONValue) -> FlowFailure {
        FlowFailure(
            error: FailureName.invalidLocal,
            cause: "the result is \(local.kind), and without outputMappings it must be an object")
    }

    static func dataLimit(depth: Int, limit: Int) -> FlowFailure {
        FlowFailure(
            error: FailureName.dataLimitExceeded,
            cause: "the step's data is \(depth) objects and arrays deep; at most \(limit) are allowed")
    }

    static func dataLimit(_ bytes: Int, limit: Int) -> FlowFailure {
        FlowFailure(
            error: FailureName.dataLimitExceeded,
            cause: "input, output and local of the step hold \(bytes) bytes; at most \(limit) are allowed")
    }
}

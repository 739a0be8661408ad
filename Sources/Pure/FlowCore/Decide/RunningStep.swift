import FlowDefinition
import FlowModel
import Primitives

/// The step a thread is in, as it stood when it was looked up.
struct RunningStep {
    let thread: Int64
    let step: Step
    /// The list the step stands in: the parent's input and local.
    let list: SerialList
    let run: StepRun

    /// With an input that is known and not recorded yet.
    func with(input: JSONObject) -> RunningStep {
        var run = run
        run.input = input
        return RunningStep(thread: thread, step: step, list: list, run: run)
    }
}

extension ExecutionMachine {
    /// The innermost step of a thread that has been entered; nil between steps of its outermost list.
    func runningStep(in thread: Int64) -> RunningStep? {
        guard let lists = state.threads[thread]?.lists,
            let depth = lists.indices.last(where: { lists[$0].run != nil }), let run = lists[depth].run
        else { return nil }
        let list = lists[depth]
        return RunningStep(thread: thread, step: list.steps[list.position], list: list, run: run)
    }

    func context(
        of running: RunningStep, scheduledEventID: Int64? = nil, token: String? = nil, _ turn: Turn
    ) -> StepContext {
        var context = StepContext(flow: flow, execution: execution)
        context.step = (running.step.name, running.run.enteredEventID)
        context.task = scheduledEventID.map { ($0, turn.mint) }
        context.token = token
        return context
    }

    /// Of a step's own input; what is inherited is not measured again.
    func measure(_ input: JSONObject, of running: RunningStep) -> DataMeasure {
        running.step.inputMappings == nil
            ? DataMeasure(size: running.list.inheritedSize) : input.measure
    }

    /// Nil when the data of a step is within the limits.
    func excess(_ data: DataMeasure) -> FlowFailure? {
        let (bytes, depth) = (limits.stepDataBytesMax, limits.dataDepthMax)
        if data.size > bytes { return .dataLimit(data.size, limit: bytes) }
        return data.depth > depth ? .dataLimit(depth: data.depth, limit: depth) : nil
    }

    /// The step's own input. Source: fdl §3.2.
    func input(of running: RunningStep, _ context: StepContext) throws(MappingFault) -> JSONObject {
        guard let mappings = running.step.inputMappings else {
            return running.list.inherited
        }
        return try mappings.evaluate(
            input: running.list.input, local: .object(running.list.local),
            missingIsNull: limits.missingPathIsNull, context: context.value)
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

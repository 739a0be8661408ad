import FlowDefinition
import FlowModel
import Primitives

extension ExecutionMachine {
    /// `inputText` stands in the detail only when it is not the canonical text of `input`.
    mutating func recordStarted(_ event: HistoryEvent) throws(ReplayFault) {
        let input = try event.object("input")
        state.status = .running
        state.inputText = event["inputText"]?.stringValue ?? JSONValue.object(input).text
        state.labels = event["labels"]?.objectValue ?? JSONObject()
        state.startedTime = event.time
        state.deadline = definition.timeoutSeconds.map { event.time.advanced(bySeconds: $0) }
        state.flowInput = (try? flowInput(input)) ?? input
        let size = state.flowInput.measure.size
        let list = SerialList(steps: definition.steps, input: state.flowInput, inputSize: size)
        state.threads[ControlThread.main] = ControlThread(
            tail: event.eventID, parent: nil, index: 0, lists: [list])
    }

    func flowInput(_ input: JSONObject) throws(MappingFault) -> JSONObject {
        guard let mappings = definition.inputMappings else { return input }
        let context = StepContext(flow: flow, execution: execution)
        return try mappings.evaluate(
            input: input, local: .object(JSONObject()), missingIsNull: limits.missingPathIsNull,
            context: context.value)
    }

    mutating func recordEnded(_ event: HistoryEvent) {
        switch event.type {
        case .executionSucceeded:
            state.status = .succeeded
            state.output = event["output"]?.objectValue
        case .executionFailed: state.status = .failed
        case .executionTimedOut: state.status = .timedOut
        default: state.status = .stopped
        }
        if let error = event["error"]?.stringValue {
            state.failure = FlowFailure(
                error: error, cause: event["cause"]?.stringValue ?? "", limits: limits)
        }
        state.stoppedTime = event.time
        state.deadline = nil
        state.threads.removeAll()
        state.taskThreads = [:]
        state.unsubmitted = 0
    }
}

import FlowDefinition
import FlowModel
import Primitives

/// One function an input: what it is, whether it may be, and its first events.
extension ExecutionMachine {
    mutating func take(_ input: Input, _ turn: inout Turn) throws(InputRefused) {
        if case .start(let input, let text, let labels) = input {
            guard state.lastEventID == 0 else { throw .alreadyStarted }
            return start(input, text, labels, &turn)
        }
        guard state.lastEventID > 0 else { throw .notStarted }
        switch input {
        case .start: break
        case .taskSubmitted(let id, let output):
            guard state.outcomes[id] == nil, !state.status.isTerminal else { return }
            try serviceAnswered(id, output, &turn)
        case .taskSubmitFailed(let id, let failure): try serviceFailed(id, failure, &turn)
        case .taskSucceeded(let id, let output, .service): try serviceAnswered(id, output, &turn)
        case .taskFailed(let id, let failure, .service): try serviceFailed(id, failure, &turn)
        case .taskSucceeded(let id, let output, .token(let key)):
            succeed(try awaitedTask(id), output, reportKey: key, &turn)
        case .taskFailed(let id, let failure, .token(let key)):
            let task = try awaitedTask(id)
            begin(task, submitted: true, &turn)
            fail(task, .taskFailed, failure, reportKey: key, &turn)
        case .timerFired: fireTimers(&turn)
        case .stop(let failure):
            guard !state.status.isTerminal else { throw .executionEnded(state.status) }
            end(.executionStopped, failure.map(\.detail) ?? JSONObject(), &turn)
        }
    }

    private mutating func start(_ input: JSONObject, _ text: String, _ labels: JSONObject, _ turn: inout Turn)
    {
        var detail: JSONObject = ["input": .object(input)]
        if !labels.isEmpty { detail["labels"] = .object(labels) }
        if text != JSONValue.object(input).text { detail["inputText"] = .string(text) }
        emit(.executionStarted, in: ControlThread.main, detail, &turn)
        do {
            if let failure = excess(DataMeasure(size: 0, depth: try flowInput(input).measure.depth)) {
                return end(.executionFailed, failure.detail, &turn)
            }
            turn.ready.append(ControlThread.main)
        } catch {
            let failure = FlowFailure(
                error: FailureName.invalidMapping, cause: "inputMappings of the flow: \(error)")
            end(.executionFailed, failure.detail, &turn)
        }
    }

    /// The open attempt that `id` scheduled, or why there is none.
    private func openTask(_ id: Int64) throws(InputRefused) -> OpenAttempt {
        if let thread = state.taskThreads[id], let step = runningStep(in: thread),
            case .task(let task) = step.step.body,
            case .task(let attempt) = phase(of: step)
        {
            return OpenAttempt(running: step, task: task, attempt: attempt)
        }
        if let outcome = state.outcomes[id] { throw .taskEnded(outcome) }
        if state.status.isTerminal { throw .executionEnded(state.status) }
        throw .unknownTask
    }

    private func awaitedTask(_ id: Int64) throws(InputRefused) -> OpenAttempt {
        let open = try openTask(id)
        guard open.task.pattern.waitsForReport else { throw .reportNotAwaited }
        return open
    }

    /// The service's answer is the result, or for a callback task the submission; a second one says nothing
    /// more.
    private mutating func serviceAnswered(
        _ id: Int64, _ output: JSONValue, _ turn: inout Turn
    ) throws(InputRefused) {
        let open = try openTask(id)
        guard open.task.pattern.waitsForReport else { return succeed(open, output, reportKey: nil, &turn) }
        guard !open.attempt.submitted else { return }
        let name = open.running.step.name
        let kept = excess(output.measure) == nil ? output : .null
        emit(.taskStarted, name, in: open.running.thread, [:], &turn)
        emit(.taskSubmitted, name, in: open.running.thread, ["output": kept], &turn)
    }

    private mutating func serviceFailed(
        _ id: Int64, _ failure: FlowFailure, _ turn: inout Turn
    ) throws(InputRefused) {
        let open = try openTask(id)
        guard !open.attempt.submitted else { return }
        begin(open, submitted: false, &turn)
        let type: HistoryEventType = open.task.pattern.waitsForReport ? .taskSubmitFailed : .taskFailed
        fail(open, type, failure, reportKey: nil, &turn)
    }
}

/// An attempt that waits for its end.
struct OpenAttempt {
    let running: RunningStep
    let task: TaskStep
    let attempt: TaskRun
}

extension FlowFailure {
    var detail: JSONObject { ["cause": .string(cause), "error": .string(error)] }
}

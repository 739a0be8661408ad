import FlowDefinition
import FlowModel
import Primitives

extension ExecutionMachine {
    /// A step that failed for good: to its catch if it is a task with one that matches, else up to the flow's
    /// failure.
    mutating func fail(_ running: RunningStep, _ failure: FlowFailure, _ turn: inout Turn) {
        guard failure.isCatchable, case .task(let task) = running.step.body,
            let clause = task.catches.first(where: { $0.matches(failure.error) })
        else { return failStep(running, failure, &turn) }
        let context = context(of: running, turn)
        do {
            let output = try task.errorMappings?.evaluate(
                input: ownInput(of: running), local: .object(failure.mapped),
                missingIsNull: limits.missingPathIsNull, context: context.value)
            if let failure = output.flatMap({ excess($0.measure) }) {
                return failStep(running, failure, &turn)
            }
            leave(running, output ?? JSONObject(), goto: clause.goto, &turn)
        } catch { failStep(running, .invalidMapping(error, in: "errorMappings"), &turn) }
    }

    /// Only tasks catch, so from here every container fails in turn, and then the flow.
    private mutating func failStep(_ running: RunningStep, _ failure: FlowFailure, _ turn: inout Turn) {
        emit(.stepFailed, running.step.name, in: running.thread, failure.detail, &turn)
        var thread = running.thread
        while true {
            let containers = state.threads[thread]?.lists.dropLast().reversed() ?? []
            for list in containers {
                emit(.stepFailed, list.steps[list.position].name, in: thread, failure.detail, &turn)
            }
            guard let parent = exitThread(thread, failure, &turn), let outer = runningStep(in: parent)
            else { break }
            emit(.stepFailed, outer.step.name, in: parent, failure.detail, &turn)
            thread = parent
        }
        end(.executionFailed, failure.detail, &turn)
    }

    mutating func endByHistoryLimit(_ turn: inout Turn) {
        let cause =
            "the history holds \(state.lastEventID) events; at most \(limits.historyEventsMax) are allowed"
        end(
            .executionFailed, FlowFailure(error: FailureName.historyLimitExceeded, cause: cause).detail, &turn
        )
    }

    mutating func succeedExecution(_ local: JSONObject, _ turn: inout Turn) {
        guard let mappings = definition.outputMappings else {
            return end(.executionSucceeded, ["output": .object(local)], &turn)
        }
        do {
            let context = StepContext(flow: flow, execution: execution)
            let output = try mappings.evaluate(
                input: state.flowInput, local: .object(local), missingIsNull: limits.missingPathIsNull,
                context: context.value)
            end(.executionSucceeded, ["output": .object(output)], &turn)
        } catch {
            let failure = FlowFailure.invalidMapping(error, in: "outputMappings of the flow")
            end(.executionFailed, failure.detail, &turn)
        }
    }

    /// Calls decided in this turn are taken back: what they belong to has ended.
    mutating func end(_ type: HistoryEventType, _ detail: JSONObject, _ turn: inout Turn) {
        emit(type, in: ControlThread.main, detail, &turn)
        turn.commands = [.executionEnded(state.status)]
        turn.ready = []
    }
}

extension FlowFailure {
    /// The limits end the execution; everything else may be retried and caught.
    var isCatchable: Bool {
        error != FailureName.dataLimitExceeded && error != FailureName.historyLimitExceeded
    }

    /// What `$local` is in `errorMappings`. Source: fdl §2.1; `code` because one page says so.
    var mapped: JSONObject { ["cause": .string(cause), "code": .string(error), "error": .string(error)] }
}

import FlowDefinition
import FlowModel
import Primitives

extension ExecutionMachine {
    /// Schedules an attempt: the mappings see the token over the event that is about to be recorded.
    mutating func schedule(_ task: TaskStep, _ running: RunningStep, attempt: Int64, _ turn: inout Turn) {
        let id = state.lastEventID + 1
        let token = turn.mint.token(flow: flow, execution: execution, scheduledEventID: id)
        let input: JSONObject
        let parameters: JSONObject
        do {
            input = try self.input(
                of: running, context(of: running, scheduledEventID: id, token: token, turn))
        } catch { return fail(running, .invalidMapping(error, in: "inputMappings"), &turn) }
        do {
            parameters = try task.serviceParams.evaluate(
                input: input, missingIsNull: limits.missingPathIsNull)
        } catch {
            return fail(running.with(input: input), .invalidMapping(error, in: "serviceParams"), &turn)
        }
        if let failure = excess(measure(input, of: running)) { return fail(running, failure, &turn) }
        let deadline = task.timeoutSeconds.map { turn.now.advanced(bySeconds: $0) }
        emit(
            .taskScheduled, running.step.name, in: running.thread,
            decision(running.step, input, attempt: attempt, deadline: deadline), &turn)
        turn.commands.append(
            .invokeTask(
                TaskInvocation(
                    scheduledEventID: id, stepName: running.step.name, resourceArn: task.resourceArn,
                    pattern: task.pattern, input: input, serviceParams: parameters, token: token,
                    attempt: attempt,
                    deadline: deadline)))
    }

    /// What of TaskScheduled is written; the rest stands in the definition.
    private func decision(
        _ step: Step, _ input: JSONObject, attempt: Int64, deadline: Timestamp?
    ) -> JSONObject {
        var stored: JSONObject = ["attempt": .integer(attempt)]
        if step.inputMappings != nil { stored["input"] = .object(input) }
        if let deadline { stored["deadline"] = .string(deadline.description) }
        return stored
    }

    /// TaskStarted is recorded with the first thing heard of an attempt: a commit of its own would tell
    /// nobody anything.
    mutating func begin(_ open: OpenAttempt, submitted: Bool, _ turn: inout Turn) {
        guard !open.attempt.submitted else { return }
        emit(.taskStarted, open.running.step.name, in: open.running.thread, [:], &turn)
        if submitted { emit(.taskSubmitted, open.running.step.name, in: open.running.thread, [:], &turn) }
    }

    mutating func succeed(_ open: OpenAttempt, _ output: JSONValue, reportKey: String?, _ turn: inout Turn) {
        turn.ready.append(open.running.thread)
        begin(open, submitted: open.task.pattern.waitsForReport, &turn)
        var data = output.measure
        data.size += inputSize(of: open.running)
        if let failure = excess(data) {
            return fail(open, .taskFailed, failure, reportKey: reportKey, &turn)
        }
        // Nothing could make an output of it, so the task has failed and may be tried again. Source: fdl
        // §2.1.
        guard output.objectValue != nil || open.running.step.outputMappings != nil else {
            return fail(open, .taskFailed, .invalidLocal(output), reportKey: reportKey, &turn)
        }
        var detail: JSONObject = ["output": output]
        if let reportKey { detail["reportKey"] = .string(reportKey) }
        emit(.taskSucceeded, open.running.step.name, in: open.running.thread, detail, &turn)
        exit(open.running, local: output, scheduledEventID: open.attempt.scheduledEventID, &turn)
    }

    /// Ends an attempt that failed: another one after a pause, the catch, or the step's failure.
    mutating func fail(
        _ open: OpenAttempt, _ type: HistoryEventType, _ failure: FlowFailure, reportKey: String?,
        _ turn: inout Turn
    ) {
        var detail = failure.detail
        if let reportKey { detail["reportKey"] = .string(reportKey) }
        let retry = retry(open, failure, turn)
        if let retry {
            detail["retryAt"] = .string(retry.at.description)
            detail["retryPolicy"] = .integer(retry.policy)
        }
        emit(type, open.running.step.name, in: open.running.thread, detail, &turn)
        turn.ready.append(open.running.thread)
        if retry == nil { fail(open.running, failure, &turn) }
    }

    private func retries(of running: RunningStep, policy: Int64) -> Int64 {
        state.threads.lists(running.thread).run(at: running.depth) { $0.retries[policy] ?? 0 } ?? 0
    }

    /// The first policy that matches decides; each counts its own retries. Source: fdl §2.1.
    private func retry(_ open: OpenAttempt, _ failure: FlowFailure, _ turn: Turn) -> (
        policy: Int64, at: Timestamp
    )? {
        guard failure.isCatchable,
            let index = open.task.retry.firstIndex(where: { $0.matches(failure.error) })
        else {
            return nil
        }
        let policy = open.task.retry[index]
        let used = retries(of: open.running, policy: Int64(index))
        guard used < policy.maxAttempts else { return nil }
        return (Int64(index), turn.now.advanced(by: policy.delay(beforeRetry: used + 1)))
    }
}

import FlowModel
import FlowSimulation
import Primitives

/// How one attempt ended.
private enum AttemptEnd {
    case succeeded(JSONValue, Int64)
    case failed(HistoryEventType, error: String, cause: String?, Int64)
    case forever
}

extension Oracle {
    static let token = "T"

    mutating func task(_ task: PlainTask, _ place: StepPlace) -> Course<StepEnd> {
        var time = place.time
        var retries: [Int: Int64] = [:]
        var attempt: Int64 = 0
        while true {
            guard let own = ownInput(place, token: Self.token) else {
                return caught(task, place, JSONObject(), "FnF.InvalidMapping", nil, time)
            }
            guard parametersAreThere(task, own) else {
                return caught(task, place, own, "FnF.InvalidMapping", nil, time)
            }
            emit(
                .taskScheduled, place.step.name, place.thread, time,
                scheduled(task, place, own, attempt, time))
            switch self.attempt(task, place, attempt, from: time) {
            case .forever: return .forever
            case .succeeded(let local, let ended):
                emit(.taskSucceeded, place.step.name, place.thread, ended, ["output": local])
                return output(task, place, own, local, ended)
            case .failed(let type, let error, let cause, let ended):
                var detail: JSONObject = ["error": .string(error)]
                detail["cause"] = cause.map(JSONValue.string)
                if let (policy, pause) = retry(task, error, &retries) {
                    detail["retryPolicy"] = .integer(Int64(policy))
                    detail["retryAt"] = .string(OracleClock.text(ended + pause))
                    emit(type, place.step.name, place.thread, ended, detail)
                    time = ended + pause
                    attempt += 1
                    continue
                }
                emit(type, place.step.name, place.thread, ended, detail)
                return caught(task, place, own, error, cause, ended)
            }
        }
    }

    private func parametersAreThere(_ task: PlainTask, _ own: JSONObject) -> Bool {
        task.serviceParams.allSatisfy { _, source in
            guard case .path(let path) = source else { return true }
            return path.value(in: .object(own)) != nil
        }
    }

    private func scheduled(
        _ task: PlainTask, _ place: StepPlace, _ own: JSONObject, _ attempt: Int64, _ time: Int64
    ) -> JSONObject {
        var detail: JSONObject = [
            "attempt": .integer(attempt), "input": .object(own), "pattern": .string(task.pattern),
            "resourceArn": .string(PlainTask.arn(place.step.name)),
        ]
        if !task.serviceParams.isEmpty { detail["parameters"] = .object(task.parameters) }
        if let timeout = task.timeoutSeconds {
            detail["deadline"] = .string(OracleClock.text(time + timeout * 1000))
        }
        return detail
    }

    /// Submission, result and timeout in the order in which they come; what comes at the same time as the
    /// timeout has not exceeded it.
    private mutating func attempt(
        _ task: PlainTask, _ place: StepPlace, _ number: Int64, from time: Int64
    ) -> AttemptEnd {
        let answer = behaviour.answer(
            CallPlace(thread: place.thread, step: place.step.name, visit: place.visit, attempt: number))
        let (name, thread) = (place.step.name, place.thread)
        let deadline = task.timeoutSeconds.map { time + $0 * 1000 } ?? .max
        let reported = answer.ending == .never ? Int64.max : time + answer.delay.inMilliseconds
        let isReported = task.pattern != "requestResponse"
        var isSubmitted = !isReported
        if isReported, answer.submission != .never {
            let submitted = time + answer.submissionDelay.inMilliseconds
            if submitted <= reported, submitted <= deadline {
                emit(.taskStarted, name, thread, submitted, [:])
                switch answer.submission {
                case .accepted(let output):
                    emit(.taskSubmitted, name, thread, submitted, ["output": output])
                    isSubmitted = true
                case .refused(let failure):
                    return .failed(.taskSubmitFailed, error: failure.error, cause: failure.cause, submitted)
                case .never: break
                }
            }
        }
        guard reported <= deadline, reported < .max else {
            guard deadline < .max else { return .forever }
            let cause = "no result within \(task.timeoutSeconds ?? 0) s"
            return .failed(.taskTimedOut, error: "FnF.TaskTimeout", cause: cause, deadline)
        }
        if !isReported { emit(.taskStarted, name, thread, reported, [:]) }
        if !isSubmitted {
            emit(.taskStarted, name, thread, reported, [:])
            emit(.taskSubmitted, name, thread, reported, [:])
        }
        switch answer.ending {
        case .result(let local):
            // Nothing could make an output of it: the task has failed. Source: fdl §2.1, "Result".
            if local.objectValue == nil, place.step.outputMappings == nil {
                return .failed(.taskFailed, error: "FnF.InvalidLocal", cause: nil, reported)
            }
            return .succeeded(local, reported)
        case .failure(let failure):
            return .failed(.taskFailed, error: failure.error, cause: failure.cause, reported)
        case .never: return .forever
        }
    }

    /// The first policy that names the error decides, and counts for itself. Source: fdl §2.1.
    private func retry(
        _ task: PlainTask, _ error: String, _ retries: inout [Int: Int64]
    ) -> (policy: Int, pause: Int64)? {
        for (index, policy) in task.retry.enumerated()
        where policy.errors.contains(error) || policy.errors.contains("FnF.ALL") {
            let used = retries[index, default: 0]
            guard used < policy.maxAttempts ?? 3 else { return nil }
            retries[index] = used + 1
            var pause = Double(policy.intervalSeconds ?? 1)
            for _ in 0..<used { pause *= policy.multiplier?.doubleValue ?? 2 }
            return (index, Int64((min(pause, Double(policy.maxIntervalSeconds ?? 86_400)) * 1000).rounded()))
        }
        return nil
    }

    private mutating func output(
        _ task: PlainTask, _ place: StepPlace, _ own: JSONObject, _ local: JSONValue, _ time: Int64
    ) -> Course<StepEnd> {
        guard let mappings = place.step.outputMappings else {
            return .done(StepEnd(output: local.objectValue ?? JSONObject(), goto: nil), time)
        }
        var context = place.context
        context["task.token"] = .string(Self.token)
        if let mapped = PlainScope(input: own, local: local, context: context).map(mappings) {
            return .done(StepEnd(output: mapped, goto: nil), time)
        }
        return caught(task, place, own, "FnF.InvalidMapping", nil, time)
    }

    private mutating func caught(
        _ task: PlainTask, _ place: StepPlace, _ own: JSONObject, _ error: String, _ cause: String?,
        _ time: Int64
    ) -> Course<StepEnd> {
        for (errors, goto) in task.catches where errors.contains(error) || errors.contains("FnF.ALL") {
            guard let mappings = task.errorMappings else {
                return .done(StepEnd(output: JSONObject(), goto: goto), time)
            }
            var local: JSONObject = ["error": .string(error), "code": .string(error)]
            local["cause"] = cause.map(JSONValue.string)
            let scope = PlainScope(input: own, local: .object(local), context: place.context)
            guard let mapped = scope.map(mappings) else {
                return fail(place, "FnF.InvalidMapping", nil, time)
            }
            return .done(StepEnd(output: mapped, goto: goto), time)
        }
        return fail(place, error, cause, time)
    }
}

extension Duration {
    var inMilliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}

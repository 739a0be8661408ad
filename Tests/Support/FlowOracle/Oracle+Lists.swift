import FlowModel
import Primitives

/// What a step leaves behind.
struct StepEnd: Sendable {
    let output: JSONObject
    let goto: String?
}

/// A step where it stands.
struct StepPlace {
    let step: PlainStep
    /// The parent's.
    let input: JSONObject
    let local: JSONObject
    let thread: String
    let time: Int64
    let visit: Int
    let context: [String: JSONValue]
}

extension Oracle {
    /// `run_list` of fdl §3.2; the value is the list's local.
    mutating func list(
        _ steps: [PlainStep], _ input: JSONObject, _ thread: String, _ start: Int64
    ) -> Course<JSONObject> {
        var local = JSONObject()
        var time = start
        var index = 0
        while index < steps.count {
            guard eventCount <= Self.eventsMax else { return .forever }
            let step = steps[index]
            switch run(step, input, local, thread, time) {
            case .forever: return .forever
            case .failed(let failure): return .failed(failure)
            case .done(let end, let ended):
                local = Self.merge(local, end.output)
                time = ended
                var detail: JSONObject = ["local": .object(local)]
                detail["goto"] = end.goto.map(JSONValue.string)
                emit(.stepExited, step.name, thread, time, detail)
                if let goto = end.goto {
                    index = steps.firstIndex { $0.name == goto } ?? steps.count
                } else if step.end || step.isSucceed {
                    index = steps.count
                } else {
                    index += 1
                }
            }
        }
        return .done(local, time)
    }

    private mutating func run(
        _ step: PlainStep, _ input: JSONObject, _ local: JSONObject, _ thread: String, _ time: Int64
    ) -> Course<StepEnd> {
        emit(.stepEntered, step.name, thread, time, ["input": .object(input), "local": .object(local)])
        visits["\(thread):\(step.name)", default: 0] += 1
        let place = StepPlace(
            step: step, input: input, local: local, thread: thread, time: time,
            visit: visits["\(thread):\(step.name)", default: 0],
            context: context(step.name, enteredEventID: Int64(eventCount)))
        if case .task(let task) = step.body { return self.task(task, place) }
        guard let own = ownInput(place) else { return fail(place, "FnF.InvalidMapping", nil, time) }
        switch step.body {
        case .task: return .forever
        case .pass, .succeed:
            emit(.stepStarted, step.name, thread, time, ["input": .object(own)])
            return finish(place, own, .object(JSONObject()), time)
        case .fail(let error, let cause):
            emit(.stepStarted, step.name, thread, time, ["input": .object(own)])
            return fail(place, error ?? "FnF.RuntimeError", cause ?? "", time)
        case .wait(let wait): return self.wait(wait, place, own)
        case .choice(let branches, let otherwise): return choose(branches, otherwise, place, own)
        case .parallel(let branches):
            emit(.stepStarted, step.name, thread, time, ["input": .object(own)])
            let inputs = branches.map { ($0, own) }
            return fork(inputs, place, own, types: (.branchEntered, .branchExited), atOnce: branches.count)
        case .foreach(let collection, let item, let index, let steps):
            guard let elements = collection.value(in: .object(own))?.arrayValue else {
                return fail(place, "FnF.InvalidInput", nil, time)
            }
            emit(.stepStarted, step.name, thread, time, ["input": .object(own)])
            let inputs = elements.enumerated().map { number, element in
                var input = own
                input[item] = element
                if let index { input[index] = .integer(Int64(number)) }
                return (steps, input)
            }
            return fork(
                inputs, place, own, types: (.iterationEntered, .iterationExited), atOnce: iterationsAtOnceMax)
        }
    }

    func ownInput(_ place: StepPlace, token: String? = nil) -> JSONObject? {
        guard let mappings = place.step.inputMappings else { return Self.merge(place.input, place.local) }
        var context = place.context
        context["task.token"] = token.map(JSONValue.string)
        return PlainScope(input: place.input, local: .object(place.local), context: context).map(mappings)
    }

    /// The step's failure, which its container will pass on.
    mutating func fail(_ place: StepPlace, _ error: String, _ cause: String?, _ time: Int64) -> Course<
        StepEnd
    > {
        let failure = failure(error, cause, place.thread, time)
        emit(.stepFailed, place.step.name, place.thread, time, failure.detail)
        return .failed(failure)
    }

    /// Output, StepSucceeded; for all but tasks.
    mutating func finish(
        _ place: StepPlace, _ own: JSONObject, _ local: JSONValue, _ time: Int64, goto: String? = nil
    ) -> Course<StepEnd> {
        let output: JSONObject
        if let mappings = place.step.outputMappings {
            let scope = PlainScope(input: own, local: local, context: place.context)
            guard let mapped = scope.map(mappings) else {
                return fail(place, "FnF.InvalidMapping", nil, time)
            }
            output = mapped
        } else {
            output = local.objectValue ?? JSONObject()
        }
        emit(.stepSucceeded, place.step.name, place.thread, time, ["output": .object(output)])
        return .done(StepEnd(output: output, goto: goto), time)
    }
}

extension PlainStep {
    var isSucceed: Bool { if case .succeed = body { true } else { false } }
}

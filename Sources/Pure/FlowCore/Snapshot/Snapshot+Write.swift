import FlowDefinition
import FlowModel
import Primitives

/// Snapshots: the state as one document, so that a machine is made again without replaying what led to it.
extension ExecutionMachine {
    static let snapshotVersion: Int64 = 1

    /// The state between two transitions.
    ///
    /// Shape: JSON, `{"lastEvent":…,"threads":[…],"v":1,…}`; a version is only ever added, and every released
    /// one is read for ever. Lists are written by how they arise, and what the definition or another part
    /// says is not repeated.
    package var snapshot: [UInt8] {
        var json: JSONObject = [
            "v": .integer(Self.snapshotVersion), "status": .string(state.status.rawValue),
            "lastEvent": .integer(state.lastEventID), "lastTime": .integer(state.lastEventTime.microseconds),
            "input": .object(state.flowInput),
            "threads": .array(
                state.threads.inOrder.map { .object($1.snapshot(id: $0, in: state)) }),
            "outcomes": .array(
                state.outcomes.sorted { $0.key < $1.key }.map { .array($1.snapshot(scheduledEventID: $0)) }),
        ]
        if state.inputText != JSONValue.object(state.flowInput).text {
            json["inputText"] = .string(state.inputText)
        }
        if !state.labels.isEmpty { json["labels"] = .object(state.labels) }
        json["started"] = state.startedTime.map(JSONValue.time)
        json["stopped"] = state.stoppedTime.map(JSONValue.time)
        json["deadline"] = state.deadline.map(JSONValue.time)
        json["output"] = state.output.map(JSONValue.object)
        json["failure"] = state.failure.map { .object($0.detail) }
        return JSONValue.object(json).utf8Bytes
    }
}

extension JSONValue {
    fileprivate static func time(_ time: Timestamp) -> JSONValue { .integer(time.microseconds) }
}

extension TaskOutcome {
    /// Shape: `[3,7,"TaskSucceeded","key"]`, without a key where there is none.
    fileprivate func snapshot(scheduledEventID: Int64) -> [JSONValue] {
        var parts: [JSONValue] = [.integer(scheduledEventID), .integer(eventID), .string(type.rawValue)]
        if let reportKey { parts.append(.string(reportKey)) }
        return parts
    }
}

extension ControlThread {
    fileprivate func snapshot(id: Int64, in state: ExecutionState) -> JSONObject {
        var json: JSONObject = [
            "id": .integer(id), "tail": .integer(tail), "lists": .array(lists.map { .object($0.snapshot) }),
        ]
        guard let parent else { return json }
        json["parent"] = .integer(parent)
        json["index"] = .integer(Int64(index))
        return json
    }
}

extension SerialList {
    /// Steps and input follow from where the list stands.
    fileprivate var snapshot: JSONObject {
        var json: JSONObject = ["at": .integer(Int64(position))]
        if !local.isEmpty { json["local"] = .object(local) }
        guard let run else { return json }
        var inner = run.phase.snapshot
        inner["entered"] = .integer(run.enteredEventID)
        let expected = runningStep?.inputMappings == nil ? inherited : JSONObject()
        if run.input != expected { inner["input"] = .object(run.input) }
        if let output = run.output { inner["output"] = .object(output) }
        if !run.retries.isEmpty {
            inner["retries"] = .array(
                run.retries.sorted { $0.key < $1.key }.map { .array([.integer($0), .integer($1)]) })
        }
        json["run"] = .object(inner)
        return json
    }
}

extension StepPhase {
    fileprivate var snapshot: JSONObject {
        switch self {
        case .begun: return ["phase": "begun"]
        case .ended: return ["phase": "ended"]
        case .branch(.none): return ["phase": "branch"]
        case .branch(.number(let number)): return ["phase": "branch", "branch": .integer(Int64(number))]
        case .branch(.otherwise): return ["phase": "branch", "branch": "default"]
        case .forked(let fork): return fork.snapshot
        case .waiting(let until): return ["phase": "waiting", "until": .time(until)]
        case .task(let task):
            var json: JSONObject = [
                "phase": "task", "scheduled": .integer(task.scheduledEventID),
                "attempt": .integer(task.attempt),
            ]
            json["deadline"] = task.deadline.map(JSONValue.time)
            if task.submitted { json["submitted"] = true }
            return json
        case .backoff(let backoff):
            return [
                "phase": "backoff", "until": .time(backoff.until), "attempt": .integer(backoff.nextAttempt),
                "scheduled": .integer(backoff.scheduledEventID), "failure": .object(backoff.failure.detail),
            ]
        }
    }
}

extension Fork {
    /// Elements follow from the step's input; results are written as far as threads were started.
    fileprivate var snapshot: JSONObject {
        [
            "phase": "forked", "started": .integer(startedEventID), "running": .integer(Int64(running)),
            "results": .array(Array(results.prefix(next))),
        ]
    }
}

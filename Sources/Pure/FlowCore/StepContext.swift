import FlowDefinition
import FlowModel
import Primitives

/// What `$context` holds for one step. Source: fdl §3.4.
struct StepContext {
    let flow: String
    let execution: String
    /// Nil for the mappings of the flow itself.
    var step: (name: String, enteredEventID: Int64)?
    /// Nil unless an attempt of a task is, or is being, scheduled.
    var task: (scheduledEventID: Int64, mint: any TaskTokenMint)?
    /// The attempt's token when it was made already.
    var token: String?

    func value(at path: JSONPath) -> JSONValue? {
        guard path.components.count == 2, case .key(let group) = path.components[0],
            case .key(let member) = path.components[1]
        else { return path.value(in: .object(whole)) }
        switch (group, member) {
        case ("task", "token"): return taskToken.map(JSONValue.string)
        case ("step", "name"): return step.map { .string($0.name) }
        case ("step", "eventId"): return step.map { .integer($0.enteredEventID) }
        case ("execution", "name"): return .string(execution)
        case ("flow", "name"): return .string(flow)
        default: return nil
        }
    }

    private var taskToken: String? {
        token
            ?? task.map {
                $0.mint.token(flow: flow, execution: execution, scheduledEventID: $0.scheduledEventID)
            }
    }

    private var whole: JSONObject {
        var whole: JSONObject = ["execution": ["name": .string(execution)], "flow": ["name": .string(flow)]]
        if let step {
            whole["step"] = ["eventId": .integer(step.enteredEventID), "name": .string(step.name)]
        }
        if let taskToken { whole["task"] = ["token": .string(taskToken)] }
        return whole
    }
}

package import Primitives

/// What an event repeats of the events and the definition before it: held as it stands there, and joined to
/// what the event itself says only when somebody looks. Most events are written and never looked at.
package enum InheritedDetail: Sendable, Hashable {
    case none
    /// Of StepEntered: the input and the local of the step's parent.
    case parent(input: JSONObject, local: JSONObject)
    /// Of StepStarted and TaskScheduled: the step's own input unless the event has it, and of a task what the
    /// definition says.
    case begun(input: JSONObject?, task: JSONObject?)
    /// Of StepSucceeded.
    case output(JSONObject)
    /// Of StepExited: the local of the parent, which the output joins and stands for.
    case exited(local: JSONObject, output: JSONObject)
    /// Of BranchExited and IterationExited.
    case local(JSONObject)

    /// One member of the joined detail that the event itself does not say.
    func member(_ key: String) -> JSONValue? {
        switch (self, key) {
        case (.parent(let input, _), "input"): .object(input)
        case (.parent(_, let local), "local"): .object(local)
        case (.begun(let input?, _), "input"): .object(input)
        case (.begun(_, let task?), _): task[key]
        case (.output(let output), "output"): .object(output)
        case (.exited(let local, let output), "local"): .object(local.merging(output))
        case (.local(let local), "local"): .object(local)
        default: nil
        }
    }

    func joined(to stored: JSONObject) -> JSONObject {
        var detail = stored
        switch self {
        case .none: break
        case .parent(let input, let local):
            detail["input"] = .object(input)
            detail["local"] = .object(local)
        case .begun(let input, let task):
            if let input { detail["input"] = .object(input) }
            if let task { detail = detail.merging(task) }
        case .output(let output): detail["output"] = .object(output)
        case .exited(let local, let output):
            detail["output"] = .none
            detail["local"] = .object(local.merging(output))
        case .local(let local): detail["local"] = .object(local)
        }
        return detail
    }
}

import FlowDefinition
import FlowModel
import Primitives

/// Completing: what an event repeats of the events before is written nowhere, and filled in from the state.
/// So a step costs what it decides, not what it inherits. What an older release wrote whole stays as it is.
extension ExecutionMachine {
    /// The whole detail of an event that is about to be recorded. Where the state does not fit, nothing is
    /// filled in, and recording says why.
    func completed(
        _ type: HistoryEventType, _ stepName: String, _ stored: JSONObject, in thread: Int64
    ) -> JSONObject {
        guard let lists = state.threads[thread]?.lists else { return stored }
        switch type {
        case .stepEntered: return Self.entered(stored, lists)
        case .branchExited, .iterationExited: return Self.exited(stored, lists)
        case .stepStarted, .taskScheduled, .stepSucceeded, .stepExited:
            guard let depth = depth(of: stepName, in: thread), let step = lists[depth].runningStep else {
                return stored
            }
            switch type {
            case .stepSucceeded: return Self.succeeded(stored, step, lists, depth)
            case .stepExited: return Self.exited(stored, lists[depth])
            default: return Self.begun(stored, step, lists[depth])
            }
        default: return stored
        }
    }

    /// The parent's input and local.
    private static func entered(_ stored: JSONObject, _ lists: [SerialList]) -> JSONObject {
        guard stored["input"] == nil, let list = lists.last else { return stored }
        var detail = stored
        detail["input"] = .object(list.input)
        detail["local"] = .object(list.local)
        return detail
    }

    /// The step's own input and, of a task, what the definition says. The parameters stand as it writes them:
    /// resolved, they would repeat the input beside them.
    private static func begun(_ stored: JSONObject, _ step: Step, _ list: SerialList) -> JSONObject {
        var detail = stored
        if stored["input"] == nil, step.inputMappings == nil { detail["input"] = .object(list.inherited) }
        guard case .task(let task) = step.body, stored["resourceArn"] == nil else { return detail }
        detail["pattern"] = .string(task.pattern.rawValue)
        detail["resourceArn"] = .string(task.resourceArn)
        if !task.serviceParams.isEmpty { detail["parameters"] = .object(task.serviceParams.written) }
        return detail
    }

    /// Without outputMappings a choice gives its branch's local, and every other step nothing.
    private static func succeeded(
        _ stored: JSONObject, _ step: Step, _ lists: [SerialList], _ depth: Int
    ) -> JSONObject {
        guard stored["output"] == nil, step.outputMappings == nil else { return stored }
        var detail = stored
        detail["output"] = .object(depth + 1 < lists.count ? lists[depth + 1].local : JSONObject())
        return detail
    }

    /// The parent's local after the merge, in place of the output.
    private static func exited(_ stored: JSONObject, _ list: SerialList) -> JSONObject {
        guard stored["local"] == nil, let run = list.run else { return stored }
        var detail = stored
        detail["output"] = .none
        detail["local"] = .object(list.local.merging(run.exitOutput(stored)))
        return detail
    }

    /// The local that a branch or iteration hands over; one that failed hands over none.
    private static func exited(_ stored: JSONObject, _ lists: [SerialList]) -> JSONObject {
        guard stored["local"] == nil, stored["error"] == nil, let list = lists.last else { return stored }
        var detail = stored
        detail["local"] = .object(list.local)
        return detail
    }
}

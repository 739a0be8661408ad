import FlowDefinition
import FlowModel
import Primitives

/// Completing: what an event repeats of the events before is written nowhere, and filled in from the state.
/// So a step costs what it decides, not what it inherits. What an older release wrote whole stays as it is.
extension ExecutionMachine {
    /// What an event that is about to be recorded repeats. Where the state does not fit it is nothing, and
    /// recording says why.
    func inherited(
        _ type: HistoryEventType, _ stepName: String, _ stored: JSONObject, in thread: Int64
    ) -> InheritedDetail {
        switch type {
        case .stepEntered:
            let lists = state.threads.lists(thread)
            guard let last = lists.indices.last, stored["input"] == nil else { return .none }
            return .parent(input: lists[last].input, local: lists[last].local)
        case .branchExited, .iterationExited:
            // One that failed hands over no local.
            let lists = state.threads.lists(thread)
            guard let last = lists.indices.last, stored["local"] == nil, stored["error"] == nil else {
                return .none
            }
            return .local(lists[last].local)
        case .stepStarted, .taskScheduled, .stepSucceeded, .stepExited:
            let lists = state.threads.lists(thread)
            guard let depth = lists.depth(of: stepName) else { return .none }
            switch type {
            case .stepSucceeded: return Self.succeeded(stored, lists, depth)
            case .stepExited: return Self.exited(stored, lists, depth)
            default: return Self.begun(stored, lists, depth)
            }
        default: return .none
        }
    }

    /// The step's own input and, of a task, what the definition says. The parameters stand as it writes them:
    /// resolved, they would repeat the input beside them.
    private static func begun(
        _ stored: JSONObject, _ lists: [SerialList], _ depth: Int
    ) -> InheritedDetail {
        let step = lists[depth].steps[lists[depth].position]
        let input = stored["input"] == nil && step.inputMappings == nil ? lists[depth].inherited : nil
        guard case .task(let task) = step.body, stored["resourceArn"] == nil else {
            return .begun(input: input, task: nil)
        }
        return .begun(input: input, task: task.written)
    }

    /// Without outputMappings a choice gives its branch's local, and every other step nothing.
    private static func succeeded(
        _ stored: JSONObject, _ lists: [SerialList], _ depth: Int
    ) -> InheritedDetail {
        guard stored["output"] == nil,
            lists[depth].steps[lists[depth].position].outputMappings == nil
        else { return .none }
        return .output(depth + 1 < lists.count ? lists[depth + 1].local : JSONObject())
    }

    /// The parent's local after the merge, in place of the output.
    private static func exited(
        _ stored: JSONObject, _ lists: [SerialList], _ depth: Int
    ) -> InheritedDetail {
        guard stored["local"] == nil, lists[depth].isRunning else { return .none }
        let recorded = lists.run(at: depth) { $0.output } ?? nil
        let output = stored["output"]?.objectValue ?? recorded ?? JSONObject()
        return .exited(local: lists[depth].local, output: output)
    }
}

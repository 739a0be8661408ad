import FlowDefinition
import FlowModel
import Primitives

extension ExecutionMachine {
    /// Starts the next branch of a parallel or iteration of a foreach, and returns its thread.
    mutating func startBranch(_ running: RunningStep, _ fork: Fork, _ turn: inout Turn) -> Int64 {
        emit(
            fork.items == nil ? .branchEntered : .iterationEntered, running.step.name, in: running.thread,
            cause: fork.startedEventID, ["index": .integer(Int64(fork.next))], &turn)
    }

    /// Ends a branch or iteration and returns the thread whose step waits for it.
    mutating func exitThread(_ thread: Int64, _ detail: JSONObject, _ turn: inout Turn) -> Int64? {
        guard let ended = state.threads[thread], let parent = ended.parent,
            let running = runningStep(in: parent),
            case .forked(let fork) = running.run.phase
        else { return nil }
        var detail = detail
        detail["index"] = .integer(Int64(ended.index))
        emit(
            fork.items == nil ? .branchExited : .iterationExited, running.step.name, in: thread, detail, &turn
        )
        return parent
    }
}

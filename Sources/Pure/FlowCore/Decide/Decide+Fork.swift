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
    ///
    /// - Parameter failure: nil: it ended well, and hands over its local.
    mutating func exitThread(_ thread: Int64, _ failure: FlowFailure?, _ turn: inout Turn) -> Int64? {
        guard let end = end(of: thread) else { return nil }
        var stored = failure?.detail ?? JSONObject()
        stored["index"] = .integer(Int64(end.index))
        emit(end.type, end.stepName, in: thread, stored, &turn)
        return end.parent
    }

    /// Apart, so that nothing holds the fork while the event is recorded: its results would be copied each
    /// time.
    private func end(
        of thread: Int64
    ) -> (parent: Int64, index: Int, type: HistoryEventType, stepName: String)? {
        guard let ended = state.threads[thread], let parent = ended.parent,
            let running = runningStep(in: parent), case .forked(let fork) = phase(of: running)
        else { return nil }
        let type: HistoryEventType = fork.items == nil ? .branchExited : .iterationExited
        return (parent, ended.index, type, running.step.name)
    }
}

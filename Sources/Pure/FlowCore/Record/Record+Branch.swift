import FlowDefinition
import FlowModel
import Primitives

extension ExecutionMachine {
    mutating func recordFork(_ event: HistoryEvent, in thread: Int64) throws(ReplayFault) {
        if event.type.forks {
            try recordEntered(event, in: thread)
        } else {
            try recordExited(event, in: thread)
        }
    }

    /// Starts the thread of a branch or iteration; `thread` is the one whose step forks.
    private mutating func recordEntered(_ event: HistoryEvent, in thread: Int64) throws(ReplayFault) {
        let depth = try depth(of: event, in: thread)
        let index = Int(try event.integer("index"))
        guard let step = state.threads[thread]?.lists[depth].runningStep,
            case .forked(var fork) = state.threads[thread]?.lists[depth].run?.phase,
            index == fork.next, let inner = fork.list(index, of: step.body)
        else { throw event.fault("it does not come next among the branches of \"\(event.stepName)\"") }
        fork.next += 1
        fork.running += 1
        state.threads[thread]?.lists[depth].run?.phase = .forked(fork)
        state.threads[event.eventID] = ControlThread(
            tail: event.eventID, parent: thread, index: index, lists: [inner])
    }

    /// Ends a thread and hands its local to the step that forked; one that failed hands over nothing.
    private mutating func recordExited(_ event: HistoryEvent, in thread: Int64) throws(ReplayFault) {
        guard let ended = state.threads[thread], let parent = ended.parent else {
            throw event.fault("the thread is no branch")
        }
        let result = event["local"] ?? .null
        let depth = try depth(of: event, in: parent)
        guard case .forked(var fork) = state.threads[parent]?.lists[depth].run?.phase else {
            throw event.fault("\"\(event.stepName)\" has no open branches")
        }
        // So that the results are not copied: nothing else holds them now.
        state.threads[parent]?.lists[depth].run?.phase = .begun
        fork.running -= 1
        fork.results[ended.index] = result
        state.threads[parent]?.lists[depth].run?.phase = .forked(fork)
        state.threads[parent]?.tail = event.eventID
        state.threads[thread] = nil
    }
}

import FlowModel

/// Finds the thread an event belongs to by the event that caused it, while events are read back.
struct ThreadIndex {
    /// By the last event of each thread; a lone thread needs no entry.
    private var tails: [Int64: Int64] = [:]
    /// By the event that started a fork, which causes one event for each branch.
    private var forks: [Int64: Int64] = [:]

    init(_ state: ExecutionState) {
        for (id, thread) in state.threads.inOrder {
            tails[thread.tail] = id
            for list in thread.lists {
                if case .forked(let fork) = list.run?.phase { forks[fork.startedEventID] = id }
            }
        }
    }

    func thread(of event: HistoryEvent, _ state: ExecutionState) -> Int64? {
        let cause = event.scheduleEventID
        if event.type.endsExecution || event.type == .executionStarted { return ControlThread.main }
        if event.type.forks { return forks[cause] }
        if !state.threads.hasSeveral {
            return state.threads[ControlThread.main]?.tail == cause ? ControlThread.main : nil
        }
        return tails[cause]
    }

    /// Learns from an event that has just been recorded in `thread`, whose parent was `parent`.
    mutating func add(_ event: HistoryEvent, thread: Int64, parent: Int64?, _ state: ExecutionState) {
        switch event.type {
        case .branchEntered, .iterationEntered: tails[event.eventID] = event.eventID
        case .branchExited, .iterationExited:
            tails[event.scheduleEventID] = nil
            tails[event.eventID] = parent
        default:
            if case .forked = state.threads[thread]?.lists.last?.run?.phase, event.type == .stepStarted {
                forks[event.eventID] = thread
            }
            guard state.threads.hasSeveral else { return }
            tails[event.scheduleEventID] = nil
            tails[event.eventID] = thread
        }
    }
}

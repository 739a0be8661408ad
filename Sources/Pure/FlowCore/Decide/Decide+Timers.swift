import FlowDefinition
import FlowModel
import Primitives

extension ExecutionMachine {
    /// Does what is due: the flow's own timeout first, then each thread's, in the order the threads began.
    mutating func fireTimers(_ turn: inout Turn) {
        guard !state.status.isTerminal else { return }
        if let deadline = state.deadline, deadline <= turn.now {
            return end(.executionTimedOut, JSONObject(), &turn)
        }
        let due = state.threads.ids.filter { thread in
            dueTime(of: thread).map { $0 <= turn.now } ?? false
        }
        for thread in due {
            guard !state.status.isTerminal, turn.events.count < limits.transitionEventsMax else { return }
            if !isReady(thread) { fireTimer(of: thread, &turn) }
            turn.ready.append(thread)
        }
    }

    /// When a thread wants to be woken; the past when it has something to do already.
    func dueTime(of thread: Int64) -> Timestamp? {
        guard let run = state.threads[thread]?.lists.last?.run else { return state.lastEventTime }
        switch run.phase {
        case .waiting(let until): return until
        case .backoff(let backoff): return backoff.until
        case .task(let attempt): return attempt.deadline
        case .forked: return isReady(thread) ? state.lastEventTime : nil
        case .begun, .branch, .ended: return nil
        }
    }

    private mutating func fireTimer(of thread: Int64, _ turn: inout Turn) {
        guard let running = runningStep(in: thread) else { return }
        switch (phase(of: running), running.step.body) {
        case (.waiting, _): exit(running, local: .object(JSONObject()), &turn)
        case (.backoff(let backoff), .task(let task)):
            schedule(task, running, attempt: backoff.nextAttempt, &turn)
        case (.task(let attempt), .task(let task)):
            let cause = "no result within \(task.timeoutSeconds ?? 0) s"
            let open = OpenAttempt(running: running, task: task, attempt: attempt)
            let failure = FlowFailure(error: FailureName.taskTimeout, cause: cause)
            fail(open, .taskTimedOut, failure, reportKey: nil, &turn)
        default: break
        }
    }
}

import FlowDefinition
import FlowModel
import Primitives

extension ExecutionMachine {
    mutating func recordTaskScheduled(_ event: HistoryEvent, in thread: Int64) throws(ReplayFault) {
        let input = try event.object("input")
        let attempt = TaskRun(
            scheduledEventID: event.eventID, attempt: try event.integer("attempt"),
            deadline: try event.time("deadline"))
        try updateRun(of: event, in: thread) { run in
            run.input = input
            run.phase = .task(attempt)
        }
        state.taskThreads[event.eventID] = thread
    }

    mutating func recordTaskSubmitted(_ event: HistoryEvent, in thread: Int64) throws(ReplayFault) {
        try updateRun(of: event, in: thread) { run in
            guard case .task(var attempt) = run.phase else { return }
            attempt.submitted = true
            run.phase = .task(attempt)
        }
    }

    /// `retryAt` and `retryPolicy` in the detail of a failure say that another attempt follows.
    mutating func recordTaskEnded(_ event: HistoryEvent, in thread: Int64) throws(ReplayFault) {
        let retryAt = try event.time("retryAt")
        let policy = retryAt == nil ? nil : try event.integer("retryPolicy")
        var ended: Int64?
        try updateRun(of: event, in: thread) { run in
            guard case .task(let attempt) = run.phase else { return }
            ended = attempt.scheduledEventID
            if let retryAt, let policy {
                run.retries[policy, default: 0] += 1
                run.phase = .backoff(until: retryAt, nextAttempt: attempt.attempt + 1)
            } else {
                run.phase = .ended
            }
        }
        guard let ended else { throw event.fault("no attempt of \"\(event.stepName)\" is open") }
        state.taskThreads[ended] = nil
        state.outcomes[ended] = TaskOutcome(
            eventID: event.eventID, type: event.type, reportKey: event.detail["reportKey"]?.stringValue)
    }
}

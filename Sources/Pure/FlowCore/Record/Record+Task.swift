import FlowDefinition
import FlowModel
import Primitives

extension ExecutionMachine {
    mutating func recordTaskScheduled(_ event: HistoryEvent, in thread: Int64) throws(ReplayFault) {
        let input = try event.object("input")
        let size = ownInputSize(input, at: try depth(of: event, in: thread), in: thread)
        let attempt = TaskRun(
            scheduledEventID: event.eventID, attempt: try event.integer("attempt"),
            deadline: try event.time("deadline"))
        try updateRun(of: event, in: thread) { run in
            run.input = input
            run.inputSize = size
            run.phase = .task(attempt)
        }
        state.unsubmitted += 1
        state.taskThreads[event.eventID] = thread
    }

    mutating func recordTaskSubmitted(_ event: HistoryEvent, in thread: Int64) throws(ReplayFault) {
        var answered = 0
        try updateRun(of: event, in: thread) { run in
            guard case .task(var attempt) = run.phase, !attempt.submitted else { return }
            answered = 1
            attempt.submitted = true
            run.phase = .task(attempt)
        }
        state.unsubmitted -= answered
    }

    /// `retryAt` and `retryPolicy` in the detail of a failure say that another attempt follows.
    mutating func recordTaskEnded(_ event: HistoryEvent, in thread: Int64) throws(ReplayFault) {
        let retryAt = try event.time("retryAt")
        let policy = retryAt == nil ? nil : try event.integer("retryPolicy")
        let failure = FlowFailure(
            error: event["error"]?.stringValue ?? "", cause: event["cause"]?.stringValue ?? "",
            limits: limits)
        let output = event.type == .taskSucceeded ? event["output"]?.objectValue : nil
        var ended: TaskRun?
        try updateRun(of: event, in: thread) { run in
            guard case .task(let attempt) = run.phase else { return }
            ended = attempt
            run.output = output
            if let retryAt, let policy {
                run.retries[policy, default: 0] += 1
                run.phase = .backoff(
                    Backoff(
                        until: retryAt, nextAttempt: attempt.attempt + 1,
                        scheduledEventID: attempt.scheduledEventID, failure: failure))
            } else {
                run.phase = .ended
            }
        }
        guard let ended else { throw event.fault("no attempt of \"\(event.stepName)\" is open") }
        if !ended.submitted { state.unsubmitted -= 1 }
        state.taskThreads[ended.scheduledEventID] = nil
        state.outcomes[ended.scheduledEventID] = TaskOutcome(
            eventID: event.eventID, type: event.type, reportKey: event["reportKey"]?.stringValue)
    }
}

import FlowDefinition
package import FlowModel
package import Primitives

extension ExecutionMachine {
    /// The earliest time at which `timerFired` would do something; in the past when there is work left over.
    package var nextDeadline: Timestamp? {
        var earliest = state.deadline
        for thread in state.threads.ids {
            guard let due = dueTime(of: thread) else { continue }
            earliest = earliest.map { min($0, due) } ?? due
        }
        return earliest
    }

    /// The tasks that wait, oldest first.
    package var openTasks: [OpenTask] {
        openAttempts.map { open in
            OpenTask(
                scheduledEventID: open.attempt.scheduledEventID, stepName: open.running.step.name,
                resourceArn: open.task.resourceArn, attempt: open.attempt.attempt,
                deadline: open.attempt.deadline,
                waitsForCallback: open.task.pattern.waitsForReport, submitted: open.attempt.submitted)
        }
    }

    /// True when a call is not answered yet, so that it may have to be made again.
    package var hasUnsubmitted: Bool { state.unsubmitted > 0 }

    /// Whether any attempt of a task has ended.
    package var hasEndedTask: Bool { !state.outcomes.isEmpty }

    /// Failed attempts that are repeated after a pause, in the order of their failing.
    package var pendingRetries: [PendingRetry] {
        state.threads.ids.compactMap { thread in
            guard let running = runningStep(in: thread), case .task(let task) = running.step.body,
                case .backoff(let backoff) = phase(of: running)
            else { return nil }
            return PendingRetry(
                stepName: running.step.name, resourceArn: task.resourceArn,
                scheduledEventID: backoff.scheduledEventID, attempt: backoff.nextAttempt,
                retryAt: backoff.until, failure: backoff.failure)
        }
    }

    /// What must be done again after a restart: the calls that were scheduled and whose submission or answer
    /// is not recorded, with the tokens they had.
    package func outstanding(mint: some TaskTokenMint) -> [Command] {
        openAttempts.filter { !$0.attempt.submitted }.map { open in
            let input = ownInput(of: open.running)
            let id = open.attempt.scheduledEventID
            return .invokeTask(
                TaskInvocation(
                    scheduledEventID: id, stepName: open.running.step.name,
                    resourceArn: open.task.resourceArn,
                    pattern: open.task.pattern, input: input,
                    serviceParams: (try? open.task.serviceParams.evaluate(
                        input: input, missingIsNull: limits.missingPathIsNull)) ?? JSONObject(),
                    token: mint.token(flow: flow, execution: execution, scheduledEventID: id),
                    attempt: open.attempt.attempt, deadline: open.attempt.deadline))
        }
    }

    private var openAttempts: [OpenAttempt] {
        state.taskThreads.sorted { $0.key < $1.key }.compactMap { _, thread in
            guard let running = runningStep(in: thread), case .task(let task) = running.step.body,
                case .task(let attempt) = phase(of: running)
            else { return nil }
            return OpenAttempt(running: running, task: task, attempt: attempt)
        }
    }
}

import FlowCore
import FlowModel
import FlowStore
import Primitives
import RPCProtocol

/// Executions and the tasks that await them. What follows from an end is staged beside it: one commit holds
/// the end of a child and the result of the task that waited, so that neither can be lost without the other.
extension FlowEngineService {
    /// To be called when a machine has taken an input, after its rows are staged.
    func follow(_ worker: ExecutionWorker) {
        stopAbandonedChildren(of: worker)
        guard !worker.entry.isOpen, let task = worker.entry.origin.awaiting else { return }
        if task.isParent { forgetChild(of: task) }
        stepBeside(task.execution, worker.report(to: task))
    }

    /// A child whose task has timed out, or whose parent has ended, would work for nobody.
    private func stopAbandonedChildren(of worker: ExecutionWorker) {
        guard let started = children[worker.id] else { return }
        for (event, child) in started.sorted(by: { $0.key < $1.key }) {
            let outcome = worker.machine.taskOutcome(scheduledEventID: event)
            guard outcome != nil || !worker.entry.isOpen else { continue }
            let task = AwaitingTask(execution: worker.id, scheduledEventID: event, isParent: true)
            forgetChild(of: task)
            stopChild(child, of: worker, outcome)
        }
    }

    private func stopChild(_ child: Int64, of parent: ExecutionWorker, _ outcome: TaskOutcome?) {
        let place = "execution \(parent.entry.name) of flow \(parent.entry.flowName)"
        let reason =
            outcome.map { "the task of \(place) that awaited it has ended: \($0.type.rawValue)" }
            ?? "\(place), which awaited it, has ended: \(parent.entry.status.rawValue)"
        stepBeside(child, .stop(FlowFailure(error: FailureName.parentEnded, cause: reason)))
    }

    /// Lets another execution take an input in the commit of the one that caused it.
    private func stepBeside(_ execution: Int64, _ input: Input) {
        do throws(StoreError) {
            // One that ended long ago may be removed by now.
            guard try index.entry(execution: execution) != nil || registry.worker(execution) != nil else {
                return
            }
            let worker = try worker(execution)
            // Refused: its task, or all of it, has ended otherwise, and nobody waits any more.
            _ = try? step(worker, input)
        } catch {
            switch error {
            case .unreadable(let place, let reason): log.unreadable(execution, "\(place): \(reason)")
            // Without the one the other must not be committed.
            case .unavailable, .broken, .damagedIndex: tickFault = error
            }
        }
    }
}

// MARK: - Who has started whom

extension FlowEngineService {
    /// An open execution whose end a task awaits: remembered when that task has started it.
    func noteChild(_ child: Int64, awaitedBy task: AwaitingTask) {
        if task.isParent { remember(child, startedBy: task) }
    }

    private func remember(_ child: Int64, startedBy task: AwaitingTask) {
        children[task.execution, default: [:]][task.scheduledEventID] = child
    }

    private func forgetChild(of task: AwaitingTask) {
        children[task.execution]?[task.scheduledEventID] = nil
        if children[task.execution]?.isEmpty == true { children[task.execution] = nil }
    }

    /// After a batch that the disk refused: those that were started in it do not exist, those that ended in
    /// it go on.
    func correctChildren(_ batch: [StagedRow], neverStarted: Set<Int64>) {
        for item in batch {
            guard let task = item.worker.entry.origin.awaiting, task.isParent else { continue }
            if neverStarted.contains(item.worker.id) {
                forgetChild(of: task)
            } else {
                remember(item.worker.id, startedBy: task)
            }
        }
    }
}

extension ExecutionWorker {
    /// The end of this execution as the task that awaits it sees it. Source: fdl §5.4, §13 no. 8.
    func report(to task: AwaitingTask) -> Input {
        let id = task.scheduledEventID
        let failure: FlowFailure
        switch entry.status {
        case .succeeded:
            let output = machine.output.map(JSONValue.object) ?? [:]
            return .taskSucceeded(scheduledEventID: id, output: output, by: .token(reportKey: nil))
        case .timedOut:
            failure = FlowFailure(
                error: FailureName.taskTimeout,
                cause: "execution \(entry.name) of flow \(entry.flowName) has timed out")
        case .stopped, .failed, .starting, .running:
            failure =
                machine.failure
                ?? FlowFailure(
                    error: FailureName.stopped,
                    cause: "execution \(entry.name) of flow \(entry.flowName) was stopped")
        }
        return .taskFailed(scheduledEventID: id, failure, by: .token(reportKey: nil))
    }
}

import FlowCore
import FlowModel
import FlowStore
import Primitives
import RPCProtocol

/// Staging, the commit at the end of the tick, and what comes after it.
extension FlowEngineService {
    /// Lets a machine take an input and stages what follows. The caller answers only after `committed()`.
    @discardableResult
    func step(_ worker: ExecutionWorker, _ input: Input) throws(InputRefused) -> Transition {
        let transition = try worker.machine.step(input, at: world.now, mint: worker.mint)
        guard !transition.isEmpty else { return transition }
        let rows = makeRows(
            of: worker.id, previous: worker.entry.lastSequence, transition, worker.machine, &worker.meter)
        for (row, body) in rows { worker.entry.apply(sequence: row.sequence, body) }
        stage(rows, worker, transition.commands)
        follow(worker)
        return transition
    }

    /// The rows of a transition: one, or two when it both starts and ends the execution, so that the feed has
    /// a sequence for each.
    func makeRows(
        of execution: Int64, previous: Int64, _ transition: Transition, _ machine: ExecutionMachine,
        _ meter: inout SegmentMeter, start: ExecutionStart? = nil
    ) -> [(JournalRow, TransitionBody)] {
        let ends = transition.events.last?.type.endsExecution ?? false
        let parts: [ArraySlice<HistoryEvent>] =
            start != nil && ends
            ? [transition.events.dropLast(), transition.events.suffix(1)] : [transition.events[...]]
        let hasUndelivered = machine.hasUnsubmitted
        var rows: [(JournalRow, TransitionBody)] = []
        for (index, events) in parts.enumerated() {
            let body = TransitionBody(
                start: index == 0 ? start : nil, events: Array(events), deadline: machine.nextDeadline,
                hasUndelivered: hasUndelivered)
            let isLast = index == parts.count - 1
            let kind: JournalRowKind = index == 0 && start != nil ? .starts : isLast && ends ? .ends : .inner
            rows.append(
                (
                    JournalRow(
                        sequence: nextSequence, execution: execution,
                        previous: rows.last?.0.sequence ?? previous,
                        kind: kind, body: body.encoded), body
                ))
            nextSequence += 1
            meter.note(events: events.count, bytes: rows[index].0.body.count)
        }
        if !ends, meter.isDue(eventsMin: settings.segmentEventsMin) {
            let state = machine.snapshot
            rows[rows.count - 1].0.segment = Segment(
                lastEventID: machine.lastEventID, sequence: nextSequence - 1, state: state)
            meter.noteSegment(length: state.count)
        }
        return rows
    }

    func stage(_ rows: [(JournalRow, TransitionBody)], _ worker: ExecutionWorker, _ commands: [Command]) {
        for (index, (row, body)) in rows.enumerated() {
            worker.stagedRows += 1
            staged.append(
                StagedRow(
                    row: row, worker: worker, events: body.events,
                    commands: index == rows.count - 1 ? commands : []))
        }
        scheduleCommit()
    }

    /// Notes that a change of the store waits for the end of the tick. The caller answers only after
    /// `committed()`.
    func stageChange() {
        hasChanges = true
        scheduleCommit()
    }

    /// Changes the store; the caller answers only after `committed()`. A change that fails takes the others
    /// of the tick with it, so the end of the tick is wanted then too.
    func change<Value>(_ body: () throws(StoreError) -> Value) throws(RPCError) -> Value {
        stageChange()
        return try answering(body)
    }

    private func scheduleCommit() {
        guard !isCommitScheduled else { return }
        isCommitScheduled = true
        loop.atEndOfTick { [self] in assumeIsolated { $0.commit() } }
    }

    /// Waits until what is staged is on disk. Throws: it is not, and was forgotten.
    func committed() async throws(RPCError) {
        guard isCommitScheduled else { return }
        if let error = await withCheckedContinuation({ commitWaiters.append($0) }) { throw RPCError(error) }
    }

    /// Waits until nothing is staged, so that a reader sees only what is on disk.
    func settle() async {
        guard isCommitScheduled else { return }
        _ = await withCheckedContinuation { commitWaiters.append($0) }
    }

    func commit() {
        // It is made up for at the end of the hold.
        if isHeld { return }
        isCommitScheduled = false
        let batch = staged
        let waiters = commitWaiters
        staged.removeAll(keepingCapacity: true)
        commitWaiters.removeAll(keepingCapacity: true)
        let (actions, fault, hasWork) = (onCommit, tickFault, hasChanges || !batch.isEmpty)
        (onCommit, tickFault, hasChanges) = ([], nil, false)
        do throws(StoreError) {
            if let error = broken ?? fault { throw error }
            if hasWork { try write(batch) }
        } catch {
            store.revert()
            refuse(batch, waiters, error)
            return
        }
        if storeFailures > 0 {
            storeFailures = 0
            log.storeWorksAgain()
        }
        if let last = batch.last {
            committedSequence = last.row.sequence
            metrics.noteCommit(transitions: batch.count)
        }
        for item in batch { takeIn(item) }
        for waiter in waiters { waiter.resume(returning: nil) }
        for item in batch { act(on: item) }
        for action in actions { action(self) }
        afterCommit(changes: batch.count)
    }

    private func write(_ batch: [StagedRow]) throws(StoreError) {
        let begin = ContinuousClock.now
        try store.append(batch.map(\.row))
        console.noteCommit(ContinuousClock.now - begin, at: world.now)
    }

    /// Index, timers, counters, watchers: all that only tells.
    private func takeIn(_ item: StagedRow) {
        let worker = item.worker
        worker.stagedRows -= 1
        index.note(item.row, item.events, of: worker.entry) { latency in
            console.noteTask(latency, at: item.events.last?.time)
        }
        if worker.stagedRows == 0 {
            index.record(worker.entry)
            timers.set(worker.id, worker.entry.deadline)
        }
        switch item.row.kind {
        case .inner: break
        case .starts:
            openExecutions += 1
            metrics.noteStarted()
            log.started(worker.entry)
        case .ends:
            openExecutions -= 1
            metrics.noteEnded(worker.entry.status)
            registry.noteEnded(worker.id)
            log.ended(worker.entry, item.events)
        }
        for event in item.events where event.type == .taskTimedOut {
            log.taskTimedOut(worker.entry, step: event.stepName)
        }
        tellWatchers(item)
    }

    private func act(on item: StagedRow) {
        dropEndedDeliveries(of: item.worker)
        for command in item.commands {
            if case .invokeTask(let invocation) = command { deliver(item.worker, invocation) }
        }
    }

    private func afterCommit(changes: Int) {
        timers.arm(on: loop) { [self] in assumeIsolated { $0.timersFired() } }
        if changes > 0 {
            commitSizes.note(changes)
            noteIndexChanged()
            noteActivity()
        }
        noteBacklog()
        metrics.show(open: openExecutions, resident: registry.count, pending: index.pendingCount)
    }
}

// MARK: - When the disk refuses

extension FlowEngineService {
    /// Nothing of the batch happened: the machines are ahead of the disk and are thrown away.
    private func refuse(
        _ batch: [StagedRow], _ waiters: [CheckedContinuation<StoreError?, Never>], _ error: StoreError
    ) {
        metrics.noteStoreFault()
        if storeFailures == 0 { log.storeFault(error, path: error.path) }
        storeFailures += 1
        // One that was started in this batch does not exist; the others are continued from the disk.
        let neverStarted = Set(batch.lazy.filter { $0.row.previous == 0 }.map(\.worker.id))
        correctChildren(batch, neverStarted: neverStarted)
        for item in batch {
            registry.remove(item.worker)
            if !neverStarted.contains(item.worker.id) { toRevive.insert(item.worker.id) }
        }
        // They may hold what was not written.
        flowsByName.removeAll()
        for waiter in waiters { waiter.resume(returning: error) }
        queueTickRefused(error)
        topicTickRefused()
        scheduleTickRefused()
        if case .unavailable = error { scheduleRevival() } else { breakDown(error) }
    }

    /// The disk's content is not known any more: nothing is acknowledged from here on.
    func breakDown(_ error: StoreError) {
        guard broken == nil else { return }
        broken = error
        // At a stop the process ends anyway.
        if !isDraining { onBroken(error) }
    }

    /// An answer, a timer or a report was lost with the batch; who sent it is told or asks again, except
    /// services that have answered and clocks. So these executions are looked at again when the disk may
    /// work.
    func scheduleRevival() {
        guard reviveTimer == nil, !toRevive.isEmpty, broken == nil, !isDraining else { return }
        let backoff = Backoff(first: .seconds(1), longest: .seconds(30))
        let pause = backoff.pause(after: max(storeFailures, 1), world: world)
        reviveTimer = loop.after(pause) { [self] in assumeIsolated { $0.reviveAll() } }
    }

    private func reviveAll() {
        reviveTimer = nil
        let executions = toRevive.sorted().prefix(settings.wakeBatch)
        for execution in executions {
            toRevive.remove(execution)
            revive(execution)
        }
        afterCommit(changes: 0)
        scheduleRevival()
    }

    /// Reads an execution again, arms its deadline and makes the calls that are due.
    func revive(_ execution: Int64) {
        do throws(StoreError) {
            let worker = try worker(execution)
            guard worker.entry.isOpen else { return }
            timers.set(execution, worker.machine.nextDeadline)
            for case .invokeTask(let invocation) in worker.machine.outstanding(mint: worker.mint) {
                deliver(worker, invocation)
            }
        } catch {
            cannotContinue(execution, error)
        }
    }

    /// The disk may work again later; a history that can't be read is told once and left alone.
    func cannotContinue(_ execution: Int64, _ error: StoreError) {
        switch error {
        case .unreadable(let place, let reason): log.unreadable(execution, "\(place): \(reason)")
        case .unavailable, .broken, .damagedIndex:
            toRevive.insert(execution)
            scheduleRevival()
        }
    }
}

import FlowCore
import FlowStore
package import Primitives

/// The parts of the process's life, in the order in which the host calls them.
extension FlowEngineService {
    /// Reads the index, the journal's tail and the deadlines; replays nothing.
    ///
    /// Throws: the store can't be read; the process should say so and end.
    package func recover() throws {
        try recoverJournal()
        var found = RecoveredWork()
        let tail = try recoverIndex(&found)
        if tail > 0 { noteIndexChanged() }
        openExecutions = index.board.executions.count
        timers = found.timers
        toRevive = found.undelivered
        children = [:]
        for (child, task) in found.awaited { noteChild(child, awaitedBy: task) }
        try recoverSchedules()
        try recoverTopics()
        metrics.show(open: openExecutions, resident: 0, pending: index.pendingCount)
    }

    /// Arms the timers and makes again the calls whose answer is not recorded, with the same tokens, a few
    /// executions in each turn of the loop.
    package func start() async {
        console.servingSince = world.now
        timers.arm(on: loop) { [self] in assumeIsolated { $0.timersFired() } }
        purgeDeletedQueues()
        purgeDeletedSubscriptions()
        armTopicTimers()
        armRetention(settings.retentionFirst)
        armSchedules()
        let executions = toRevive.sorted()
        toRevive = []
        for (index, execution) in executions.enumerated() {
            if isDraining { return }
            revive(execution)
            if index % settings.wakeBatch == settings.wakeBatch - 1 { await nextTurn() }
        }
    }

    /// From now on these bindings decide where tasks go; calls under way are not disturbed.
    package func rebind(_ resolver: ResourceResolver) {
        self.resolver = resolver
        resolvedBindings.removeAll()
    }

    /// Commits what is staged, ends waits, calls and timers, writes the index and closes the store.
    package func drain() async {
        isDraining = true
        await settle()
        for id in parked.keys.sorted() { unpark(id, Self.gone) }
        dispatcher.stop()
        topics.stop()
        timers.disarm()
        queues.timers.disarm()
        schedules.timers.disarm()
        reviveTimer?.cancel()
        indexTimer?.cancel()
        retentionTimer?.cancel()
        console.pause?.cancel()
        guard broken == nil else { return }
        do throws(StoreError) {
            try index.flush()
            witness()
            try store.close()
        } catch {
            // The index is made again from the journal at the next start.
            log.storeFault(error, path: error.path)
        }
    }

    /// Whether the process may exit until somebody connects: no execution waits for a time or an answer, no
    /// message of a topic is on its way, and no schedule will fire.
    package var isIdle: Bool {
        staged.isEmpty && openExecutions == 0 && parked.isEmpty && dispatcher.isEmpty && indexTimer == nil
            && toRevive.isEmpty && !queues.isPurging && !topics.isPurging && topics.isEmpty
            && schedules.timers.count == 0
    }

    package var status: JSONObject {
        var object: JSONObject = [
            "executions": [
                "open": .integer(Int64(openExecutions)), "resident": .integer(Int64(registry.count)),
            ],
            "index": ["pending": .integer(Int64(index.pendingCount))],
            "sequence": .integer(committedSequence), "timers": .integer(Int64(timers.count)),
            "tasks": [
                "inFlight": .integer(Int64(dispatcher.inFlight)), "open": .integer(Int64(dispatcher.count)),
            ],
            "pushes": .integer(topics.pending), "feeds": .integer(Int64(feeds.count)),
            "receives": .integer(Int64(queues.waitingCount)),
            "schedules": .integer(Int64(schedules.timers.count)), "targets": .array(targetStatus),
            "bindings": .integer(Int64(resolver.bindings.count)),
        ]
        if let broken { object["store"] = .string(broken.description) }
        if !damages.isEmpty {
            object["damage"] = .array(damages.prefix(8).map { .string($0.description) })
        }
        if broken == nil, storeFailures > 0 {
            object["store"] = "the database refuses commits; see the journal"
        }
        return object
    }

    private var targetStatus: [JSONValue] {
        let named = Dictionary(grouping: resolver.bindings, by: \.target).keys
        let all = Set(named).union(dispatcher.health.keys).sorted { $0.description < $1.description }
        return all.map { target in
            let health = dispatcher.health[target] ?? TargetHealth()
            var object: JSONObject = [
                "name": .string(target.description), "state": health.downSince == nil ? "up" : "down",
                "inFlight": .integer(Int64(health.inFlight)),
                "waiting": .integer(Int64(dispatcher.waitingCount(target))),
            ]
            if let since = health.downSince { object["since"] = .string(since.description) }
            if let error = health.lastError { object["lastError"] = .string(error) }
            return .object(object)
        }
    }
}

// MARK: - Timers

extension FlowEngineService {
    func timersFired() {
        timers.noteFired()
        guard !isDraining else { return }
        let due = timers.takeDue(at: world.now, limit: settings.wakeBatch)
        metrics.noteTimersFired(due.count)
        for execution in due { wake(execution) }
        timers.arm(on: loop) { [self] in assumeIsolated { $0.timersFired() } }
    }

    private func wake(_ execution: Int64) {
        do throws(StoreError) {
            let worker = try worker(execution)
            let before = worker.machine.nextDeadline
            let transition = try? step(worker, .timerFired)
            // With events the deadline is set again after the commit; without, the time had not quite come.
            if transition?.isEmpty ?? true, worker.entry.isOpen {
                let soon = world.now.advanced(by: .seconds(1))
                timers.set(execution, before.map { max($0, soon) })
            }
        } catch {
            cannotContinue(execution, error)
        }
    }
}

// MARK: - The index on disk

extension FlowEngineService {
    /// Written when enough executions have ended, or a moment after it became quiet; never by the clock
    /// alone.
    func noteIndexChanged() {
        indexChanges += 1
        if index.isDue(batch: settings.indexBatch) {
            if !indexIsDue { armIndexTimer(.zero) }
            indexIsDue = true
        } else if indexTimer == nil {
            armIndexTimer(settings.indexDelay)
        }
    }

    private func armIndexTimer(_ delay: Duration) {
        indexTimer?.cancel()
        let seen = indexChanges
        indexTimer = loop.after(delay) { [self] in assumeIsolated { $0.indexTimerFired(seen: seen) } }
    }

    private func indexTimerFired(seen: Int) {
        indexTimer = nil
        indexIsDue = false
        guard !isDraining, broken == nil else { return }
        let (isQuiet, isDue) = (seen == indexChanges, index.isDue(batch: settings.indexBatch))
        if isHeld || !isQuiet && !isDue { return armIndexTimer(settings.indexDelay) }
        // The index is written in a transaction of its own.
        if isCommitScheduled { commit() }
        do throws(StoreError) {
            try index.flush(atMost: settings.indexBatch, sparing: isDue)
            witness()
            metrics.noteIndexWrite()
            metrics.show(open: openExecutions, resident: registry.count, pending: index.pendingCount)
        } catch {
            log.storeFault(error, path: error.path)
            if case .broken = error { return breakDown(error) }
            return armIndexTimer(.seconds(30))
        }
        // What is left has its turn after everybody else.
        indexIsDue = index.isDue(batch: settings.indexBatch)
        if indexIsDue || isQuiet && index.pendingCount > 0 {
            armIndexTimer(.zero)
        } else if index.pendingCount > 0, indexTimer == nil {
            armIndexTimer(settings.indexDelay)
        }
    }
}

/// What open executions wait for, as a start finds them one by one.
struct RecoveredWork {
    var timers = TimerQueue()
    var undelivered: Set<Int64> = []
    var awaited: [Int64: AwaitingTask] = [:]

    mutating func note(_ found: RecoveredExecution) {
        let (id, isOpen) = (found.execution, found.isOpen)
        timers.set(id, isOpen ? found.deadline : nil)
        if isOpen, found.hasUndelivered { undelivered.insert(id) } else { undelivered.remove(id) }
        if isOpen, found.awaiting != nil || !awaited.isEmpty { awaited[id] = found.awaiting }
        if !isOpen, !awaited.isEmpty { awaited[id] = nil }
    }
}

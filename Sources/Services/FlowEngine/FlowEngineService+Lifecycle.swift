import FlowCore
import FlowStore
package import Primitives

/// The parts of the process's life, in the order in which the host calls them.
extension FlowEngineService {
    /// Reads the index, the journal's tail and the deadlines; replays nothing.
    ///
    /// Throws: the store can't be read; the process should say so and end.
    package func recover() throws {
        nextSequence = try store.lastSequence() + 1
        committedSequence = nextSequence - 1
        var timers = TimerQueue()
        var undelivered: Set<Int64> = []
        var awaited: [Int64: AwaitingTask] = [:]
        let tail = try index.takeInTail(of: store) { found in
            let (id, isOpen) = (found.execution, found.isOpen)
            timers.set(id, isOpen ? found.deadline : nil)
            if isOpen, found.hasUndelivered { undelivered.insert(id) } else { undelivered.remove(id) }
            if isOpen, found.awaiting != nil || !awaited.isEmpty { awaited[id] = found.awaiting }
            if !isOpen, !awaited.isEmpty { awaited[id] = nil }
        }
        if tail > 0 { noteIndexChanged() }
        openExecutions = index.board.executions.count
        self.timers = timers
        toRevive = undelivered
        children = [:]
        for (child, task) in awaited { noteChild(child, awaitedBy: task) }
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
        console.pause?.cancel()
        guard broken == nil else { return }
        do throws(StoreError) {
            try index.flush()
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
    /// Written when enough has changed, or a moment after it became quiet; never by the clock alone.
    func noteIndexChanged() {
        indexChanges += 1
        if index.pendingCount >= settings.indexBatch {
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
        if seen != indexChanges, index.pendingCount < settings.indexBatch {
            return armIndexTimer(settings.indexDelay)
        }
        // The index is written in a transaction of its own.
        if isCommitScheduled { commit() }
        do throws(StoreError) {
            try index.flush()
            metrics.noteIndexWrite()
            metrics.show(open: openExecutions, resident: registry.count, pending: index.pendingCount)
        } catch {
            log.storeFault(error, path: error.path)
            if case .broken = error { return breakDown(error) }
            armIndexTimer(.seconds(30))
        }
    }
}

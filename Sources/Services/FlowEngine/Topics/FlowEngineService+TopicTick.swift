import FlowStore
import Primitives
import RPCProtocol

/// What a tick does to topics, and what follows from its commit.
extension FlowEngineService {
    /// Changes the store as part of this tick. Throws: the tick can't be committed, and ends with that.
    func changingTopics<Value>(_ body: () throws(StoreError) -> Value) throws(StoreError) -> Value {
        stageTopicChange()
        return try body()
    }

    func stageTopicChange() {
        stageChange()
        guard !topics.isTickNoted else { return }
        topics.isTickNoted = true
        onCommit.append { engine in engine.topicTickCommitted() }
    }

    private func topicTickCommitted() {
        let (tally, touched, _) = topics.endTick()
        topics.pending += tally.added - tally.removed
        topicMetrics.note(tally)
        for subscription in touched.sorted() { pumpPushes(subscription) }
        showPushes()
    }

    /// Nothing of it happened: what was sent is sent again, and tasks that wait for it are delivered anew.
    func topicTickRefused() {
        let (_, touched, publishing) = topics.endTick()
        toRevive.formUnion(publishing)
        let soon = world.now.advanced(by: Self.queueRetryPause)
        for subscription in touched.union(topics.lines.keys) { topics.timers.set(subscription, soon) }
        armTopicTimers()
    }

    func showPushes() { topicMetrics.show(pending: topics.pending, calls: topics.callsCount) }

    /// Reads which subscriptions have pushes; `armTopicTimers` begins with them.
    func recoverTopics() throws(StoreError) {
        topics.pending = 0
        for backlog in try store.pushBacklogs() {
            topics.pending += backlog.count
            _ = topics.line(backlog.subscription)
            topics.timers.set(backlog.subscription, backlog.next)
        }
        showPushes()
    }

    func armTopicTimers() {
        guard !isDraining else { return }
        topics.timers.arm(on: loop) { [self] in assumeIsolated { $0.topicTimersFired() } }
    }

    private func topicTimersFired() {
        topics.timers.noteFired()
        guard !isDraining else { return }
        for subscription in topics.timers.takeDue(at: world.now, limit: settings.wakeBatch) {
            pumpPushes(subscription)
        }
        armTopicTimers()
    }
}

import FlowStore
import Primitives
import RPCProtocol

/// What a tick does to queues, and what follows from its commit.
extension FlowEngineService {
    /// Changes the store as part of this tick. Throws: the tick can't be committed, and ends with that.
    func changing<Value>(_ body: () throws(StoreError) -> Value) throws(StoreError) -> Value {
        stageQueueChange()
        return try body()
    }

    func stageQueueChange() {
        stageChange()
        guard !queues.isTickNoted else { return }
        queues.isTickNoted = true
        onCommit.append { engine in engine.queueTickCommitted() }
    }

    private func queueTickCommitted() {
        let (tally, served) = queues.endTick()
        queueMetrics.note(tally)
        for receiver in served { unpark(receiver.id) }
        showWaiting()
    }

    /// Nothing of it happened: who was served has nothing, who waits tries again in a moment.
    func queueTickRefused(_ error: StoreError) {
        let (_, served) = queues.endTick()
        for receiver in served { unpark(receiver.id, RPCError(error)) }
        let soon = world.now.advanced(by: Self.queueRetryPause)
        for queue in queues.lines.keys { queues.timers.set(queue, soon) }
        armQueueTimers()
    }

    static let queueRetryPause: Duration = .seconds(1)

    func showWaiting() { queueMetrics.show(waiting: queues.waitingCount) }

    func armQueueTimers() {
        guard !isDraining else { return }
        queues.timers.arm(on: loop) { [self] in assumeIsolated { $0.queueTimersFired() } }
    }

    private func queueTimersFired() {
        queues.timers.noteFired()
        guard !isDraining else { return }
        for queue in queues.timers.takeDue(at: world.now, limit: settings.wakeBatch) { serve(queue) }
        armQueueTimers()
    }
}

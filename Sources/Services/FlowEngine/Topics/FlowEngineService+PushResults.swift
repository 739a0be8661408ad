import FlowStore
import Primitives
import RPCProtocol

/// What becomes of a push: it is there, it is tried again, or it is given up.
extension FlowEngineService {
    func pushReturned(_ key: Int64, of subscription: Int64, _ outcome: PushOutcome) {
        let line = topics.lines[subscription]
        topics.noteReturned(key, on: line)
        defer { showPushes() }
        guard !isDraining, broken == nil, let line else { return }
        do throws(StoreError) {
            try note(outcome, of: key, subscription, on: line)
        } catch {
            log.storeFault(error, path: error.path)
            topics.timers.set(subscription, world.now.advanced(by: Self.queueRetryPause))
            armTopicTimers()
        }
        pumpPushes(subscription)
        pumpStarved()
    }

    private func note(
        _ outcome: PushOutcome, of key: Int64, _ subscription: Int64, on line: PushLine
    ) throws(StoreError) {
        // It may have been unsubscribed meanwhile.
        guard let push = try store.push(key), let subscription = try store.subscription(subscription),
            let message = try store.published(push.message)
        else { return }
        switch outcome {
        case .taken:
            line.outages = 0
            try noteDelivered(push, of: subscription)
        case .refused(let reason):
            line.outages = 0
            try noteFailure(push, of: subscription, message, reason)
        case .notAsked(let reason):
            line.outages += 1
            let backoff = Backoff(first: settings.redeliveryFirst, longest: settings.redeliveryMax)
            line.pausedUntil = world.now.advanced(by: backoff.pause(after: line.outages, world: world))
            if line.outages == 1 { log.pushUndeliverable(subscription, reason) }
        case .canceled: return
        }
    }

    func noteDelivered(_ push: StoredPush, of subscription: StoredSubscription) throws(StoreError) {
        topics.tally.delivered += 1
        try remove(push, of: subscription)
    }

    /// Counts a try that failed: the next one follows by the subscription's strategy.
    func noteFailure(
        _ push: StoredPush, of subscription: StoredSubscription, _ message: PublishedMessage, _ reason: String
    ) throws(StoreError) {
        topics.tally.failed += 1
        var push = push
        push.failures += 1
        let pause = subscription.strategy.pause(after: push.failures, world: world)
        guard let pause, world.now.advanced(by: pause) < message.expires else {
            return try giveUp(push, of: subscription, reason)
        }
        push.next = world.now.advanced(by: pause)
        let changed = push
        try changingTopics { () throws(StoreError) in try store.replacePush(changed) }
        try tell(subscription.key, reason)
        topics.touched.insert(subscription.key)
    }

    /// Removes a push that nobody will take.
    func giveUp(
        _ push: StoredPush, of subscription: StoredSubscription, _ reason: String
    ) throws(StoreError) {
        topics.tally.dropped += 1
        logDrop(of: subscription, reason)
        try tell(subscription.key, reason, dropped: 1)
        try remove(push, of: subscription)
    }

    /// Shown with the subscription from now on.
    private func tell(_ key: Int64, _ reason: String, dropped: Int64 = 0) throws(StoreError) {
        // Read again: the one before in this tick may have changed it.
        guard var subscription = try store.subscription(key) else { return }
        subscription.lastFailure = String(reason.prefix(Self.failureCharactersMax))
        subscription.lastFailureTime = world.now
        subscription.dropped += dropped
        let changed = subscription
        try changingTopics { () throws(StoreError) in try store.replaceSubscription(changed) }
    }

    /// As much as anybody reads of it.
    private static let failureCharactersMax = 500

    private func remove(_ push: StoredPush, of subscription: StoredSubscription) throws(StoreError) {
        topics.touched.insert(subscription.key)
        try changingTopics { () throws(StoreError) in
            try store.removePush(push.key)
            topics.tally.removed += 1
            // What goes to a binding has no subscription that somebody made.
            guard subscription.topic == 0, try store.subscription(subscription.key)?.pending == 0 else {
                return
            }
            try store.deleteSubscription(subscription.key)
            _ = try store.purgeSubscription(subscription.key, limit: 1)
        }
    }

    /// Tells the journal once a minute, with the number since.
    private func logDrop(of subscription: StoredSubscription, _ reason: String) {
        let line = topics.line(subscription.key)
        line.dropsUntold += 1
        if let told = line.dropsTold, told.duration(to: world.now) < TargetHealth.logInterval { return }
        log.pushDropped(subscription, count: line.dropsUntold, reason)
        line.dropsUntold = 0
        line.dropsTold = world.now
    }
}

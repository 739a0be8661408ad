import FlowStore
import Primitives

/// What deleted subscriptions leave behind.
extension FlowEngineService {
    /// When the tick is on disk nothing more is sent to them.
    func dismissOnCommit(_ subscriptions: [Int64]) {
        guard !subscriptions.isEmpty else { return }
        onCommit.append { engine in
            for key in subscriptions { engine.topics.dismiss(key) }
            engine.pumpStarved()
            engine.purgeDeletedSubscriptions()
        }
    }

    /// Removes their pushes, a batch in each turn of the loop, so that many of them stop nobody.
    func purgeDeletedSubscriptions() {
        guard !topics.isPurging, !isDraining, broken == nil else { return }
        topics.isPurging = true
        loop.spawn { [self] in await purgeAllSubscriptions() }
    }

    private func purgeAllSubscriptions() async {
        defer { topics.isPurging = false }
        do throws(StoreError) {
            while let subscription = try store.unpurgedSubscriptions().first {
                var removed = settings.queueBatch
                while removed == settings.queueBatch, !isDraining, broken == nil {
                    removed = try changingTopics { () throws(StoreError) in
                        try store.purgeSubscription(subscription, limit: settings.queueBatch)
                    }
                    topics.tally.removed += Int64(removed)
                    await settle()
                    await nextTurn()
                }
                if isDraining || broken != nil { return }
            }
        } catch {
            // What is left is removed after the next deletion or restart; it is in nobody's way.
            log.storeFault(error, path: error.path)
        }
    }
}

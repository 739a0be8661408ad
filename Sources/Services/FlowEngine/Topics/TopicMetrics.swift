import RPCProtocol
import Synchronization

/// What a tick did to topics, counted when the tick is on disk.
struct TopicTally {
    var published: Int64 = 0
    var added: Int64 = 0
    var removed: Int64 = 0
    var delivered: Int64 = 0
    var failed: Int64 = 0
    var dropped: Int64 = 0
}

/// The counters of the topics, and gauges that can be read from any thread.
final class TopicMetrics: Sendable {
    private let set: MetricSet
    private let pending = Atomic<Int64>(0)
    private let calls = Atomic<Int64>(0)

    init(_ set: MetricSet) {
        self.set = set
        set.declare("fnf_engine_topic_messages_published_total", "Messages published to topics")
        set.declare("fnf_engine_topic_deliveries_total", "Messages that a subscription has taken")
        set.declare("fnf_engine_topic_failures_total", "Tries of a subscription that failed")
        set.declare("fnf_engine_topic_drops_total", "Messages given up for a subscription")
    }

    /// Separate from `init`, because the closures hold the metrics themselves.
    func registerGauges() {
        set.gauge("fnf_engine_topic_pushes_pending", "Messages that a subscription does not have yet") {
            [self] in pending.load(ordering: .relaxed)
        }
        set.gauge("fnf_engine_topic_pushes_in_flight", "Calls of subscriptions under way") { [self] in
            calls.load(ordering: .relaxed)
        }
    }

    func note(_ tally: TopicTally) {
        let counts = [
            ("fnf_engine_topic_messages_published_total", tally.published),
            ("fnf_engine_topic_deliveries_total", tally.delivered),
            ("fnf_engine_topic_failures_total", tally.failed),
            ("fnf_engine_topic_drops_total", tally.dropped),
        ]
        for (name, count) in counts where count > 0 { set.add(name, count) }
    }

    func show(pending pendingCount: Int64, calls callsCount: Int) {
        pending.store(pendingCount, ordering: .relaxed)
        calls.store(Int64(callsCount), ordering: .relaxed)
    }
}

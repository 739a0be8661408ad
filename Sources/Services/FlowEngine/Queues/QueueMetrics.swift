import RPCProtocol
import Synchronization

/// What a tick did to messages, counted when the tick is on disk.
struct QueueTally {
    var sent: Int64 = 0
    var received: Int64 = 0
    var deleted: Int64 = 0
    var deadLettered: Int64 = 0
    var expired: Int64 = 0
}

/// The counters of the queues, and a gauge that can be read from any thread.
final class QueueMetrics: Sendable {
    private let set: MetricSet
    private let waiting = Atomic<Int64>(0)

    init(_ set: MetricSet) {
        self.set = set
        set.declare("fnf_engine_messages_sent_total", "Messages put into queues")
        set.declare("fnf_engine_messages_received_total", "Messages given to receivers, each time")
        set.declare("fnf_engine_messages_deleted_total", "Messages deleted by their receivers")
        set.declare("fnf_engine_messages_dead_lettered_total", "Messages moved to a dead-letter queue")
        set.declare("fnf_engine_messages_expired_total", "Messages removed at the end of their retention")
    }

    /// Separate from `init`, because the closure holds the metrics themselves.
    func registerGauge() {
        set.gauge("fnf_engine_receives_waiting", "Receives that wait for a message") { [self] in
            waiting.load(ordering: .relaxed)
        }
    }

    func note(_ tally: QueueTally) {
        let counts = [
            ("fnf_engine_messages_sent_total", tally.sent),
            ("fnf_engine_messages_received_total", tally.received),
            ("fnf_engine_messages_deleted_total", tally.deleted),
            ("fnf_engine_messages_dead_lettered_total", tally.deadLettered),
            ("fnf_engine_messages_expired_total", tally.expired),
        ]
        for (name, count) in counts where count > 0 { set.add(name, count) }
    }

    func show(waiting count: Int) { waiting.store(Int64(count), ordering: .relaxed) }
}

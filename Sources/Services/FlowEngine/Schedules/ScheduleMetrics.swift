import RPCProtocol
import Synchronization

/// The counters of schedules, and a gauge that can be read from any thread.
final class ScheduleMetrics: Sendable {
    private let set: MetricSet
    private let enabled = Atomic<Int64>(0)

    init(_ set: MetricSet) {
        self.set = set
        set.declare("fnf_schedule_fires_total", "Executions started by schedules")
        set.declare("fnf_schedule_missed_total", "Due times that had no execution of their own")
    }

    /// Separate from `init`, because the closure holds the metrics themselves.
    func registerGauge() {
        set.gauge("fnf_schedules", "Schedules that are enabled") { [self] in
            enabled.load(ordering: .relaxed)
        }
    }

    func show(enabled count: Int) { enabled.store(Int64(count), ordering: .relaxed) }

    func noteFired(missed: Int64) {
        set.add("fnf_schedule_fires_total")
        if missed > 0 { set.add("fnf_schedule_missed_total", missed) }
    }
}

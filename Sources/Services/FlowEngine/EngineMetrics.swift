import FlowModel
import FlowStore
import RPCProtocol
import Synchronization

/// The engine's counters, and gauges that can be read from any thread.
final class EngineMetrics: Sendable {
    private let set: MetricSet
    private let openExecutions = Atomic<Int64>(0)
    private let residentExecutions = Atomic<Int64>(0)
    private let pendingEntries = Atomic<Int64>(0)

    init(_ set: MetricSet) {
        self.set = set
        set.declare("fnf_engine_commits_total", "Commits of the journal, each synced to disk")
        set.declare("fnf_engine_transitions_total", "Transitions committed")
        set.declare("fnf_engine_index_writes_total", "Commits of the execution index")
        set.declare("fnf_engine_executions_started_total", "Executions started")
        set.declare("fnf_engine_executions_ended_total", "Executions ended, by status")
        set.declare("fnf_engine_tasks_dispatched_total", "Calls made for tasks")
        set.declare("fnf_engine_tasks_redelivered_total", "Calls made again for the same attempt")
        set.declare("fnf_engine_timers_fired_total", "Deadlines of executions that came")
        set.declare("fnf_engine_store_faults_total", "Commits that the store refused")
        set.declare("fnf_engine_removed_executions_total", "Executions removed by the rules of retention")
        set.declare("fnf_engine_removed_rows_total", "Rows of the journal removed with them")
        set.declare("fnf_engine_removed_bytes_total", "Bytes written in these rows")
    }

    /// Separate from `init`, because the closures hold the metrics themselves.
    func registerGauges() {
        set.gauge("fnf_engine_executions_open", "Executions that have not ended") { [self] in
            openExecutions.load(ordering: .relaxed)
        }
        set.gauge("fnf_engine_executions_resident", "Executions in memory") { [self] in
            residentExecutions.load(ordering: .relaxed)
        }
        set.gauge("fnf_engine_index_pending", "Executions whose index entry is not on disk yet") { [self] in
            pendingEntries.load(ordering: .relaxed)
        }
    }

    func noteCommit(transitions: Int) {
        set.add("fnf_engine_commits_total")
        set.add("fnf_engine_transitions_total", Int64(transitions))
    }

    func noteIndexWrite() { set.add("fnf_engine_index_writes_total") }
    func noteStoreFault() { set.add("fnf_engine_store_faults_total") }
    func noteRemoval(_ removal: Removal) {
        set.add("fnf_engine_removed_executions_total", removal.executions)
        set.add("fnf_engine_removed_rows_total", removal.rows)
        set.add("fnf_engine_removed_bytes_total", removal.bytes)
    }

    func noteStarted() { set.add("fnf_engine_executions_started_total") }
    func noteTimersFired(_ count: Int) { set.add("fnf_engine_timers_fired_total", Int64(count)) }

    func noteEnded(_ status: ExecutionStatus) {
        switch status {
        case .succeeded: set.add(#"fnf_engine_executions_ended_total{status="Succeeded"}"#)
        case .failed: set.add(#"fnf_engine_executions_ended_total{status="Failed"}"#)
        case .stopped: set.add(#"fnf_engine_executions_ended_total{status="Stopped"}"#)
        case .timedOut: set.add(#"fnf_engine_executions_ended_total{status="TimedOut"}"#)
        case .starting, .running: return
        }
    }

    func noteDispatched(again: Bool) {
        set.add("fnf_engine_tasks_dispatched_total")
        if again { set.add("fnf_engine_tasks_redelivered_total") }
    }

    func show(open: Int, resident: Int, pending: Int) {
        openExecutions.store(Int64(open), ordering: .relaxed)
        residentExecutions.store(Int64(resident), ordering: .relaxed)
        pendingEntries.store(Int64(pending), ordering: .relaxed)
    }
}

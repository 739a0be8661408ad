import FlowCore
import FlowSchedule
import FlowStore
import Primitives
import RPCProtocol

/// What happens when a schedule is due.
extension FlowEngineService {
    func schedulesDue() {
        schedules.timers.noteFired()
        guard !isDraining, broken == nil else { return }
        for key in schedules.timers.takeDue(at: world.now, limit: settings.wakeBatch) { fire(key) }
        armSchedules()
    }

    private func fire(_ key: Int64) {
        var trouble: StoredSchedule?
        do throws(RPCError) {
            let found = try answering { () throws(StoreError) in try store.schedule(key) }
            // Deleted or disabled in this very tick.
            guard let schedule = found, let due = schedule.next else { return }
            if due > world.now { return schedules.timers.set(key, due) }
            trouble = schedule
            try run(schedule, due: due)
        } catch {
            schedules.unsure.remove(key)
            postpone(schedule: key)
            if schedules.troubled.insert(key).inserted { log.scheduleTrouble(trouble, key, error.message) }
        }
    }

    /// Starts the execution for `due` and moves the schedule beyond now, in one commit. Times that passed
    /// meanwhile get no execution of their own: the one makes up for them all.
    private func run(_ schedule: StoredSchedule, due: Timestamp) throws(RPCError) {
        let found = try answering { () throws(StoreError) in try currentFlow(schedule.flowName) }
        guard let flow = found, flow.key == schedule.flow else { return }
        // First of all: without its time zone a schedule can't go on, and waits.
        let expression = try expression(schedule.expression)
        let now = world.now
        let run = ScheduledRun(schedule, due: due)
        let missed = expression.count(
            after: due, through: now, anchor: schedule.anchor, limit: settings.missedCountMax)
        var after = schedule
        after.next = expression.next(after: now, anchor: schedule.anchor)
        after.last = due
        after.lastExecution = run.name
        after.missed += Int64(missed)
        schedules.unsure.insert(schedule.key)
        let hasStarted = try start(run, of: flow, by: schedule)
        let moved = after
        try change { () throws(StoreError) in try store.replaceSchedule(moved) }
        armOnCommit(moved)
        guard hasStarted else { return }
        onCommit.append { $0.scheduleMetrics.noteFired(missed: Int64(missed)) }
    }

    /// False when the flow has an execution of that name: then this run was started before, by whomever.
    private func start(
        _ run: ScheduledRun, of flow: StoredFlow, by schedule: StoredSchedule
    ) throws(RPCError) -> Bool {
        var request = StartRequest(flow: flow)
        request.name = run.name
        request.inputText = JSONValue.object(run.input).text
        request.origin.schedule = schedule.name
        if case .started = try stageStart(request) { return true }
        return false
    }
}

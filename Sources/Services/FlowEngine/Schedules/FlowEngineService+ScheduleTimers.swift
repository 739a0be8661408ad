import FlowStore
import Primitives

/// When schedules are due: one timer of the loop for the earliest. What is armed is on disk.
extension FlowEngineService {
    /// Reads the next time of every enabled schedule; those that passed meanwhile are due at once.
    func recoverSchedules() throws(StoreError) {
        schedules.timers = TimerQueue()
        for due in try store.dueSchedules() { schedules.timers.set(due.key, due.time) }
        scheduleMetrics.show(enabled: schedules.timers.count)
    }

    func armSchedules() {
        schedules.timers.arm(on: loop) { [self] in assumeIsolated { $0.schedulesDue() } }
    }

    func armOnCommit(_ schedule: StoredSchedule) {
        let (key, next) = (schedule.key, schedule.next)
        onCommit.append { $0.setScheduleTimer(key, next) }
    }

    func disarmOnCommit(_ keys: [Int64]) {
        onCommit.append { service in
            for key in keys { service.setScheduleTimer(key, nil) }
        }
    }

    private func setScheduleTimer(_ key: Int64, _ time: Timestamp?) {
        schedules.timers.set(key, time)
        schedules.unsure.remove(key)
        schedules.troubled.remove(key)
        scheduleMetrics.show(enabled: schedules.timers.count)
        armSchedules()
    }

    /// Comes back to a schedule that could not be carried out now; its due time stays what it was.
    func postpone(schedule key: Int64) {
        schedules.timers.set(key, world.now.advanced(by: settings.scheduleRetry))
    }

    /// The disk refused the tick: nothing was started, and what fired fires again.
    func scheduleTickRefused() {
        for key in schedules.unsure.sorted() { postpone(schedule: key) }
        schedules.unsure.removeAll()
        if !isDraining { armSchedules() }
    }
}

import Primitives
import Synchronization

/// The schedules of a memory store.
struct MemorySchedules {
    var byKey: [Int64: StoredSchedule] = [:]
    var lastKey: Int64 = 0

    func find(flow: Int64) -> [StoredSchedule] {
        byKey.values.filter { $0.flow == flow }.sorted { $0.name.utf8Precedes($1.name) }
    }
}

extension MemoryStore {
    package func schedule(_ key: Int64) -> StoredSchedule? {
        state.withLock { $0.changing.schedules.byKey[key] }
    }

    package func schedule(flow: Int64, name: String) -> StoredSchedule? {
        state.withLock { state in
            state.changing.schedules.find(flow: flow).first { $0.name.utf8Equals(name) }
        }
    }

    package func schedules(flow: Int64, fromName: String, limit: Int) -> [StoredSchedule] {
        let found = state.withLock { $0.changing.schedules.find(flow: flow) }
        return Array(found.lazy.filter { !$0.name.utf8Precedes(fromName) }.prefix(limit))
    }

    package func scheduleCount(flow: Int64) -> Int {
        state.withLock { $0.changing.schedules.find(flow: flow).count }
    }

    package func dueSchedules() -> [ScheduleDue] {
        let due = state.withLock { state in
            state.changing.schedules.byKey.values.compactMap { schedule in
                schedule.next.map { ScheduleDue(key: schedule.key, time: $0) }
            }
        }
        return due.sorted { ($0.time, $0.key) < ($1.time, $1.key) }
    }

    package func addSchedule(_ schedule: StoredSchedule) -> Int64 {
        change { state in
            state.schedules.lastKey += 1
            var schedule = schedule
            schedule.key = state.schedules.lastKey
            state.schedules.byKey[schedule.key] = schedule
            return schedule.key
        }
    }

    package func replaceSchedule(_ schedule: StoredSchedule) {
        change { state in
            if state.schedules.byKey[schedule.key] != nil { state.schedules.byKey[schedule.key] = schedule }
        }
    }

    package func removeSchedule(_ key: Int64) { change { $0.schedules.byKey[key] = nil } }

    package func removeSchedules(flow: Int64) -> [Int64] {
        change { state in
            let keys = state.schedules.find(flow: flow).map(\.key).sorted()
            for key in keys { state.schedules.byKey[key] = nil }
            return keys
        }
    }
}

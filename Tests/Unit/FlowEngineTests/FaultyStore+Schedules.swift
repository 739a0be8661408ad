import FlowStore

extension FaultyStore {
    func schedule(_ key: Int64) throws(StoreError) -> StoredSchedule? { try store.schedule(key) }
    func schedule(flow: Int64, name: String) throws(StoreError) -> StoredSchedule? {
        try store.schedule(flow: flow, name: name)
    }
    func schedules(flow: Int64, fromName: String, limit: Int) throws(StoreError) -> [StoredSchedule] {
        try store.schedules(flow: flow, fromName: fromName, limit: limit)
    }
    func scheduleCount(flow: Int64) throws(StoreError) -> Int { try store.scheduleCount(flow: flow) }
    func dueSchedules() throws(StoreError) -> [ScheduleDue] { try store.dueSchedules() }

    func addSchedule(_ schedule: StoredSchedule) throws(StoreError) -> Int64 {
        try check()
        return try store.addSchedule(schedule)
    }

    func replaceSchedule(_ schedule: StoredSchedule) throws(StoreError) {
        try check()
        try store.replaceSchedule(schedule)
    }

    func removeSchedule(_ key: Int64) throws(StoreError) {
        try check()
        try store.removeSchedule(key)
    }

    func removeSchedules(flow: Int64) throws(StoreError) -> [Int64] {
        try check()
        return try store.removeSchedules(flow: flow)
    }
}

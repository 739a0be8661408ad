/// The schedules of all flows.
///
/// Durability: a change is seen at once by whoever reads the store, and on disk with the next
/// `Journal.append`.
package protocol ScheduleTable: Sendable {
    func schedule(_ key: Int64) throws(StoreError) -> StoredSchedule?
    func schedule(flow: Int64, name: String) throws(StoreError) -> StoredSchedule?

    /// Those of a flow in the order of their names.
    func schedules(flow: Int64, fromName: String, limit: Int) throws(StoreError) -> [StoredSchedule]

    func scheduleCount(flow: Int64) throws(StoreError) -> Int

    /// Every schedule that has a next time, of all flows, the earliest first.
    func dueSchedules() throws(StoreError) -> [ScheduleDue]

    /// Adds a schedule; returns its key.
    func addSchedule(_ schedule: StoredSchedule) throws(StoreError) -> Int64

    /// Replaces the schedule with this key.
    func replaceSchedule(_ schedule: StoredSchedule) throws(StoreError)

    func removeSchedule(_ key: Int64) throws(StoreError)

    /// Removes the schedules of a flow; returns their keys.
    func removeSchedules(flow: Int64) throws(StoreError) -> [Int64]
}

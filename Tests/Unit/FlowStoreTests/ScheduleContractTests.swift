import FlowStore
import FlowStoreSQLite
import LoopSupport
import Primitives
import Testing

@Suite struct ScheduleContractTests {
    private func time(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: seconds * 1_000_000) }

    private func schedule(_ name: String, flow: Int64 = 1, next: Int64? = nil) -> StoredSchedule {
        var schedule = StoredSchedule()
        schedule.flow = flow
        schedule.flowName = "Flow\(flow)"
        schedule.name = name
        schedule.expression = "@every 60m"
        schedule.isEnabled = next != nil
        schedule.next = next.map(time)
        return schedule
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `a schedule is found by key and by name with all its fields`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        var daily = schedule("daily")
        daily.id = "id-1"
        daily.expression = "CRON_TZ=Asia/Shanghai 0 0 4 * * *"
        daily.payload = #"{"who":"世界"}"#
        daily.description = "each morning"
        daily.created = time(1)
        daily.modified = time(2)
        daily.anchor = time(3)
        daily.next = time(4)
        daily.last = time(5)
        daily.lastExecution = "daily-19700101T000005Z"
        daily.missed = 7
        daily.isEnabled = true
        daily.key = try store.addSchedule(daily)
        try store.append([])
        #expect(try store.schedule(daily.key) == daily)
        #expect(try store.schedule(flow: 1, name: "daily") == daily)
        #expect(try store.schedule(flow: 2, name: "daily") == nil)
        #expect(try store.schedule(flow: 1, name: "Daily") == nil)
        daily.next = nil
        daily.last = nil
        daily.isEnabled = false
        daily.expression = "@every 5m"
        try store.replaceSchedule(daily)
        #expect(try store.schedule(daily.key) == daily)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `the schedules of a flow are listed by name from a name on`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        for name in ["C", "A", "b", "B"] { _ = try store.addSchedule(schedule(name)) }
        _ = try store.addSchedule(schedule("A", flow: 2))
        #expect(
            try store.schedules(flow: 1, fromName: "", limit: 10).map(\.name) == ["A", "B", "C", "b"])
        #expect(try store.schedules(flow: 1, fromName: "B", limit: 2).map(\.name) == ["B", "C"])
        #expect(try store.scheduleCount(flow: 1) == 4)
        #expect(try store.scheduleCount(flow: 3) == 0)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `those with a next time are known in the order of the times`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        let late = try store.addSchedule(schedule("late", next: 90))
        _ = try store.addSchedule(schedule("off"))
        let early = try store.addSchedule(schedule("early", flow: 2, next: 30))
        #expect(
            try store.dueSchedules()
                == [ScheduleDue(key: early, time: time(30)), ScheduleDue(key: late, time: time(90))])
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `removed schedules are gone, their keys are not used again`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        let one = try store.addSchedule(schedule("one", next: 1))
        let two = try store.addSchedule(schedule("two", next: 2))
        let other = try store.addSchedule(schedule("one", flow: 2, next: 3))
        #expect(try store.removeSchedules(flow: 1) == [one, two])
        #expect(try store.schedule(one) == nil)
        #expect(try store.dueSchedules().map(\.key) == [other])
        try store.removeSchedule(other)
        #expect(try store.dueSchedules().isEmpty)
        let again = try store.addSchedule(schedule("one"))
        #expect(![one, two, other].contains(again))
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `a change of a schedule belongs to its tick`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        var kept = schedule("kept", next: 1)
        kept.key = try store.addSchedule(kept)
        try store.append([])
        var changed = kept
        changed.next = time(2)
        try store.replaceSchedule(changed)
        _ = try store.addSchedule(schedule("dropped", next: 9))
        #expect(try store.dueSchedules().count == 2)
        store.revert()
        #expect(try store.schedule(kept.key) == kept)
        #expect(try store.schedule(flow: 1, name: "dropped") == nil)
        withExtendedLifetime(folder) {}
    }

    @Test func `rows and the schedule that started them survive a kill together or not at all`() throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.databasePath)
        var daily = schedule("daily", next: 10)
        daily.key = try store.addSchedule(daily)
        try store.append([])
        var fired = daily
        fired.next = time(20)
        try store.replaceSchedule(fired)
        let before = try folder.crashImage()
        #expect(try SQLiteStore(path: before.databasePath).schedule(daily.key) == daily)
        var writer = Writer()
        _ = writer.start("daily-1")
        try store.append(writer.rows)
        let image = try folder.crashImage()
        let after = try SQLiteStore(path: image.databasePath)
        #expect(try after.schedule(daily.key) == fired)
        #expect(try after.lastSequence() == 1)
    }
}

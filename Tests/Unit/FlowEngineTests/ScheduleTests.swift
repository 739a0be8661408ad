import FlowEngineAPI
import FlowStore
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

/// Making, changing and showing schedules.
@Suite(.timeLimit(.minutes(1))) struct ScheduleTests {
    @Test func `a schedule is answered with its fields and its next time`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        let made = try await test.schedule("@every 60m", payload: #"{"who":"world"}"#)
        #expect(made.scheduleName == "s" && made.flowName == "Demo" && made.enable)
        #expect(made.scheduleId.count == 36 && made.payload == #"{"who":"world"}"#)
        let now = test.loop.now
        #expect(made.createdTime == now.description && made.lastModifiedTime == now.description)
        let next = try #require(Timestamp(rfc3339: made.nextTime))
        #expect(now.duration(to: next) > .seconds(3598) && now.duration(to: next) <= .seconds(3600))
        #expect(made.lastTime.isEmpty && made.lastExecutionName.isEmpty && made.missedCount == 0)
        #expect(try await test.schedule(named: "s") == made)
    }

    @Test func `a repeat with the same content answers the schedule again, another is refused`() async throws
    {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        let made = try await test.schedule("@every 60m", payload: "1")
        await test.loop.advance(by: .seconds(10))
        #expect(try await test.schedule(" @every  60m ", payload: "1") == made)
        let error = await refusal { try await test.schedule("@every 61m", payload: "1") }
        #expect(error?.name == .scheduleAlreadyExists)
        #expect(error?.message.contains("UpdateSchedule") == true)
        #expect(await refusal { try await test.schedule("@every 60m", payload: "2") } != nil)
    }

    @Test func `what is wrong is refused by name`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        #expect(
            await refusal { try await test.schedule("@every 5m", flow: "Other") }?.name == .flowNotExists)
        #expect(await refusal { try await test.schedule("@every 5m", as: "5") }?.name == .invalidArgument)
        #expect(await refusal { try await test.schedule(named: "none") }?.name == .scheduleNotExists)
        #expect(
            await refusal { try await test.change("none") { $0.enable = true } }?.name == .scheduleNotExists)
        let hours = try #require(await refusal { try await test.schedule("@every 2h") })
        #expect(hours.name == .invalidArgument && hours.message.contains("@every 120m"))
        #expect(hours.details["field"] == "interval" && hours.details["parameter"] == "CronExpression")
        let zone = try #require(await refusal { try await test.schedule("CRON_TZ=Area/City 0 0 4 * * *") })
        #expect(zone.message.contains("there is no such time zone"))
        let large = String(repeating: "x", count: 70_000)
        #expect(
            await refusal { try await test.schedule("@every 5m", payload: large) }?.name == .entityTooLarge)
        for depth in [127, 128, 129] {
            let deep = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            let error = await refusal { try await test.schedule("@every 5m", as: "d\(depth)", payload: deep) }
            #expect(depth == 127 ? error == nil : error?.name == .invalidArgument || depth > 128, "\(depth)")
        }
        #expect(await refusal { try await test.change { $0.cronExpression = "" } } != nil)
        #expect(await refusal { try await test.schedule(named: "s") }?.name == .scheduleNotExists)
    }

    @Test func `an Express flow can't be scheduled`() async throws {
        let test = try await EngineUnderTest()
        _ = try await test.door(.admin).call(
            CreateFlow.self,
            .with {
                $0.name = "Quick"
                $0.definition = Definitions.pass
                $0.executionMode = "Express"
            })
        let error = try #require(await refusal { try await test.schedule("@every 5m", flow: "Quick") })
        #expect(error.name == .invalidArgument && error.message.contains("StartSyncExecution"))
    }

    @Test func `a flow has so many schedules and no more`() async throws {
        var settings = FlowEngineSettings()
        settings.flowSchedulesMax = 2
        let test = try await EngineUnderTest(settings: settings)
        try await test.apply(Definitions.pass)
        try await test.schedule("@every 5m", as: "a")
        try await test.schedule("@every 5m", as: "b")
        let error = try #require(await refusal { try await test.schedule("@every 5m", as: "c") })
        #expect(error.name == .invalidArgument && error.message.contains("2 schedules"))
        #expect(try await test.schedule("@every 5m", as: "b").scheduleName == "b")
    }

    @Test func `an update changes what it names, and only an expression or enabling counts anew`()
        async throws
    {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        let made = try await test.schedule("@every 60m")
        await test.loop.advance(by: .seconds(600))
        let renamed = try await test.change { $0.description = "hourly" }
        #expect(renamed.nextTime == made.nextTime && renamed.description == "hourly")
        #expect(renamed.lastModifiedTime > made.lastModifiedTime && renamed.createdTime == made.createdTime)
        #expect(try await test.change { _ in } == renamed)
        let faster = try await test.change { $0.cronExpression = "@every 30m" }
        let next = try #require(Timestamp(rfc3339: faster.nextTime))
        #expect(test.loop.now.duration(to: next) > .seconds(1798))
        let off = try await test.change { $0.enable = false }
        #expect(off.nextTime.isEmpty && !off.enable)
        let on = try await test.change { $0.enable = true }
        #expect(on.nextTime == faster.nextTime)
    }

    @Test func `schedules are listed by name, a page at a time`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        try await test.apply(Definitions.pass, as: "Other")
        for name in ["c", "a", "b"] { try await test.schedule("@every 5m", as: name) }
        try await test.schedule("@every 5m", as: "foreign", flow: "Other")
        func page(_ token: String?) async throws -> ListSchedules.Result {
            try await test.client.call(
                ListSchedules.self,
                .with {
                    $0.flowName = "Demo"
                    $0.limit = 2
                    $0.nextToken = token
                })
        }
        let first = try await page(nil)
        #expect(first.schedules.map(\.scheduleName) == ["a", "b"] && first.nextToken == "c")
        let second = try await page(first.nextToken)
        #expect(second.schedules.map(\.scheduleName) == ["c"] && second.nextToken == nil)
    }

    @Test func `a deleted schedule is gone, and does not fire`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        try await test.schedule("@every 5m")
        _ = try await test.client.call(
            DeleteSchedule.self,
            .with {
                $0.flowName = "Demo"
                $0.scheduleName = "s"
            })
        await test.live(for: .seconds(1200), step: .seconds(60))
        #expect(try await test.executions().isEmpty)
        #expect(await refusal { try await test.schedule(named: "s") }?.name == .scheduleNotExists)
    }

    @Test func `the schedules of a flow go with it, and do not come back with its name`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        try await test.schedule("@every 5m")
        #expect(await test.engine.isIdle == false)
        _ = try await test.door(.admin).call(DeleteFlow.self, .with { $0.name = "Demo" })
        try await test.apply(Definitions.pass)
        #expect(await refusal { try await test.schedule(named: "s") }?.name == .scheduleNotExists)
        await test.live(for: .seconds(1200), step: .seconds(60))
        #expect(try await test.executions().isEmpty)
        #expect(await test.engine.isIdle)
    }

    @Test func `who may start executions may schedule them, and a task service may not`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        try await test.schedule("@every 5m")
        #expect(CreateSchedule.roles == StartExecution.roles && UpdateSchedule.roles == StartExecution.roles)
        #expect(DescribeSchedule.roles == DescribeFlow.roles && ListSchedules.roles == ListFlows.roles)
        let error = await refusal {
            try await test.door(.task).call(
                DeleteSchedule.self,
                .with {
                    $0.flowName = "Demo"
                    $0.scheduleName = "s"
                })
        }
        #expect(error?.name == .accessDenied)
    }

    @Test func `a change that the disk refuses is not there`() async throws {
        let store = FaultyStore()
        let test = try await EngineUnderTest(store)
        try await test.apply(Definitions.pass)
        store.fault = FaultyStore.full
        #expect(await refusal { try await test.schedule("@every 5m") }?.name == .serviceUnavailable)
        store.fault = nil
        #expect(await refusal { try await test.schedule(named: "s") }?.name == .scheduleNotExists)
        await test.live(for: .seconds(600), step: .seconds(60))
        #expect(try await test.executions().isEmpty)
        try await test.schedule("@every 5m")
        store.fault = FaultyStore.full
        #expect(await refusal { try await test.change { $0.enable = false } } != nil)
        store.fault = nil
        await test.live(for: .seconds(300), step: .seconds(60))
        #expect(try await test.executions().count == 1)
    }
}

import FlowEngineAPI
import FlowSchedule
import FlowStore
import FlowStoreSQLite
import LoopSupport
import Primitives
import RPCProtocol
import Synchronization
import Testing

@testable import FlowEngine

/// What schedules start, and when.
@Suite(.timeLimit(.minutes(1))) struct ScheduleFiringTests {
    @Test func `a due time starts one execution, named after it, with the payload in its input`() async throws
    {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        let made = try await test.schedule("0 0 * * * *", as: "hourly", payload: #"{"who":"world"}"#)
        await test.live(for: .seconds(3600), step: .seconds(60))
        let run = try #require(try await test.executions().first)
        let due = made.nextTime
        let digits = due.prefix(19).filter { $0 != "-" && $0 != ":" }
        #expect(run == "hourly-\(digits)Z")
        let record = try await test.describe(run)
        #expect(
            record.input
                == #"{"payload":{"who":"world"},"triggerName":"hourly","triggerTime":"\#(due)"}"#)
        #expect(record.status == "Succeeded" && record.startedTime >= due)
        let after = try await test.schedule(named: "hourly")
        #expect(after.lastTime == due && after.lastExecutionName == run && after.missedCount == 0)
        #expect(after.nextTime > due && after.lastModifiedTime == made.lastModifiedTime)
        let line = try #require(test.log.lines(of: "executionStarted").first)
        #expect(line.metadata["schedule"] == "hourly" && line.metadata["execution"] == run)
        #expect(test.metrics.prometheusText.contains("fnf_schedule_fires_total 1"))
        #expect(test.metrics.prometheusText.contains("fnf_schedules 1"))
    }

    @Test(arguments: [
        ("", "{}"), (#"{"a":[1]}"#, #"{"a":[1]}"#), ("[1,2]", "[1,2]"), ("7", "7"),
        ("plain words", #""plain words""#), (#"{"open""#, #""{\"open\"""#),
    ]) func `a payload is JSON where it is, and text where not`(payload: String, value: String) async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        try await test.schedule("@every 1m", payload: payload)
        await test.loop.advance(by: .seconds(60))
        let run = try #require(try await test.executions().first)
        #expect(try await test.describe(run).input.hasPrefix("{\"payload\":\(value),"))
    }

    @Test func `thirty days of mornings start thirty executions, each once`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        try await test.schedule("0 30 8 * * *", as: "mornings")
        await test.live(for: .seconds(30 * 86_400), step: .seconds(3600))
        let names = try await test.executions()
        #expect(names.count == 30 && Set(names).count == 30)
        #expect(names.allSatisfy { $0.hasSuffix("T083000Z") } && names == names.sorted())
        let record = try await test.schedule(named: "mornings")
        #expect(record.lastExecutionName == names.last && record.missedCount == 0)
    }

    @Test func `an interval keeps its phase however late it fires`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        try await test.schedule("@every 60m")
        let start = test.loop.now.microseconds / 1_000_000
        await test.live(for: .seconds(10 * 3600 + 900), step: .seconds(700))
        let runs = try await test.executions()
        #expect(runs.count == 10)
        for (index, run) in runs.enumerated() {
            let due = Timestamp(microseconds: (start + Int64(index + 1) * 3600) * 1_000_000)
            let input = try JSONParser.parse(try await test.describe(run).input)
            #expect(input["triggerTime"]?.stringValue == due.description)
        }
    }

    @Test func `a run that still works does not hold up the next`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.wait.replacing("duration: 60", with: "duration: 3600"))
        try await test.schedule("@every 1m")
        await test.live(for: .seconds(180), step: .seconds(60))
        let runs = try await test.executions()
        #expect(runs.count == 3)
        for run in runs { #expect(try await test.describe(run).status == "Running") }
    }

    @Test func `a disabled schedule rests, and what it missed is not made up for`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        try await test.schedule("0 * * * * *", enable: false)
        #expect(await test.engine.isIdle)
        await test.live(for: .seconds(600), step: .seconds(60))
        #expect(try await test.executions().isEmpty)
        try await test.change { $0.enable = true }
        #expect(try await test.executions().isEmpty)
        #expect(await test.engine.isIdle == false)
        await test.live(for: .seconds(60), step: .seconds(10))
        #expect(try await test.executions().count == 1)
        #expect(try await test.schedule(named: "s").missedCount == 0)
        try await test.change { $0.enable = false }
        await test.live(for: .seconds(600), step: .seconds(60))
        #expect(try await test.executions().count == 1)
    }

    @Test func `after three days without the engine one execution makes up for all`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        let made = try await test.schedule("0 0 * * * *")
        await test.engine.abandon()
        await test.loop.advance(by: .seconds(3 * 86_400))
        let next = try await test.restarted()
        let engine = next.engine
        await next.loop.until { engine.assumeIsolated { $0.committedSequence > 0 } }
        #expect(try await next.executions().count == 1)
        let record = try await next.schedule(named: "s")
        #expect(record.lastTime == made.nextTime && record.missedCount == 71)
        #expect(record.nextTime > next.loop.now.description)
        await next.live(for: .seconds(2 * 3600), step: .seconds(600))
        #expect(try await next.executions().count == 3)
        #expect(try await next.schedule(named: "s").missedCount == 71)
        #expect(next.metrics.prometheusText.contains("fnf_schedule_missed_total 71"))
    }

    @Test func `a clock that jumps ahead by days starts one execution, too`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        try await test.schedule("@every 60m")
        await test.loop.advance(by: .seconds(50 * 3600))
        #expect(try await test.executions().count == 1)
        #expect(try await test.schedule(named: "s").missedCount == 49)
    }

    @Test func `many that are due at once all fire, a batch in each turn`() async throws {
        var settings = FlowEngineSettings()
        settings.wakeBatch = 7
        let test = try await EngineUnderTest(settings: settings)
        try await test.apply(Definitions.pass)
        for number in 0..<40 { try await test.schedule("0 0 * * * *", as: "s\(number)") }
        await test.loop.advance(by: .seconds(3600))
        let engine = test.engine
        // Each of them writes two rows, its start and its end.
        await test.loop.until { engine.assumeIsolated { $0.committedSequence >= 80 } }
        await test.engine.settle()
        #expect(try await test.executions().count == 40)
        #expect(Set(try await test.executions()).count == 40)
    }
}

/// Schedules when the disk, the process or the time zones fail.
@Suite(.timeLimit(.minutes(1))) struct ScheduleFaultTests {
    @Test func `a run that could not be written starts later, once`() async throws {
        let store = FaultyStore()
        let test = try await EngineUnderTest(store)
        try await test.apply(Definitions.pass)
        let made = try await test.schedule("@every 60m")
        store.fault = FaultyStore.full
        await test.live(for: .seconds(3605), step: .seconds(5))
        await test.live(for: .seconds(300), step: .seconds(60))
        #expect(try await test.executions().isEmpty)
        #expect(try await test.schedule(named: "s").nextTime == made.nextTime)
        store.fault = nil
        await test.live(for: .seconds(120), step: .seconds(30))
        #expect(try await test.executions().count == 1)
        let record = try await test.schedule(named: "s")
        #expect(record.lastTime == made.nextTime && record.missedCount == 0)
        await test.live(for: .seconds(3600), step: .seconds(60))
        #expect(try await test.executions().count == 2)
    }

    /// The disk as a kill between firing and commit, and right after the commit, leaves it.
    @Test func `a kill at any moment of firing starts the run exactly once`() async throws {
        let folder = try TemporaryFolder()
        let inner = try SQLiteStore(path: "\(folder.path)/flow-engine.sqlite")
        let images = Images(folder)
        let store = FaultyStore(inner)
        let test = try await EngineUnderTest(store)
        try await test.apply(Definitions.pass)
        let made = try await test.schedule("0 0 * * * *")
        try images.take()
        // The disk takes nothing any more at the moment of firing: all of the tick is lost.
        store.fault = FaultyStore.full
        await test.loop.advance(by: .seconds(3600))
        try images.take()
        store.fault = nil
        await test.live(for: .seconds(120), step: .seconds(30))
        #expect(try await test.executions().count == 1)
        try images.take()
        await test.engine.abandon()
        for image in images.all {
            let again = try await EngineUnderTest(
                try SQLiteStore(path: "\(image.path)/flow-engine.sqlite"), loop: test.loop)
            let engine = again.engine
            await again.loop.until { engine.assumeIsolated { $0.committedSequence > 0 } }
            #expect(try await again.executions().count == 1)
            let record = try await again.schedule(named: "s")
            #expect(record.lastTime == made.nextTime && record.nextTime > again.loop.now.description)
            await again.engine.abandon()
        }
        #expect(images.all.count == 3)
    }

    /// Copies of a database folder.
    private final class Images: Sendable {
        private let folder: TemporaryFolder
        private let taken = Mutex<[TemporaryFolder]>([])
        var all: [TemporaryFolder] { taken.withLock { $0 } }

        init(_ folder: TemporaryFolder) { self.folder = folder }

        func take() throws {
            let image = try folder.crashImage()
            taken.withLock { $0.append(image) }
        }
    }

    @Test func `a name that is taken counts as started, and the schedule goes on`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        let made = try await test.schedule("0 0 * * * *")
        let digits = made.nextTime.prefix(19).filter { $0 != "-" && $0 != ":" }
        try await test.begin("s-\(digits)Z", input: #"{"by":"hand"}"#)
        await test.live(for: .seconds(3600), step: .seconds(600))
        #expect(try await test.executions().count == 1)
        #expect(try await test.describe("s-\(digits)Z").input == #"{"by":"hand"}"#)
        await test.live(for: .seconds(3600), step: .seconds(600))
        #expect(try await test.executions().count == 2)
    }

    @Test func `without its time zone a due schedule waits, says so once, and goes on when it is back`()
        async throws
    {
        let isThere = Flag(true)
        let test = try await EngineUnderTest(zones: { _ in
            isThere.value ? .found(Self.shanghai) : .unreadable(reason: "/usr/share/zoneinfo is empty")
        })
        try await test.apply(Definitions.pass)
        let made = try await test.schedule("CRON_TZ=Asia/Shanghai 0 0 4 * * *")
        #expect(made.nextTime.hasSuffix("T20:00:00.000Z"))
        isThere.value = false
        await test.live(for: .seconds(86_400), step: .seconds(3600))
        await test.live(for: .seconds(600), step: .seconds(60))
        #expect(try await test.executions().isEmpty)
        let lines = test.log.lines(of: "scheduleTrouble")
        #expect(lines.count == 1 && lines.first?.text.contains("tzdata") == true)
        #expect(lines.first?.metadata["schedule"] == "s" && lines.first?.metadata["flow"] == "Demo")
        isThere.value = true
        await test.live(for: .seconds(120), step: .seconds(60))
        #expect(try await test.executions().count == 1)
        #expect(try await test.schedule(named: "s").lastTime == made.nextTime)
    }

    /// A TZif file without changes whose rule is `CST-8`. Source: RFC 8536.
    private static let shanghai: [UInt8] = {
        let header = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
        let counts: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 4]
        let body: [UInt8] = [0, 0, 0x70, 0x80, 0, 0] + Array("CST".utf8) + [0]
        return header + counts + body + header + counts + body + Array("\nCST-8\n".utf8)
    }()

    private final class Flag: Sendable {
        private let state: Mutex<Bool>
        init(_ value: Bool) { state = Mutex(value) }
        var value: Bool {
            get { state.withLock { $0 } }
            set { state.withLock { $0 = newValue } }
        }
    }

    @Test func `a long name still makes an execution name, another for each schedule and time`() throws {
        var schedule = StoredSchedule()
        schedule.name = String(repeating: "n", count: 128)
        schedule.id = "0b6f1c7e-0000-4000-8000-000000000000"
        let due = try #require(Timestamp(rfc3339: "2026-11-24T01:00:00Z"))
        let name = ScheduledRun(schedule, due: due).name
        #expect(name.utf8.count == 128 && name.hasSuffix("-0b6f1c7e-20261124T010000Z"))
        var other = schedule
        other.id = "1b6f1c7e-0000-4000-8000-000000000000"
        #expect(ScheduledRun(other, due: due).name != name)
        schedule.name = String(repeating: "n", count: 111)
        #expect(ScheduledRun(schedule, due: due).name == "\(schedule.name)-20261124T010000Z")
    }
}

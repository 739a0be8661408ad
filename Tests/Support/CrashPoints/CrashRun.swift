import FaultyDisk
import FlowEngine
import FlowEngineAPI
import FlowModel
import Primitives
import RPCProtocol

/// One run of a scenario, with one fault or none.
struct CrashRun {
    /// The disks that it begins with, by process.
    typealias Images = [String: FaultyDisk]

    struct Outcome {
        var courses: [Course] = []
        /// The operations of each disk before its process was asked to end.
        var drainsAfter: [String: UInt64] = [:]
        var traces: [String: [FaultyDisk.Operation]] = [:]
        var faults: [String] = []
        var hasMetFault = false
    }

    /// When a run must have come to its end. Units: virtual time.
    static let patience = Duration.seconds(7200)
    /// What comes late by itself: the index, feeds.
    static let rest = Duration.seconds(4)

    let scenario: CrashScenario
    private let town: CrashTown
    private var disks: [String: FaultyDisk] = [:]
    private let client: PersistentClient

    init(_ scenario: CrashScenario, images: Images) throws {
        self.scenario = scenario
        town = CrashTown(answers: scenario.answers)
        client = PersistentClient(town: town, loop: StageLoop(town.stage))
        town.desk.client = client
        for (name, image) in images { disks[name] = try image.copy() }
        let desk = town.desk
        town.add(TaskDesk.name, disk: nil) { _, _ in HostProcess.Service(methods: desk.methods) }
        try town.addServices(disks, orders: scenario.runsOrders)
    }

    /// The disks as they are before anything fails.
    static func images(_ scenario: CrashScenario) throws -> Images {
        let names = [CrashTown.engine] + (scenario.runsOrders ? OrderHosts.names : [])
        var images: Images = [:]
        for name in names { images[name] = try FaultyDisk() }
        if scenario.beginsEmpty { return images }
        let run = try CrashRun(scenario, images: images)
        try run.fill()
        for (name, disk) in run.disks { images[name] = try disk.copy() }
        return images
    }

    private func fill() throws {
        town.startAll()
        let (scenario, client) = (scenario, client)
        try act { (client) async throws(RPCError) in
            for flow in scenario.flows { try await client.apply(flow.definition, as: flow.name) }
            try await scenario.prepare(client)
        }
        _ = client
        rest(Self.rest)
        drain()
        town.bury(client.loop)
        guard town.faults.isEmpty else { throw CrashRunFault(reason: "preparing: \(town.faults)") }
    }

    /// - Parameter reference: the run without a fault; nil: this is it.
    func play(_ point: CrashPoint?, reference: Outcome?) throws -> Outcome {
        plan(point)
        town.startAll()
        let scenario = scenario
        try act { (client) async throws(RPCError) in
            if scenario.beginsEmpty {
                for flow in scenario.flows { try await client.apply(flow.definition, as: flow.name) }
                try await scenario.prepare(client)
            }
            try await scenario.play(client)
        }
        rest(Self.rest)
        try act { (client) async throws(RPCError) in
            for fault in try await scenario.verify(client) { client.town.fault(fault) }
            for (flow, name) in scenario.executions {
                for event in try await client.history(flow, name) {
                    client.town.acknowledged.note(event, of: flow, name)
                }
            }
        }
        var outcome = Outcome()
        outcome.drainsAfter = disks.mapValues(\.operations)
        // One that was hit before dies as it is, so that nothing is made durable on the way out.
        defer { town.bury(client.loop) }
        if point.map({ $0.operation.number > reference?.drainsAfter[$0.process] ?? 0 }) ?? true {
            town.isDraining = true
            drain()
        }
        outcome.traces = disks.mapValues(\.trace)
        outcome.hasMetFault = point.map { disks[$0.process]?.faults ?? 0 > 0 } ?? false
        for process in town.processes.values { process.end() }
        try judge(point, reference, &outcome)
        outcome.faults += town.faults
        return outcome
    }

    private func plan(_ point: CrashPoint?) {
        guard let point else { return disks.values.forEach { $0.setTracing(true) } }
        disks[point.process]?.plan(point.fault, at: point.operation.number, times: point.times)
        let process = town.process(point.process)
        process?.revivals = [point.revival]
        process?.secondKill = point.secondKill
        if point.secondKill != nil { process?.revivals.append(.restart) }
        town.isSyncFailurePlanned = point.isSyncFailure
    }

    /// Lets the client do something, and all processes run until it has.
    private func act(_ body: @escaping CrashScenario.Act) throws {
        let client = client
        let town = town
        let done = Flag()
        client.loop.spawn {
            do throws(RPCError) { try await body(client) } catch {
                town.fault("a client was refused: \(error)")
            }
            done.isSet = true
        }
        let isDone = town.stage.run(until: town.stage.now.advanced(by: Self.patience)) { done.isSet }
        guard isDone else {
            throw CrashRunFault(
                reason: "it came to no end; \(town.faults.joined(separator: "; ")) deaths: "
                    + town.processes.values.map { "\($0.name) \($0.deaths)" }.joined(separator: "; "))
        }
    }

    private func rest(_ duration: Duration) { town.stage.run(until: town.stage.now.advanced(by: duration)) }

    /// Ends every process in order, as a stop of the host does.
    private func drain() {
        for name in town.processes.keys.sorted() {
            guard let process = town.process(name), let loop = process.loop, let service = process.service
            else {
                continue
            }
            let done = Flag()
            loop.spawn {
                await service.drain()
                done.isSet = true
            }
            town.stage.run(until: town.stage.now.advanced(by: .seconds(1))) { done.isSet || !loop.isAlive }
        }
        // One that died in its draining comes again, and dies for good.
        rest(.milliseconds(300))
    }
}

/// A bit that the two sides of a turn share.
private final class Flag: @unchecked Sendable { // as its stage
    var isSet = false
}

struct CrashRunFault: Error, CustomStringConvertible {
    let reason: String
    var description: String { reason }
}

// MARK: - Judging

extension CrashRun {
    /// Looks at what a power cut leaves that takes everything unsynced: whoever was told something must find it.
    private func judge(_ point: CrashPoint?, _ reference: Outcome?, _ outcome: inout Outcome) throws {
        guard let disk = disks[CrashTown.engine] else { return }
        for disk in disks.values {
            disk.clearPlan()
            disk.powerCut(.nothing, seed: 0)
        }
        let journal = try JournalReading(path: disk.path(CrashTown.databaseName))
        outcome.faults += journal.faults + town.acknowledged.contradictions
        outcome.faults += lost(in: journal) + repeated(in: journal)
        outcome.courses = journal.executions.values.map { Course($0, isConcurrent: scenario.isConcurrent) }
            .sorted()
        if let reference, reference.courses != outcome.courses {
            outcome.faults.append(Self.difference(reference.courses, outcome.courses))
        }
        if let point, point.isSyncFailure, let process = town.process(point.process) {
            if process.deaths.isEmpty, !town.isDraining {
                outcome.faults.append("\(process.name) goes on after a sync has failed")
            }
        }
        if scenario.runsOrders { outcome.faults += try OrderHosts.faults(disks) }
    }

    private func lost(in journal: JournalReading) -> [String] {
        let acknowledged = town.acknowledged
        var faults: [String] = []
        for execution in acknowledged.started.sorted() {
            let (flow, name) = Self.parts(execution)
            if journal.events(flow, name) == nil { faults.append("\(execution) was started and is lost") }
        }
        for (execution, events) in acknowledged.events {
            let (flow, name) = Self.parts(execution)
            let there = journal.events(flow, name) ?? []
            for event in events.values {
                let found = there.first { $0.eventID == event.eventId }
                let isSame =
                    found.map {
                        $0.type.rawValue == event.type && $0.stepName == event.stepName
                            && $0.time.description == event.time
                    } ?? false
                if !isSame { faults.append("\(execution) has lost \(event.line)") }
            }
        }
        for (task, event) in acknowledged.reports {
            let there = journal.events(task.flow, task.execution) ?? []
            let found = there.first { $0.eventID == event }
            if found?.type.endsTask != true || found?.stepName != task.step {
                faults.append("the report of \(task.key) was answered with event \(event), which is lost")
            }
        }
        return faults
    }

    /// Calls that were made although their answer was recorded, and attempts that were not called alike.
    private func repeated(in journal: JournalReading) -> [String] {
        var faults: [String] = []
        var first: [String: TaskDesk.Call] = [:]
        for call in town.desk.calls {
            let task = call.task
            let events = journal.events(task.flow, task.execution) ?? []
            if call.key != task.key {
                faults.append("\(task.key) was called under the key \(call.key ?? "none")")
            }
            if let known = first[task.key] {
                if known.task.token != task.token || known.params != call.params {
                    faults.append("\(task.key) was called in two ways")
                }
            } else {
                first[task.key] = call
            }
            let scheduled = events.first { $0.eventID == task.scheduledEventID }
            if scheduled?.type != .taskScheduled || (scheduled?.time ?? call.time) > call.time {
                faults.append("\(task.key) was called before it was committed")
            }
            let answer = events.first {
                $0.type.answersCall && task.scheduledEventID == Self.origin(of: $0, events)
            }
            if let answer, answer.time < call.time {
                faults.append(
                    "\(task.key) was called again after its answer was recorded, by event \(answer.eventID)")
            }
        }
        return faults
    }

    /// The TaskScheduled that an event of a task goes back to.
    private static func origin(of event: HistoryEvent, _ events: [HistoryEvent]) -> Int64 {
        var event = event
        while event.type != .taskScheduled, event.scheduleEventID > 0,
            let before = events.first(where: { $0.eventID == event.scheduleEventID })
        { event = before }
        return event.eventID
    }

    private static func parts(_ execution: String) -> (String, String) {
        let parts = execution.split(separator: "/", maxSplits: 1).map(String.init)
        return (parts.first ?? "", parts.last ?? "")
    }

    private static func difference(_ one: [Course], _ other: [Course]) -> String {
        guard one.count == other.count else {
            return "\(one.count) executions undisturbed, now \(other.count)"
        }
        for (left, right) in zip(one, other) where left != right {
            for (a, b) in zip(left.lines, right.lines) where a != b {
                return "undisturbed “\(a)”, now “\(b)”"
            }
            return "\(left.lines[0]) has \(left.lines.count) events undisturbed, now \(right.lines.count)"
        }
        return "the courses differ"
    }
}

extension HistoryEventType {
    /// Whether it records what the called service said.
    var answersCall: Bool {
        switch self {
        case .taskSubmitted, .taskSubmitFailed, .taskSucceeded, .taskFailed, .taskTimedOut: true
        default: false
        }
    }
}

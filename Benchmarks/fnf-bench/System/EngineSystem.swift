import FlowEngineAPI
import Glibc
import Primitives
import RPCProtocol
import RPCTransport
import ServiceSupervisor

/// flow-engine alone, as its own process with its store on the disk, and a service for its tasks.
struct EngineSystem: Sendable {
    static let engine = "flow-engine"

    let supervisor: Supervisor
    let tasks: TaskService
    let caller: SocketCaller
    private let admin: SocketCaller

    var layout: SupervisorLayout { supervisor.plan.layout }
    var socket: String { layout.socketPath("flow-engine.sock") }

    /// Runs `body` with it and ends it afterwards.
    ///
    /// - Parameter part: the folder inside the workplace.
    /// - Parameter settings: lines for `flow-engine.yaml`; what is not there has its default.
    /// - Parameter isWatched: whether the supervisor's watchdog ends it when it is silent.
    static func run<Value>(
        in place: Workplace, part: String, settings: String = "", isWatched: Bool = true,
        _ body: (EngineSystem) async throws -> Value
    ) async throws -> Value {
        let system = try await start(in: place, part: part, settings: settings, isWatched: isWatched)
        do {
            let value = try await body(system)
            await system.supervisor.stop(grace: .seconds(10))
            return value
        } catch {
            await system.supervisor.stop(grace: .seconds(2))
            throw error
        }
    }

    private static func start(
        in place: Workplace, part: String, settings: String, isWatched: Bool
    ) async throws
        -> EngineSystem
    {
        Progress.show("\(part): starting flow-engine")
        var plan = try place.plan(in: part)
        let folder = plan.layout.folder
        for name in ["", "/etc", "/etc/resources.d"] { mkdir(folder + name, 0o755) }
        let tasks = try await TaskService(path: "\(folder)/work.sock")
        try SmallFile.write(tasks.binding, to: "\(folder)/etc/resources.d/bench.yaml")
        try SmallFile.write(settings, to: "\(folder)/etc/flow-engine.yaml")
        // What is measured of a restart is the engine's own time.
        plan.restartDelay = .milliseconds(10)
        if !isWatched { plan.watchdog = nil }
        plan.configuration = .folder("\(folder)/etc")
        plan.services = plan.services.filter { $0.name == engine }
        let system = EngineSystem(supervisor: try Supervisor(plan: plan), tasks: tasks)
        do {
            try system.supervisor.start()
            try await system.supervisor.waitUntilReady([engine])
        } catch {
            await system.supervisor.stop(grace: .seconds(2))
            throw error
        }
        return system
    }

    private init(supervisor: Supervisor, tasks: TaskService) {
        self.supervisor = supervisor
        self.tasks = tasks
        let layout = supervisor.plan.layout
        caller = SocketCaller(path: layout.socketPath("flow-engine.sock"))
        admin = SocketCaller(path: layout.socketPath("flow-engine-admin.sock"))
    }

    func createFlow(_ name: String, _ definition: String) async throws {
        let params = CreateFlow.Params.with {
            $0.name = name
            $0.definition = definition
            $0.description = "bench"
        }
        _ = try await admin.call(CreateFlow.self, params)
    }

    var facts: ProcessFacts {
        get throws {
            guard let pid = supervisor.pid(of: Self.engine) else {
                throw BenchFault("flow-engine does not run; --keep keeps its log")
            }
            return ProcessFacts(pid: pid)
        }
    }

    /// Of the newest commit.
    func sequence() async throws -> Int64 {
        try await caller.call(DescribeService.self, NoFields()).details["sequence"]?.integerValue ?? 0
    }

    func counters() async throws -> EngineCounters {
        EngineCounters(try await caller.call(DescribeService.self, NoFields()).counters)
    }
}

/// What the engine has counted since its start.
struct EngineCounters: Sendable {
    private let all: JSONObject

    init(_ all: JSONObject) { self.all = all }

    private func number(_ name: String) -> Double { all["fnf_engine_\(name)"]?.doubleValue ?? 0 }

    var commits: Double { number("commits_total") }
    var indexWrites: Double { number("index_writes_total") }
    var transitions: Double { number("transitions_total") }
    var dispatched: Double { number("tasks_dispatched_total") }
    var timersFired: Double { number("timers_fired_total") }
    /// Each of them one fdatasync, beside those of checkpoints.
    var syncs: Double { commits + indexWrites }
}

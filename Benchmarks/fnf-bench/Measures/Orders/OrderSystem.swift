import FlowEngineAPI
import Primitives
import RPCProtocol
import RPCTransport
import ServiceSupervisor

/// The whole system, running, with the order demo in it.
struct OrderSystem: Sendable {
    static let flow = "OrderDemo-Jiyuan"

    let supervisor: Supervisor
    /// In the order of the plan.
    let services: [String]
    /// Several connections to each service, to be taken in turn.
    private let callers: [String: [SocketCaller]]

    /// - Parameter logsToJournal: to the journal of systemd instead of to the supervisor.
    static func start(in place: Workplace, logsToJournal: Bool) async throws -> OrderSystem {
        Progress.show("starting the services")
        var plan = try place.plan()
        if logsToJournal { plan.logToJournal() }
        let supervisor = try Supervisor(plan: plan)
        let system = OrderSystem(supervisor)
        do {
            try supervisor.start()
            // A service that refuses to start answers nobody.
            async let woken: Void = system.wake()
            try await supervisor.waitUntilReady(system.services)
            try await woken
            try await system.createFlow(place.definition)
        } catch {
            await system.stop()
            throw error
        }
        return system
    }

    private init(_ supervisor: Supervisor) {
        self.supervisor = supervisor
        services = supervisor.plan.services.map(\.name)
        let layout = supervisor.plan.layout
        callers = Dictionary(
            uniqueKeysWithValues: services.map { service in
                (service, (0..<4).map { _ in SocketCaller(path: layout.socketPath("\(service).sock")) })
            })
    }

    private func wake() async throws {
        for service in services { _ = try await caller(service).call(Ping.self, NoFields()) }
    }

    func stop() async { await supervisor.stop(grace: .seconds(10)) }

    /// - Parameter turn: callers with the same turn share a connection.
    func caller(_ service: String, turn: Int = 0) throws -> SocketCaller {
        guard let all = callers[service] else { throw BenchFault("there is no service \(service)") }
        return all[turn % all.count]
    }

    func facts(_ service: String) throws -> ProcessFacts {
        guard let pid = supervisor.pid(of: service) else {
            throw BenchFault("the service \(service) does not run")
        }
        return ProcessFacts(pid: pid)
    }

    /// Commits to disk so far, as the service counts them; nil when it does not.
    ///
    /// Shape: counters that end in `commits_total` or `index_writes_total`, else `commits` in the details.
    func commits(_ service: String) async throws -> Double? {
        let status = try await caller(service).call(DescribeService.self, NoFields())
        let counts = status.counters.filter {
            $0.key.hasSuffix("commits_total") || $0.key.hasSuffix("index_writes_total")
        }.compactMap(\.value.doubleValue)
        return counts.isEmpty ? status.details["commits"]?.doubleValue : counts.reduce(0, +)
    }

    private func createFlow(_ definition: String) async throws {
        let door = SocketCaller(path: supervisor.plan.layout.socketPath("flow-engine-admin.sock"))
        let params = CreateFlow.Params.with {
            $0.name = Self.flow
            $0.definition = definition
            $0.description = "order demo"
        }
        _ = try await door.call(CreateFlow.self, params)
    }
}

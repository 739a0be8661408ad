import Glibc
package import RPCProtocol
package import RPCTransport
package import ServiceSupervisor
import Synchronization

/// The whole of fnf, the real programs, in a folder of one test.
package final class FnfSystem: Sendable {
    package struct Options: Sendable {
        /// Variables of single services, such as those of `CrashOrders`.
        package var environment: [FnfService: [String: String]] = [:]
        /// Changes the plan: limits, delays, what starts at boot.
        package var plan: @Sendable (inout SupervisorPlan) -> Void = { _ in }
        /// Puts something into the system's folder, given by its path, before the supervisor takes it.
        package var prepare: @Sendable (String) throws -> Void = { _ in }
        /// Changes the configuration folder, given by its path, before anything starts.
        package var configure: @Sendable (String) throws -> Void = { _ in }
        /// Whether `run` waits until the services that start at boot are ready.
        package var waitsUntilReady = true
        /// Whether a reply that is not as `rpc.discover` says makes `run` fail.
        package var checksSchemas = true

        package init() {}
    }

    package let folder: String
    package let supervisor: Supervisor
    package let events: EventList
    package let schemas = SchemaLedger()
    private let callers = Mutex<[String: SocketCaller]>([:])
    private let cleanups = Mutex<[@Sendable () async -> Void]>([])

    private init(folder: String, options: Options) throws {
        var plan = try SupervisorPlan.fnf(
            folder: "\(folder)/up", configuration: nil, programs: BuildProducts.programs)
        plan.configuration = .ownFrom(defaults: BuildProducts.defaultConfiguration)
        plan.restartDelay = .milliseconds(20)
        plan.services = plan.services.map { service in
            var service = service
            let own = FnfService(rawValue: service.name).flatMap { options.environment[$0] } ?? [:]
            service.environment.merge(own) { $1 }
            return service
        }
        options.plan(&plan)
        let events = EventList()
        self.folder = folder
        self.events = events
        supervisor = try Supervisor(plan: plan) { events.append($0) }
    }

    /// Starts the system, runs `body` and takes everything away again, last made first, also after a failure.
    ///
    /// Throws: what `body` throws; else what was found wrong with the replies.
    package static func run<Outcome: Sendable>(
        _ options: Options = Options(), _ body: (FnfSystem) async throws -> Outcome
    ) async throws -> Outcome {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try options.prepare("\(folder.path)/up")
        let system = try FnfSystem(folder: folder.path, options: options)
        let outcome: Result<Outcome, any Error>
        do {
            try options.configure(system.supervisor.plan.configurationFolder)
            try system.supervisor.start()
            if options.waitsUntilReady { try await system.supervisor.waitUntilReady() }
            outcome = .success(try await body(system))
        } catch {
            outcome = .failure(error)
            print("the system's last words before \(error):\n\(system.events.tail())")
        }
        await system.end()
        let violations = system.schemas.violations
        if case .success = outcome, options.checksSchemas, !violations.isEmpty {
            throw TestHostFault.schemaViolations(violations)
        }
        return try outcome.get()
    }

    private func end() async {
        for cleanup in cleanups.withLock({ $0 }).reversed() { await cleanup() }
        callers.withLock { $0 = [:] }
        await supervisor.stop(grace: .seconds(10))
    }

    /// Run before the services are stopped, the last one first.
    package func atEnd(_ cleanup: @escaping @Sendable () async -> Void) {
        cleanups.withLock { $0.append(cleanup) }
    }
}

// Calling.
extension FnfSystem {
    /// A caller of one door that checks every reply. Callers of one door share a connection.
    package func caller(_ service: FnfService, _ door: RPCDoor = .client) -> any RPCCaller {
        SchemaCheckingCaller(transport(service, door), service: service.rawValue, ledger: schemas)
    }

    /// A caller of one door that has a connection of its own and checks nothing.
    package func transport(_ service: FnfService, _ door: RPCDoor = .client) -> SocketCaller {
        let path = socketPath(service, door)
        return callers.withLock { callers in
            if let caller = callers[path] { return caller }
            let caller = SocketCaller(path: path, connectPatience: .seconds(20))
            callers[path] = caller
            return caller
        }
    }

    package func socketPath(_ service: FnfService, _ door: RPCDoor = .client) -> String {
        supervisor.plan.layout.socketPath(door.socketName(of: service.rawValue))
    }

    /// Runs the real fnfctl against this system.
    package func fnfctl(
        _ arguments: String..., timeout: Duration = .seconds(60)
    ) async throws -> CommandResult {
        try await fnfctl(arguments, timeout: timeout)
    }

    package func fnfctl(_ arguments: [String], timeout: Duration = .seconds(60)) async throws -> CommandResult
    {
        try await RunningCommand(
            try BuildProducts.path(of: "fnfctl"), arguments, environment: clientEnvironment, timeout: timeout
        ).result()
    }

    /// What a program needs to reach this system.
    package var clientEnvironment: [String: String] {
        [
            "FNF_RUNTIME_DIR": supervisor.plan.layout.runtimeFolder,
            "FNF_CONFIG_DIR": supervisor.plan.configurationFolder,
        ]
    }

    package func database(of service: FnfService) -> DatabaseFile {
        DatabaseFile(
            path: "\(supervisor.plan.layout.stateFolder(of: service.rawValue))/\(service.rawValue).sqlite")
    }
}

// Killing and waiting.
extension FnfSystem {
    package func pid(of service: FnfService) -> Int32? { supervisor.pid(of: service.rawValue) }

    package func status(of service: FnfService) -> ProcessStatus {
        supervisor.statuses[service.rawValue] ?? ProcessStatus()
    }

    /// Kills the service's process and returns once the next one is ready.
    package func killAndWait(_ service: FnfService, _ signal: Int32 = SIGKILL) async throws {
        let before = status(of: service)
        supervisor.kill(service.rawValue, signal)
        try await wait(for: service) { $0.readies > before.readies && $0.exits.count > before.exits.count }
    }

    /// Kills all processes at once and returns once those that ran are ready again.
    package func killAllAndWait() async throws {
        let before = supervisor.statuses
        let hit = supervisor.killAll()
        try await supervisor.wait { now in
            hit.keys.allSatisfy { (now[$0]?.readies ?? 0) > (before[$0]?.readies ?? 0) }
        }
    }

    package func wait(
        for service: FnfService, timeout: Duration = .seconds(30),
        until predicate: @escaping @Sendable (ProcessStatus) -> Bool
    ) async throws {
        try await supervisor.wait(timeout: timeout) { $0[service.rawValue].map(predicate) ?? false }
    }
}

import CPlatform
import Glibc
import Logging
import NIOCore
import Primitives
import RPCProtocol
import RPCTransport
import SystemdKit

/// The life of one service in its process, on the service's loop.
actor ServiceProcess {
    private let name: String
    private let executor: LoopExecutor
    private let surroundings: ServiceMain.Surroundings
    private let logger: Logger
    private let build: @Sendable (ServiceContext) async throws -> any HostedService
    private let metrics = MetricSet()
    private let notifier = Notifier()
    private let started = NIODeadline.now()
    private var state = ServiceState.starting
    private var service: (any HostedService)?
    private var server: RPCServer?
    private var pulse: RepeatedTask?
    private var idleSince = NIODeadline.now()
    private var idleTimer: Scheduled<Void>?
    private var reloads = 0
    private var stopReason: String?
    private var stopWaiter: CheckedContinuation<Void, Never>?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(
        name: String, executor: LoopExecutor, surroundings: ServiceMain.Surroundings, logger: Logger,
        build: @escaping @Sendable (ServiceContext) async throws -> any HostedService
    ) {
        self.name = name
        self.executor = executor
        self.surroundings = surroundings
        self.logger = logger
        self.build = build
    }

    /// Returns what the process exits with.
    func live(_ signals: SignalReader) async -> Int32 {
        do {
            try await signals.start(on: executor.eventLoop) { [self] signal in
                assumeIsolated { $0.received(signal) }
            }
            keepStarting()
            let service = try await build(context)
            self.service = service
            try await service.recover()
            try await serve(service)
            await service.start()
            forgetStart()
            armIdleExit(service)
        } catch {
            logger.critical("\(name) can't start: \(error)")
            return StartFault.Code.failed.rawValue
        }
        await untilStopped()
        await stop()
        return 0
    }

    private var context: ServiceContext {
        ServiceContext(
            name: name, version: ProductVersion.text, world: LiveWorld(), loop: NIOServiceLoop(executor),
            eventLoop: executor.eventLoop, tcpListeners: surroundings.tcpSockets.map(\.name),
            becameQuiet: { [self] in assumeIsolated { $0.becameQuiet() } }, logger: logger,
            metrics: metrics, stateDirectory: surroundings.stateDirectory,
            runtimeFolder: surroundings.runtime.socketFolder,
            configurationFolder: surroundings.runtime.configurationFolder,
            callers: CallerPool(executor: executor))
    }

    /// Nearly all that an idle service holds resident is code that only its start has run. Once, when the
    /// first requests are answered: what they need comes back by itself.
    private func forgetStart() {
        executor.eventLoop.scheduleTask(in: Self.startForgottenAfter) { _ = fnf_forget_program_pages() }
    }

    private static let startForgottenAfter: TimeAmount = .seconds(1)

    /// Recovery may take longer than the manager grants for a start, as long as it goes on.
    private func keepStarting() {
        guard notifier.hasListener else { return }
        notifier.status("Starting")
        pulse = executor.eventLoop.scheduleRepeatedTask(initialDelay: .seconds(5), delay: .seconds(5)) {
            [notifier] _ in
            notifier.extendTimeout(.seconds(15))
        }
    }

    private func serve(_ service: any HostedService) async throws {
        let methods = service.methods.withBuiltIns(
            service: name, version: ProductVersion.text, metrics: metrics, status: { await self.status })
        let server = RPCServer(
            methods: methods, executor: executor, limits: service.limits, logger: logger, metrics: metrics,
            becameQuiet: { [self] in assumeIsolated { $0.becameQuiet() } })
        self.server = server
        for socket in surroundings.sockets {
            try await server.listen(on: socket.descriptor, door: socket.door)
        }
        for socket in surroundings.tcpSockets {
            guard let tcp = service.tcpServer else { break }
            try await tcp.listen(on: socket.descriptor, name: socket.name)
        }
        state = .serving
        pulse?.cancel()
        pulse = nil
        notifier.ready(status: servingText)
        if let watchdog = Watchdog.demanded(notifier: notifier) {
            let interval = TimeAmount(bounded: watchdog.interval)
            // On the loop that does the work, so that a service that is stuck falls silent.
            pulse = executor.eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
                watchdog.ping()
            }
        }
        logger.notice("\(servingText)", metadata: ["messageID": "serviceReady"])
    }

    private var servingText: String {
        let doors = surroundings.sockets.map(\.door.rawValue).sorted()
        return "Serving at "
            + (doors + surroundings.tcpSockets.map(\.name).sorted()).joined(separator: ", ")
    }

    private var status: ServiceStatus {
        get async {
            var status = ServiceStatus()
            status.name = name
            status.version = ProductVersion.text
            status.pid = Int64(getpid())
            status.uptimeSeconds = (NIODeadline.now() - started).nanoseconds / 1_000_000_000
            status.state = state
            let load = server?.load ?? RPCServer.Load()
            let tcp = service?.tcpServer?.load ?? TCPLoad()
            status.connections = Int64(load.connections + tcp.connections)
            status.requestsInFlight = Int64(load.requests + tcp.requests)
            status.waitsInFlight = Int64(load.waits)
            if let service { status.details = await service.status }
            return status
        }
    }
}

// MARK: - Signals

extension ServiceProcess {
    private func received(_ signal: CInt) {
        switch (signal, state) {
        case (SIGHUP, .serving): requestReload()
        // The configuration is being read just now, or not needed any more.
        case (SIGHUP, _): return
        case (_, .starting):
            // Whatever recovery was doing, the next start does again.
            logger.notice("stopped while starting")
            LoggingChoice.flush()
            exit(0)
        default: requestStop("told to stop")
        }
    }

    private func requestReload() {
        reloads += 1
        // One that is going on sees that there was another.
        if reloads == 1 { executor.spawn { await self.reload() } }
    }

    private func reload() async {
        while reloads > 0, let service {
            reloads = 1
            notifier.reloading(status: "Reading the configuration again")
            do {
                try await service.reload()
                notifier.ready(status: servingText)
                logger.notice("configuration read again", metadata: ["messageID": "configurationReloaded"])
            } catch {
                notifier.ready(
                    status: "\(servingText); the last reload failed, the configuration is as it was")
                for line in "\(error)".split(separator: "\n") {
                    logger.error("not reloaded: \(line)", metadata: ["messageID": "configurationFault"])
                }
            }
            reloads -= 1
        }
    }
}

// MARK: - The end

extension ServiceProcess {
    /// Shorter than `TimeoutStopSec=20s` by what the stores may need to close.
    private static let drainLimit: Duration = .seconds(10)
    private static let tcpDrainLimit: Duration = .seconds(5)

    private func requestStop(_ reason: String) {
        guard stopReason == nil else { return }
        stopReason = reason
        stopWaiter?.resume()
        stopWaiter = nil
    }

    private func untilStopped() async {
        if stopReason == nil { await withCheckedContinuation { stopWaiter = $0 } }
    }

    private func stop() async {
        state = .draining
        idleTimer?.cancel()
        logger.notice("stopping: \(stopReason ?? "")", metadata: ["messageID": "serviceStopping"])
        notifier.stopping(status: "Finishing what is in flight")
        // Its requests call other services by this process's own connections, which stay open until the end.
        await service?.tcpServer?.drain(limit: Self.tcpDrainLimit)
        await server?.drain(limit: Self.drainLimit)
        await service?.drain()
        pulse?.cancel()
    }

    private func becameQuiet() {
        idleSince = .now()
        if let service, state == .serving { armIdleExit(service) }
    }

    private func armIdleExit(_ service: any HostedService) {
        guard let delay = IdleExit(idleExitSeconds: service.idleExitSeconds).idleExitAfter else { return }
        armIdleTimer(TimeAmount(bounded: delay))
    }

    private func armIdleTimer(_ delay: TimeAmount) {
        idleTimer?.cancel()
        idleTimer = executor.eventLoop.scheduleTask(in: delay) { [self] in
            executor.spawn { await self.checkIdle() }
        }
    }

    private func checkIdle() async {
        guard state == .serving, let service, let server else { return }
        let rule = IdleExit(idleExitSeconds: service.idleExitSeconds)
        let isIdle = await service.isIdle
        let load = server.load
        let tcp = service.tcpServer?.load ?? TCPLoad()
        let activity = IdleExit.Activity(
            connections: load.connections + tcp.connections,
            requestsInFlight: load.requests + tcp.requests, outboxIsEmpty: isIdle,
            openWaits: load.waits,
            sinceLastActivity: .nanoseconds((NIODeadline.now() - idleSince).nanoseconds))
        switch rule.decide(activity) {
        case .exit: requestStop("idle for \(service.idleExitSeconds ?? 0) s")
        case .askAgain(let delay): armIdleTimer(TimeAmount(bounded: delay))
        // A connection that is open asks again by closing; what the service itself waits for does not.
        case .stay where load.isNone && tcp == TCPLoad(): armIdleExit(service)
        case .stay: return
        }
    }
}

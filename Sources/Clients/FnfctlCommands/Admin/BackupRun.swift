import FlowEngineAPI
import Primitives
import RPCProtocol
import StateBackup
import Synchronization

/// One backup of several services: their moments first, then all their bytes at once.
final class BackupRun: Sendable {
    /// Those that keep something, in the order in which their moments are fixed: who tells others comes
    /// before who is told, and the engine, which stands still meanwhile, comes last.
    static let rounds: [[ServiceName]] = [
        [.flowWeb, .supplierRules, .paymentGateway], [.orderStore], [.flowEngine],
    ]
    static var services: [ServiceName] { rounds.flatMap { $0 } }

    private let writer: BackupWriter
    private let peers: Peers
    private let session: Session
    private let services: [ServiceName]
    private let received = Mutex<[ServiceName: Int64]>([:])
    private let shown = Mutex(ContinuousClock.now)

    init(writer: BackupWriter, peers: Peers, session: Session, services: [ServiceName]) {
        self.writer = writer
        self.peers = peers
        self.session = session
        self.services = services
    }

    func make() async throws(CommandFailure) -> BackupManifest {
        var manifest = BackupManifest()
        manifest.program = ProductVersion.text
        manifest.begun = session.world.now.description
        // Whoever sleeps is woken before the engine stands still.
        for service in services {
            _ = try await peers.call(Ping.name, NoFields().wire, on: service, door: .admin)
        }
        let hold = services.contains(.flowEngine) && services.count > 1 ? CommitHold(peers) : nil
        try await hold?.begin()
        var copies: [ServiceCopy] = []
        for round in Self.rounds {
            var fixing: [ServiceCopy] = []
            for service in round where services.contains(service) { fixing.append(try start(service)) }
            copies += fixing
            // Their moments are fixed, or they have failed.
            for copy in fixing { await copy.fixed() }
        }
        manifest.isOneCut = await hold?.end() ?? (services.count == 1)
        for copy in copies { manifest.services.append(try await copy.end()) }
        ProgressLine(session: session).clear()
        manifest.ended = session.world.now.description
        let whole = manifest
        try backingUp { () throws(BackupFault) in try writer.finish(whole) }
        if !manifest.isOneCut {
            session.note(
                "the engine did not stand still long enough: its moment is later than the others', and a "
                    + "restore may show differences")
        }
        return manifest
    }

    private func start(_ service: ServiceName) throws(CommandFailure) -> ServiceCopy {
        let receiver = try backingUp { () throws(BackupFault) in
            try writer.receiver(of: service.rawValue)
        }
        return ServiceCopy(service, peers, receiver) { [self] bytes in
            received.withLock { $0[service] = bytes }
            showProgress()
        }
    }

    private func showProgress() {
        let isTime = shown.withLock { last in
            guard ContinuousClock.now - last > .milliseconds(200) else { return false }
            last = .now
            return true
        }
        guard isTime else { return }
        let parts = received.withLock { received in
            services.compactMap { service in
                received[service].map { "\(service.rawValue) \(SizeText.of($0))" }
            }
        }
        ProgressLine(session: session).show(parts.joined(separator: "  "))
    }
}

/// The copy of one service, on its way.
final class ServiceCopy: Sendable {
    private let task: Task<Result<ServiceBackup, CommandFailure>, Never>
    private let moment: AsyncStream<Void>

    /// - Parameter progress: called with the bytes that have arrived.
    init(
        _ service: ServiceName, _ peers: Peers, _ receiver: BackupReceiver,
        progress: @escaping @Sendable (Int64) -> Void
    ) {
        let (moment, isFixed) = AsyncStream<Void>.makeStream()
        self.moment = moment
        task = Task {
            defer { isFixed.finish() }
            do throws(CommandFailure) {
                let end = try await peers.stream(
                    BackUpService.name, NoFields().wire, on: service, door: .admin
                ) { item in
                    isFixed.finish()
                    guard let item = try? BackUpService.Item(wire: item, strict: false) else { return }
                    progress(receiver.take(item))
                }
                let sent: BackUpService.Result
                do { sent = try BackUpService.Result(wire: end, strict: false) } catch {
                    throw CommandFailure(
                        .failed, "the answer of \(service.rawValue) is not as this fnfctl knows it: \(error)")
                }
                return .success(
                    try backingUp { () throws(BackupFault) in
                        try receiver.finish(sent)
                    })
            } catch {
                return .failure(error)
            }
        }
    }

    func fixed() async { for await _ in moment {} }

    func end() async throws(CommandFailure) -> ServiceBackup { try await task.value.get() }
}

/// Keeps the engine from committing while the moments are fixed.
final class CommitHold: Sendable {
    /// As long as the engine stands still at most.
    static let longest: Int64 = 2000

    private let peers: Peers
    private let state = Mutex<(task: Task<Bool, Never>?, hasEnded: Bool)>((nil, false))

    init(_ peers: Peers) { self.peers = peers }

    /// Returns when the engine stands still. Throws: it does not.
    func begin() async throws(CommandFailure) {
        let (held, isHeld) = AsyncStream<Void>.makeStream()
        let shared = SharedFailure()
        let task = Task { [self] () -> Bool in
            defer {
                state.withLock { $0.hasEnded = true }
                isHeld.finish()
            }
            do throws(CommandFailure) {
                _ = try await peers.stream(
                    HoldCommits.name, HoldCommits.Params.with { $0.milliseconds = Self.longest }.wire,
                    on: .flowEngine, door: .admin
                ) { _ in isHeld.finish() }
            } catch {
                shared.set(error)
            }
            return true
        }
        state.withLock { $0.task = task }
        for await _ in held {}
        if let error = shared.get() { throw error }
    }

    /// Lets the engine go on; false: it had gone on before.
    func end() async -> Bool {
        let (task, hasEnded) = state.withLock { ($0.task, $0.hasEnded) }
        task?.cancel()
        _ = await task?.value
        return !hasEnded
    }
}

/// Why something in the background failed.
final class SharedFailure: Sendable {
    private let failure = Mutex<CommandFailure?>(nil)
    func set(_ error: CommandFailure) { failure.withLock { $0 = error } }
    func get() -> CommandFailure? { failure.withLock { $0 } }
}

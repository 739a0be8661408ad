import Glibc

/// The supervisor's thread: waits for whatever happens first and lets it happen to the services.
final class SupervisionLoop {
    /// What the thread begins with, made by the caller so that it learns what is wrong.
    struct Seed: Sendable {
        fileprivate let plan: SupervisorPlan
        fileprivate let board: SupervisionBoard
        fileprivate let onEvent: @Sendable (SupervisorEvent) -> Void
        fileprivate let environment: ServiceEnvironment
        fileprivate let folder: SupervisedFolder

        init(
            plan: SupervisorPlan, board: SupervisionBoard,
            onEvent: @escaping @Sendable (SupervisorEvent) -> Void
        ) throws(SupervisorFault) {
            self.plan = plan
            self.board = board
            self.onEvent = onEvent
            environment = ServiceEnvironment(plan)
            folder = try SupervisedFolder(plan)
        }

        var addresses: [String: TCPAddress] { folder.addresses }

        /// Closes the sockets of a supervisor that was never started.
        func discard() { _ = folder.take() }
    }

    private enum Source {
        case wakeUp, notify
        case connect(SupervisedService)
        case output(SupervisedService)
        case end(SupervisedService)
    }

    private let board: SupervisionBoard
    private let notify: NotifySocket
    private let services: [SupervisedService]
    private var isStopping = false

    private init(_ seed: Seed, _ content: SupervisedFolder.Content) {
        board = seed.board
        notify = content.notify
        let desk = SupervisionDesk(
            plan: seed.plan, board: seed.board, environment: seed.environment, onEvent: seed.onEvent)
        services = zip(seed.plan.services, content.doors).map { spec, doors in
            SupervisedService(spec, doors: doors, desk: desk)
        }
    }

    /// Returns when all has ended; then the sockets are gone and the folder is free.
    static func run(_ seed: Seed) {
        work(seed)
        seed.board.end()
    }

    private static func work(_ seed: Seed) {
        guard let content = seed.folder.take() else { return }
        // The lock is let go of last: whoever has the folder next makes sockets of the same names.
        withExtendedLifetime(content.lock) { SupervisionLoop(seed, content).run() }
    }

    private func run() {
        for service in services where service.spec.startAtBoot { service.start() }
        while true {
            for command in board.takeCommands() { follow(command) }
            if isStopping, services.allSatisfy({ $0.process == nil }) { return }
            let waiterDeadline = board.answerWaiters()
            wait(until: services.flatMap(\.alarms.values).min(), or: waiterDeadline)
            ringAlarms()
        }
    }

    private func follow(_ command: SupervisionBoard.Command) {
        switch command {
        case .stop(let grace):
            isStopping = true
            for service in services { service.shutDown(grace: grace) }
        case .reload: for service in services { service.reload() }
        case .restart(let name): service(name)?.restart()
        case .setEnvironment(let name, let variable, let value):
            service(name)?.setEnvironment(variable, value)
        }
    }

    private func service(_ name: String) -> SupervisedService? { services.first { $0.spec.name == name } }

    private func wait(until first: SuspendingClock.Instant?, or second: SuspendingClock.Instant?) {
        let (sources, numbers) = watched()
        var descriptors = numbers.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        var timeout: Int32 = -1
        if let next = [first, second].compactMap({ $0 }).min() {
            let (seconds, attoseconds) = SuspendingClock.now.duration(to: next).components
            // Rounded up: to wake a little too early would be to spin.
            let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1
            timeout = Int32(clamping: max(0, milliseconds))
        }
        guard poll(&descriptors, nfds_t(descriptors.count), timeout) > 0 else { return }
        // In this order: what a process said before it ended is heard before its end.
        for case (let source, let found) in zip(sources, descriptors) where found.revents != 0 {
            handle(source)
        }
    }

    private func watched() -> ([Source], [Int32]) {
        var sources: [Source] = [.wakeUp, .notify]
        var numbers = [board.wakeUp.number, notify.descriptor.number]
        for service in services {
            if let process = service.process {
                if process.outputIsOpen {
                    sources.append(.output(service))
                    numbers.append(process.output.number)
                }
                sources.append(.end(service))
                numbers.append(process.ended.number)
            } else if service.isListening, !isStopping {
                for door in service.doors.descriptors {
                    sources.append(.connect(service))
                    numbers.append(door.number)
                }
            }
        }
        return (sources, numbers)
    }

    private func handle(_ source: Source) {
        switch source {
        // Its commands are taken at the beginning of the next turn.
        case .wakeUp: break
        case .notify: hear()
        // Two of its doors may be knocked at in one turn.
        case .connect(let service): if service.isListening { service.start() }
        case .output(let service): service.readOutput()
        case .end(let service):
            hear()
            service.processEnded()
        }
    }

    private func hear() {
        while let message = notify.next() {
            // As NotifyAccess=main: only the service's own process speaks for it.
            services.first { $0.process?.pid == message.pid && message.pid != 0 }?.heard(message)
        }
    }

    private func ringAlarms() {
        let now = SuspendingClock.now
        // This thread may have been kept waiting itself: signs of life may lie unread.
        if services.contains(where: { ($0.alarms[.silence] ?? now.advanced(by: .seconds(1))) <= now }) {
            hear()
        }
        for service in services { service.ring(now) }
    }
}

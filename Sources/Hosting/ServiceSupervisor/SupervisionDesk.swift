import Primitives

/// What every service's supervision shares on the supervisor's thread: the plan, the log and who is told.
final class SupervisionDesk {
    let plan: SupervisorPlan
    let board: SupervisionBoard
    let environment: ServiceEnvironment
    private let onEvent: @Sendable (SupervisorEvent) -> Void
    private let world = LiveWorld()
    private var logFile: LogFile
    private let statusFile: StatusFile

    init(
        plan: SupervisorPlan, board: SupervisionBoard, environment: ServiceEnvironment,
        onEvent: @escaping @Sendable (SupervisorEvent) -> Void
    ) {
        self.plan = plan
        self.board = board
        self.environment = environment
        self.onEvent = onEvent
        logFile = LogFile(
            path: plan.layout.logFile, bytesMax: plan.logFileBytesMax, filesMax: plan.logFilesMax)
        statusFile = StatusFile(path: plan.layout.statusFile, services: plan.services.map(\.name))
    }

    /// A service has become another.
    func publish(_ status: ProcessStatus, of service: String) {
        board.update(service) { $0 = status }
        statusFile.note(status, of: service)
    }

    /// Writes the service's lines into the log file, then tells them.
    func log(_ lines: [[UInt8]], of service: String) {
        if lines.isEmpty { return }
        let time = world.now
        let logLines = lines.map { LogLine($0, service: service, time: time) }
        write(logLines, service)
        for line in logLines { onEvent(SupervisorEvent(service: service, time: time, kind: .log(line))) }
    }

    func tell(_ service: String, _ kind: SupervisorEvent.Kind) {
        let time = world.now
        if let (priority, message) = remark(kind) {
            write([LogLine(service: service, time: time, priority: priority, message: message)], service)
        }
        onEvent(SupervisorEvent(service: service, time: time, kind: kind))
    }

    private func write(_ lines: [LogLine], _ service: String) {
        guard let problem = logFile.append(lines.map(\.text)) else { return }
        onEvent(SupervisorEvent(service: service, time: world.now, kind: .problem(problem)))
    }

    /// What the supervisor itself puts into the log about a service, as systemd does in the journal.
    private func remark(_ kind: SupervisorEvent.Kind) -> (Int64, String)? {
        switch kind {
        case .started(let pid): (6, "started as process \(pid)")
        case .watchdogExpired: (3, "was silent for longer than the watchdog allows, ending it")
        case .exited(let exit): (exit.isSuccess ? 6 : 4, "ended: \(exit)")
        case .restarting(let delay): (5, "starts again in \(delay)")
        case .problem(let text): (3, text)
        case .ready, .status, .reloading, .stopping, .log: nil
        }
    }
}

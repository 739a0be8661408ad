import Glibc

/// One service under supervision: its sockets, its process, and when what is due.
final class SupervisedService {
    enum Alarm: Hashable {
        /// Start it (again).
        case start
        /// It has not become ready.
        case startTimeout
        /// Its watchdog.
        case silence
        /// It has not ended.
        case kill
    }

    private(set) var spec: ServiceSpec
    let doors: DoorSockets
    private(set) var process: ServiceProcess?
    private(set) var alarms: [Alarm: SuspendingClock.Instant] = [:]
    private let desk: SupervisionDesk
    private var status = ProcessStatus()
    private var isReloading = false
    private var reloadWhenReady = false
    private var startAfterEnd = false
    private var isShutDown = false
    /// Processes in a row that ended without having been ready.
    private var failedStarts = 0

    init(_ spec: ServiceSpec, doors: DoorSockets, desk: SupervisionDesk) {
        self.spec = spec
        self.doors = doors
        self.desk = desk
    }

    /// A connect shall start it.
    var isListening: Bool { status.state == .listening }

    private func publish(_ change: (inout ProcessStatus) -> Void) {
        change(&status)
        desk.publish(status, of: spec.name)
    }

    private func arm(_ alarm: Alarm, after delay: Duration?) {
        alarms[alarm] = delay.map { .now.advanced(by: $0) }
    }
}

// What is asked from outside.
extension SupervisedService {
    func start() {
        guard process == nil, !isShutDown else { return }
        alarms = [:]
        do throws(ServiceProcess.Failure) {
            let process = try ServiceProcess(
                spec, doors: doors, environment: desk.environment.variables(of: spec))
            self.process = process
            publish { status in
                status.state = .starting
                status.pid = process.pid
                status.starts += 1
                status.statusText = ""
            }
            arm(.startTimeout, after: desk.plan.startTimeout)
            desk.tell(spec.name, .started(pid: process.pid))
        } catch {
            finished(.notExecuted(errno: error.errno))
        }
    }

    func reload() {
        guard let process, status.state == .ready else {
            // Its handler may not be there yet, and SIGHUP would end it.
            reloadWhenReady = process != nil
            return
        }
        reloadWhenReady = false
        kill(process.pid, SIGHUP)
    }

    func restart() {
        guard process != nil else { return start() }
        startAfterEnd = true
        end(grace: .seconds(20))
    }

    func setEnvironment(_ name: String, _ value: String?) {
        spec.environment[name] = value
    }

    /// No start any more; an earlier deadline stays.
    func shutDown(grace: Duration) {
        isShutDown = true
        startAfterEnd = false
        alarms[.start] = nil
        if process == nil { publish { $0.state = .stopped } } else { end(grace: grace) }
    }

    private func end(grace: Duration) {
        guard let process else { return }
        let deadline = SuspendingClock.now.advanced(by: grace)
        alarms[.kill] = min(alarms[.kill] ?? deadline, deadline)
        alarms[.startTimeout] = nil
        guard !process.wasToldToEnd else { return }
        process.wasToldToEnd = true
        publish { $0.state = .stopping }
        process.tell(SIGTERM)
    }
}

// What the process says and does.
extension SupervisedService {
    func heard(_ message: NotifySocket.Message) {
        for (name, value) in message.fields {
            switch (name, value) {
            case ("READY", "1"): saidReady()
            case ("RELOADING", "1"):
                isReloading = true
                desk.tell(spec.name, .reloading)
            case ("STOPPING", "1"):
                publish { $0.state = .stopping }
                alarms[.silence] = nil
                desk.tell(spec.name, .stopping)
            case ("STATUS", _):
                publish { $0.statusText = String(value) }
                desk.tell(spec.name, .status(String(value)))
            case ("WATCHDOG", "1"):
                if alarms[.silence] != nil { arm(.silence, after: desk.plan.watchdog) }
                publish { $0.pings += 1 }
            case ("WATCHDOG", "trigger"): expireWatchdog()
            case ("EXTEND_TIMEOUT_USEC", _): extend(by: Int64(value) ?? 0)
            default: break
            }
        }
    }

    private func saidReady() {
        if isReloading {
            isReloading = false
            publish { $0.reloads += 1 }
        }
        guard let process, status.state == .starting else { return }
        process.wasReady = true
        failedStarts = 0
        alarms[.startTimeout] = nil
        arm(.silence, after: desk.plan.watchdog)
        publish { status in
            status.state = .ready
            status.readies += 1
        }
        desk.tell(spec.name, .ready)
        if reloadWhenReady { reload() }
    }

    private func extend(by microseconds: Int64) {
        let until = SuspendingClock.now.advanced(by: .microseconds(microseconds))
        for alarm in [Alarm.startTimeout, .kill] {
            // What is being killed for a reason gets no more time.
            guard let present = alarms[alarm], process?.killedFor == nil else { continue }
            alarms[alarm] = max(present, until)
        }
    }

    func readOutput() {
        guard let process else { return }
        desk.log(process.readLines(), of: spec.name)
    }

    /// The process has ended: its last words, then what comes next.
    func processEnded() {
        guard let process else { return }
        // Before its pid is given back, which is also the number of its group.
        process.killGroup()
        desk.log(process.readLines(toEnd: true), of: spec.name)
        let exit = process.exit(status: desk.board.reap(spec.name, pid: process.pid))
        if !process.wasReady { failedStarts += 1 }
        self.process = nil
        alarms = [:]
        isReloading = false
        reloadWhenReady = false
        finished(exit)
    }

    private func finished(_ exit: ServiceExit) {
        if case .notExecuted = exit { failedStarts += 1 }
        let delay = min(
            desk.plan.restartDelay * (1 << min(max(failedStarts, 1) - 1, 10)), desk.plan.restartDelayMax)
        publish { status in
            status.pid = nil
            status.exits.append(exit)
            status.state = isShutDown ? .stopped : exit.isSuccess && !startAfterEnd ? .listening : .restarting
        }
        desk.tell(spec.name, .exited(exit))
        if status.state != .restarting { return }
        if startAfterEnd {
            startAfterEnd = false
            return start()
        }
        arm(.start, after: delay)
        desk.tell(spec.name, .restarting(after: delay))
    }
}

// What is due.
extension SupervisedService {
    func ring(_ now: SuspendingClock.Instant) {
        for (alarm, time) in alarms where time <= now {
            alarms[alarm] = nil
            switch alarm {
            case .start: start()
            case .silence: expireWatchdog()
            case .startTimeout, .kill:
                if process?.killedFor == nil { process?.killedFor = .timeout }
                process?.killGroup()
            }
        }
    }

    private func expireWatchdog() {
        guard let process, process.killedFor == nil else { return }
        process.killedFor = .watchdog
        alarms[.silence] = nil
        arm(.kill, after: desk.plan.abortGrace)
        desk.tell(spec.name, .watchdogExpired)
        process.tell(SIGABRT)
    }
}

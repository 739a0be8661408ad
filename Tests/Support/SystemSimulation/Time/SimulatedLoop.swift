import Glibc
import Primitives

/// The loop of one simulated process: jobs in their order until none is ready, then what asked for the end of the
/// tick, as in production. When it gets its turn, and when its timers fire, is the event queue's to say.
///
/// Everything that runs anywhere runs here: a job that comes from another thread is a fault of the simulation.
final class SimulatedLoop: ServiceLoop, SerialExecutor, TaskExecutor, @unchecked Sendable {
    /// The process and its incarnation, e.g. `flow-engine.2`.
    let name: String
    let clock: SimulatedClock
    private let queue: EventQueue
    private let thread = pthread_self()
    private let losesTimer: () -> Bool

    /// False once the process is dead: nothing it left behind runs any more.
    private(set) var isAlive = true
    /// How long the present turn has kept the processor. Units: microseconds.
    private var worked: Int64 = 0
    private var ready: [Work] = []
    private var tickEnds: [@Sendable () -> Void] = []
    private var isScheduled = false
    private var busyUntil: Int64 = 0
    private var wallTimers: [Int: WallTimer] = [:]
    private var timersMade = 0

    /// How long the present turn has waited for the disk. Units: microseconds.
    var diskWait: () -> Int64 = { 0 }
    /// How long until a loop that has become ready gets its turn.
    var wakeDelay: () -> Int64 = { 0 }
    /// Called before each turn.
    var onTurn: () -> Void = {}
    /// Called after each turn, when all of it is committed.
    var onTurnEnd: () -> Void = {}
    /// Called between jobs: true ends the process there.
    var diesNow: () -> Bool = { false }

    private enum Work {
        case job(UnownedJob)
        case body(@Sendable () -> Void)
    }

    init(
        name: String, clock: SimulatedClock, queue: EventQueue, losesTimer: @escaping () -> Bool = { false }
    ) {
        self.name = name
        self.clock = clock
        self.queue = queue
        self.losesTimer = losesTimer
        clock.follow { [weak self] in self?.rearmWallTimers() }
    }

    var executor: any SerialExecutor { self }

    /// Virtual time as this process has it: beyond the event's time by what the turn has cost so far.
    var virtualNow: Int64 { queue.current === self ? queue.now + worked + diskWait() : queue.now }

    var wallClock: Timestamp { clock.reading(at: virtualNow) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        submit(.job(job))
    }

    /// Runs `body` in the next turn, or in this one.
    func submit(_ body: @escaping @Sendable () -> Void) { submit(.body(body)) }

    private func submit(_ work: Work) {
        precondition(pthread_equal(thread, pthread_self()) != 0, "\(name) was given work by another thread")
        guard isAlive else { return }
        ready.append(work)
        wake()
    }

    func atEndOfTick(_ body: @escaping @Sendable () -> Void) {
        tickEnds.append(body)
        wake()
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }
    func asUnownedTaskExecutor() -> UnownedTaskExecutor { UnownedTaskExecutor(ordinary: self) }

    func checkIsolated() {
        precondition(queue.current === self, "what belongs to \(name) is run elsewhere")
    }

    @discardableResult
    func spawn(_ body: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        Task(executorPreference: self) { await body() }
    }

    /// The process is dead: jobs, timers and what waits for the end of the tick are gone.
    func die() {
        isAlive = false
        Graveyard.keep((ready, tickEnds, wallTimers))
        ready = []
        tickEnds = []
        wallTimers = [:]
    }

    /// Whether a turn is to come.
    var isBusy: Bool { isScheduled }

    /// The process gets no turn for so long, as after SIGSTOP and SIGCONT. Units: microseconds.
    func stall(for time: Int64) { busyUntil = max(busyUntil, queue.now + time) }
}

// MARK: - Turns

extension SimulatedLoop {
    private func wake() {
        guard isAlive, !isScheduled else { return }
        isScheduled = true
        queue.at(max(queue.now + wakeDelay(), busyUntil)) { [self] in runTurn() }
    }

    private func runTurn() {
        guard isAlive else { return }
        queue.current = self
        worked = 0
        onTurn()
        while isAlive, !ready.isEmpty || !tickEnds.isEmpty {
            runReady()
            let ends = tickEnds
            tickEnds = []
            for end in ends where isAlive { end() }
        }
        busyUntil = max(busyUntil, virtualNow)
        isScheduled = false
        onTurnEnd()
        queue.current = nil
    }

    private func runReady() {
        var index = 0
        while isAlive, index < ready.count {
            let work = ready[index]
            index += 1
            switch work {
            case .job(let job):
                job.runSynchronously(
                    isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
            case .body(let body): body()
            }
            worked += 2
            if diesNow() { return }
        }
        ready = []
    }
}

// MARK: - Timers

extension SimulatedLoop {
    /// A timer by the monotonic clock.
    private final class Monotonic: LoopTimer, @unchecked Sendable {
        var event: EventQueue.Event?
        var isCanceled = false

        func cancel() {
            isCanceled = true
            event?.cancel()
        }
    }

    /// A timer by the host's clock: looked at again when that is set.
    private final class WallTimer: LoopTimer, @unchecked Sendable {
        let number: Int
        let due: Timestamp
        let body: @Sendable () -> Void
        weak var loop: SimulatedLoop?
        var event: EventQueue.Event?
        var isCanceled = false

        init(number: Int, due: Timestamp, loop: SimulatedLoop, body: @escaping @Sendable () -> Void) {
            self.number = number
            self.due = due
            self.loop = loop
            self.body = body
        }

        func cancel() {
            isCanceled = true
            event?.cancel()
            loop?.wallTimers[number] = nil
        }
    }

    func after(_ delay: Duration, _ body: @escaping @Sendable () -> Void) -> any LoopTimer {
        let timer = Monotonic()
        guard isAlive else { return timer }
        timer.event = queue.at(virtualNow + max(0, delay.inMicroseconds)) { [self] in
            guard isAlive else { return Graveyard.keep(body) }
            submit { if !timer.isCanceled { body() } }
        }
        return timer
    }

    func at(_ time: Timestamp, _ body: @escaping @Sendable () -> Void) -> any LoopTimer {
        timersMade += 1
        let timer = WallTimer(number: timersMade, due: time, loop: self, body: body)
        guard isAlive, !losesTimer() else { return timer }
        wallTimers[timer.number] = timer
        arm(timer)
        return timer
    }

    private func arm(_ timer: WallTimer) {
        timer.event?.cancel()
        let wait = max(0, wallClock.duration(to: timer.due).inMicroseconds)
        timer.event = queue.at(virtualNow + wait) { [self] in fire(timer) }
    }

    private func fire(_ timer: WallTimer) {
        guard isAlive, !timer.isCanceled else { return }
        // It was set back meanwhile.
        guard clock.reading(at: queue.now) >= timer.due else { return arm(timer) }
        wallTimers[timer.number] = nil
        submit { if !timer.isCanceled { timer.body() } }
    }

    private func rearmWallTimers() {
        guard isAlive else { return }
        for timer in wallTimers.values.sorted(by: { $0.number < $1.number }) { arm(timer) }
    }
}

/// What dead processes leave behind. The end of a continuation that nobody resumes would be taken for a mistake, so
/// it is kept until the end of the program.
enum Graveyard {
    private final class Grave {
        let content: Any

        init(_ content: Any) { self.content = content }
    }

    static func keep(_ content: Any) { _ = Unmanaged.passRetained(Grave(content)) }
}

extension Duration {
    /// Rounded up, so that what waits for it is never early; bounded to some thousand years.
    var inMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        guard abs(seconds) < 1 << 40 else { return seconds < 0 ? -(1 << 60) : 1 << 60 }
        let rest = attoseconds / 1_000_000_000_000
        return seconds * 1_000_000 + rest + (attoseconds % 1_000_000_000_000 > 0 ? 1 : 0)
    }
}

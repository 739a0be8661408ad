import Glibc
package import Primitives
import LoopSupport
import RPCProtocol

/// The loop of one incarnation of a process. Once it is dead nothing that it left behind runs any more.
// Touched by the one thread of its stage only.
package final class StageLoop: ServiceLoop, SerialExecutor, TaskExecutor, @unchecked Sendable {
    let stage: Stage
    private let thread = pthread_self()
    private(set) var isAlive = true
    /// After the run: what the dead left behind runs to its end, so that its memory goes.
    private var isBuried = false
    /// Calls of the dead, which go nowhere until then.
    var strayCalls: [UnsafeContinuation<Void, Never>] = []
    private var jobs: [UnownedJob] = []
    private var bodies: [@Sendable () -> Void] = []
    private var tickEnds: [@Sendable () -> Void] = []
    private var isScheduled = false
    private var isRunning = false
    /// Asked after each piece of work: true when the process has died in it.
    var hasDied: () -> Bool = { false }
    /// Calls of others that wait for an answer of this process.
    var flights: [Int: Flight] = [:]
    var flightCount = 0
    /// Streams of others that this process reads.
    var readings: [Flight] = []

    package init(_ stage: Stage) { self.stage = stage }

    package var executor: any SerialExecutor { self }
    package func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }
    package func asUnownedTaskExecutor() -> UnownedTaskExecutor { UnownedTaskExecutor(ordinary: self) }
    package func checkIsolated() { precondition(isRunning, "what belongs to a loop is run elsewhere") }

    package func enqueue(_ job: consuming ExecutorJob) {
        precondition(pthread_equal(thread, pthread_self()) != 0, "work comes from another thread")
        jobs.append(UnownedJob(job))
        wake()
    }

    func submit(_ body: @escaping @Sendable () -> Void) {
        bodies.append(body)
        wake()
    }

    package func atEndOfTick(_ body: @escaping @Sendable () -> Void) {
        tickEnds.append(body)
        wake()
    }

    @discardableResult
    package func spawn(_ body: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        Task(executorPreference: self) { await body() }
    }

    package func after(_ delay: Duration, _ body: @escaping @Sendable () -> Void) -> any LoopTimer {
        at(stage.now.advanced(by: delay), body)
    }

    package func at(_ time: Timestamp, _ body: @escaping @Sendable () -> Void) -> any LoopTimer {
        let timer = StageTimer(stage)
        timer.number = stage.arm(max(time, stage.now)) { [weak self] in
            self?.submit { if !timer.isCanceled { body() } }
        }
        return timer
    }

    /// The process is dead; who waits for its answers learns that the connection is gone.
    func die() {
        guard isAlive else { return }
        isAlive = false
        let lost = flights.sorted { $0.key < $1.key }
        flights = [:]
        for (_, flight) in lost { flight.reply.finish(.failure(.lost("the process died"))) }
        // Whoever served a stream to this one sees the connection end.
        for flight in readings { flight.task?.cancel() }
        readings = []
    }

    private func wake() {
        guard isAlive, !isScheduled else { return }
        isScheduled = true
        stage.wake(self)
    }

    /// From now on `turn` runs what is there, although the process is dead.
    func bury() {
        isBuried = true
        let stray = strayCalls
        strayCalls = []
        for call in stray { call.resume() }
    }

    var hasWork: Bool { !(jobs.isEmpty && bodies.isEmpty && tickEnds.isEmpty) }

    func turn() {
        isRunning = true
        defer { isRunning = false }
        while isAlive || isBuried, hasWork {
            if !jobs.isEmpty {
                jobs.removeFirst().runSynchronously(
                    isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
            } else if !bodies.isEmpty {
                bodies.removeFirst()()
            } else {
                tickEnds.removeFirst()()
            }
            // What is left then runs only when it is buried.
            if !isBuried, hasDied() { return }
        }
        isScheduled = false
    }
}

private final class StageTimer: LoopTimer, @unchecked Sendable { // as its stage
    private weak var stage: Stage?
    var number = 0
    private(set) var isCanceled = false

    init(_ stage: Stage) { self.stage = stage }

    func cancel() {
        isCanceled = true
        stage?.disarm(number)
    }
}

package import NIOCore
import Synchronization

/// Runs actors and tasks on an event loop, and divides each turn of the loop into parts.
///
/// A turn: channels are read, then jobs run until none is left, then what asked for the end of the tick (a
/// commit of all that was staged), then what these have woken, and last the replies are written, once for
/// each connection. NIO's own executor wraps loops as serial executors only, and its turns have no end to
/// commit at.
package final class LoopExecutor: SerialExecutor, TaskExecutor {
    package let eventLoop: any EventLoop
    private let turn = Mutex(Turn())

    fileprivate struct Turn {
        var jobs: [UnownedJob] = []
        var tickEnds: [@Sendable () -> Void] = []
        var writes: [@Sendable () -> Void] = []
        var isScheduled = false

        /// True when the caller must schedule the turn.
        mutating func wake() -> Bool {
            defer { isScheduled = true }
            return !isScheduled
        }
    }

    package init(_ eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustSchedule = turn.withLock { turn in
            turn.jobs.append(job)
            return turn.wake()
        }
        if mustSchedule { schedule() }
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }
    package func asUnownedTaskExecutor() -> UnownedTaskExecutor { UnownedTaskExecutor(ordinary: self) }
    package func checkIsolated() { eventLoop.preconditionInEventLoop() }

    /// Runs `body` when no job is ready: the place to commit what the jobs of this turn have staged.
    package func atEndOfTick(_ body: @escaping @Sendable () -> Void) {
        let mustSchedule = turn.withLock { turn in
            turn.tickEnds.append(body)
            return turn.wake()
        }
        if mustSchedule { schedule() }
    }

    /// Runs `body` after the ends of the tick and all that they woke: the place to write to sockets.
    func afterTick(_ body: @escaping @Sendable () -> Void) {
        let mustSchedule = turn.withLock { turn in
            turn.writes.append(body)
            return turn.wake()
        }
        if mustSchedule { schedule() }
    }

    /// Starts a task that runs on the loop.
    @discardableResult
    package func spawn(_ body: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        Task(executorPreference: self) { await body() }
    }

    /// At once when called on the loop.
    package func run(_ body: @escaping @Sendable () -> Void) {
        if eventLoop.inEventLoop { body() } else { eventLoop.execute(body) }
    }

    private func schedule() { eventLoop.execute { self.runTurn() } }

    private func runTurn() {
        while true {
            switch turn.withLock({ $0.next() }) {
            case .jobs(let jobs):
                for job in jobs {
                    job.runSynchronously(
                        isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
                }
            case .bodies(let bodies): for body in bodies { body() }
            case .over: return
            }
        }
    }
}

extension LoopExecutor.Turn {
    fileprivate enum Part {
        case jobs([UnownedJob])
        case bodies([@Sendable () -> Void])
        case over
    }

    fileprivate mutating func next() -> Part {
        if !jobs.isEmpty {
            defer { jobs = [] }
            return .jobs(jobs)
        }
        if !tickEnds.isEmpty {
            defer { tickEnds = [] }
            return .bodies(tickEnds)
        }
        if !writes.isEmpty {
            defer { writes = [] }
            return .bodies(writes)
        }
        isScheduled = false
        return .over
    }
}

import Dispatch
package import Primitives
import Synchronization

/// The loop of a test: one thing at a time as on a service's own, with a clock that only the test moves.
///
/// A turn is the same as in production: jobs until none is ready, then what asked for the end of the tick.
package final class TestLoop: ServiceLoop, SerialExecutor, TaskExecutor {
    private let queue = DispatchQueue(label: "test loop")
    private let state: Mutex<State>

    private struct State {
        var now: Timestamp
        var jobs: [UnownedJob] = []
        var tickEnds: [@Sendable () -> Void] = []
        var isScheduled = false
        var timers: [Int: (due: Timestamp, body: @Sendable () -> Void)] = [:]
        var timersMade = 0
        var facts: [(holds: @Sendable () -> Bool, waiter: CheckedContinuation<Void, Never>)] = []
        var asksAgain = false

        /// True when the caller must schedule the turn.
        mutating func wake() -> Bool {
            defer { isScheduled = true }
            return !isScheduled
        }
    }

    package init(now: Timestamp = Timestamp(rfc3339: "2026-11-23T09:30:00Z") ?? Timestamp(microseconds: 0)) {
        state = Mutex(State(now: now))
    }

    package var executor: any SerialExecutor { self }

    /// What both clocks of this loop show.
    package var now: Timestamp { state.withLock { $0.now } }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        wake { $0.jobs.append(job) }
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }
    package func asUnownedTaskExecutor() -> UnownedTaskExecutor { UnownedTaskExecutor(ordinary: self) }
    package func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }

    package func atEndOfTick(_ body: @escaping @Sendable () -> Void) { wake { $0.tickEnds.append(body) } }

    package func after(_ delay: Duration, _ body: @escaping @Sendable () -> Void) -> any LoopTimer {
        at(now.advanced(by: delay), body)
    }

    package func at(_ time: Timestamp, _ body: @escaping @Sendable () -> Void) -> any LoopTimer {
        let (number, isDue) = state.withLock { state in
            state.timersMade += 1
            state.timers[state.timersMade] = (time, body)
            return (state.timersMade, time <= state.now)
        }
        if isDue { queue.async { self.fireDueTimers() } }
        return Armed(number: number, loop: self)
    }

    @discardableResult
    package func spawn(_ body: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        Task(executorPreference: self) { await body() }
    }

    private struct Armed: LoopTimer {
        let number: Int
        let loop: TestLoop

        func cancel() { loop.state.withLock { _ = $0.timers.removeValue(forKey: number) } }
    }
}

extension TestLoop {
    private func wake(_ edit: (inout sending State) -> Void) {
        let mustSchedule = state.withLock { state in
            edit(&state)
            return state.wake()
        }
        if mustSchedule { queue.async { self.runTurn() } }
    }

    private func runTurn() {
        while true {
            let (jobs, ends) = state.withLock { state -> ([UnownedJob], [@Sendable () -> Void]) in
                if !state.jobs.isEmpty {
                    defer { state.jobs = [] }
                    return (state.jobs, [])
                }
                defer { state.tickEnds = [] }
                if state.tickEnds.isEmpty { state.isScheduled = false }
                return ([], state.tickEnds)
            }
            if jobs.isEmpty, ends.isEmpty { return tellFacts() }
            for job in jobs {
                job.runSynchronously(
                    isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
            }
            for end in ends { end() }
        }
    }

    private func tellFacts() {
        let asked = state.withLock { state in
            defer { state.facts = [] }
            return state.facts
        }
        for fact in asked {
            if fact.holds() { fact.waiter.resume() } else { state.withLock { $0.facts.append(fact) } }
        }
        askAgain()
    }

    /// A fact can come true by another thread's doing, behind the last turn.
    private func askAgain() {
        let mustSchedule = state.withLock { state in
            guard !state.facts.isEmpty, !state.asksAgain else { return false }
            state.asksAgain = true
            return true
        }
        guard mustSchedule else { return }
        queue.asyncAfter(deadline: .now() + .milliseconds(5)) {
            self.state.withLock { $0.asksAgain = false }
            self.tellFacts()
        }
    }

    private func fireDueTimers() {
        let due = state.withLock { state in
            let now = state.now
            let due = state.timers.filter { $0.value.due <= now }.sorted {
                ($0.value.due, $0.key) < ($1.value.due, $1.key)
            }
            for timer in due { state.timers[timer.key] = nil }
            return due
        }
        for timer in due { timer.value.body() }
    }
}

/// What a test does with its loop.
extension TestLoop {
    /// Returns once `holds` is true. It is asked on the loop: now, after each turn, and now and then.
    package func until(_ holds: @escaping @Sendable () -> Bool) async {
        await withCheckedContinuation { waiter in
            wake { $0.facts.append((holds, waiter)) }
        }
    }

    /// Runs `body` on the loop, between turns.
    package func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { waiter in
            queue.async { waiter.resume(with: Result { try body() }) }
        }
    }

    /// Moves both clocks and fires what has come due, in the order of the times; returns after the turn that followed.
    package func advance(by duration: Duration) async {
        await withCheckedContinuation { waiter in
            queue.async {
                self.state.withLock { $0.now = $0.now.advanced(by: duration) }
                self.fireDueTimers()
                self.runTurn()
                waiter.resume()
            }
        }
    }

    /// How long each armed timer has still to go, the next one first.
    package var armed: [Duration] {
        state.withLock { state in
            let now = state.now
            return state.timers.values.map { now.duration(to: $0.due) }.sorted()
        }
    }
}

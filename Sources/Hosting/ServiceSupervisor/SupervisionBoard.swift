import CSupervisor
import Glibc
import Synchronization

/// What the supervisor's thread and its callers share: how the services are, what is asked, and who waits.
final class SupervisionBoard: Sendable {
    enum Command: Sendable {
        case stop(grace: Duration)
        case reload
        case restart(String)
        case setEnvironment(service: String, name: String, value: String?)
    }

    typealias Predicate = @Sendable ([String: ProcessStatus]) -> Bool
    private typealias Outcome = Result<Void, SupervisorFault>

    private struct Waiter {
        let id: Int
        let deadline: SuspendingClock.Instant
        let timeout: Duration
        let predicate: Predicate
        let continuation: CheckedContinuation<Outcome, Never>
    }

    private struct Shared {
        var statuses: [String: ProcessStatus]
        var commands: [Command] = []
        var waiters: [Waiter] = []
        var waitersEver = 0
        var canceled: Set<Int> = []
        var hasEnded = false
        var endWaiters: [CheckedContinuation<Void, Never>] = []

        var text: String {
            statuses.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: "; ")
        }
    }

    private let shared: Mutex<Shared>
    /// Readable when somebody wants the thread's attention.
    let wakeUp: OwnedDescriptor
    private let waking: OwnedDescriptor

    init(services: [String]) throws(SupervisorFault) {
        let (reading, writing) = try OwnedDescriptor.pipe()
        wakeUp = reading
        waking = writing
        shared = Mutex(
            Shared(statuses: Dictionary(uniqueKeysWithValues: services.map { ($0, ProcessStatus()) })))
    }

    var statuses: [String: ProcessStatus] { shared.withLock { $0.statuses } }

    func post(_ command: Command) {
        shared.withLock { $0.commands.append(command) }
        wake()
    }

    private func wake() {
        var byte: UInt8 = 1
        _ = write(waking.number, &byte, 1)
    }

    /// Kills under the lock that also guards reaping, so a pid is never another process's.
    func kill(_ services: [String], _ signal: Int32) -> [String: Int32] {
        shared.withLock { shared in
            var hit: [String: Int32] = [:]
            for service in services {
                guard let pid = shared.statuses[service]?.pid, Glibc.kill(pid, signal) == 0 else { continue }
                hit[service] = pid
            }
            return hit
        }
    }

    func waitUntilEnded() async {
        await withCheckedContinuation { continuation in
            let hasEnded = shared.withLock { shared in
                if !shared.hasEnded { shared.endWaiters.append(continuation) }
                return shared.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
    }

    func wait(timeout: Duration, until predicate: @escaping Predicate) async throws(SupervisorFault) {
        let id = shared.withLock { shared in
            shared.waitersEver += 1
            return shared.waitersEver
        }
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Outcome, Never>) in
                add(
                    Waiter(
                        id: id, deadline: .now.advanced(by: timeout), timeout: timeout, predicate: predicate,
                        continuation: continuation))
            }
        } onCancel: {
            cancel(id)
        }
        try outcome.get()
    }

    private func add(_ waiter: Waiter) {
        let outcome: Outcome? = shared.withLock { shared in
            if shared.canceled.remove(waiter.id) != nil { return .failure(.canceled) }
            if waiter.predicate(shared.statuses) { return .success(()) }
            if shared.hasEnded { return .failure(.stopped(last: shared.text)) }
            shared.waiters.append(waiter)
            return nil
        }
        // The thread must wake in time for the deadline.
        if let outcome { waiter.continuation.resume(returning: outcome) } else { wake() }
    }

    private func cancel(_ id: Int) {
        let waiter = shared.withLock { shared -> Waiter? in
            if let index = shared.waiters.firstIndex(where: { $0.id == id }) {
                return shared.waiters.remove(at: index)
            }
            shared.canceled.insert(id)
            return nil
        }
        waiter?.continuation.resume(returning: .failure(.canceled))
    }
}

// What only the supervisor's thread calls.
extension SupervisionBoard {
    func takeCommands() -> [Command] {
        var buffer: [UInt8] = Array(repeating: 0, count: 256)
        while read(wakeUp.number, &buffer, buffer.count) > 0 {}
        return shared.withLock { shared in
            defer { shared.commands = [] }
            return shared.commands
        }
    }

    /// Changes a service's status; the waiters are asked by `answerWaiters`.
    func update(_ service: String, _ change: (inout ProcessStatus) -> Void) {
        shared.withLock { shared in change(&shared.statuses[service, default: ProcessStatus()]) }
    }

    /// Takes the exit status of a process that has ended, and with it its pid out of reach.
    func reap(_ service: String, pid: Int32) -> Int32 {
        shared.withLock { shared in
            var status: Int32 = 0
            while waitpid(pid, &status, 0) < 0, errno == EINTR {}
            shared.statuses[service]?.pid = nil
            return status
        }
    }

    /// Resumes those whose predicate holds or whose time is up. Returns the next deadline.
    func answerWaiters() -> SuspendingClock.Instant? {
        let now = SuspendingClock.now
        var answered: [(Waiter, Outcome)] = []
        let next = shared.withLock { shared in
            shared.waiters = shared.waiters.filter { waiter in
                if waiter.predicate(shared.statuses) {
                    answered.append((waiter, .success(())))
                } else if waiter.deadline <= now {
                    answered.append((waiter, .failure(.timedOut(after: waiter.timeout, last: shared.text))))
                } else {
                    return true
                }
                return false
            }
            return shared.waiters.map(\.deadline).min()
        }
        for (waiter, outcome) in answered { waiter.continuation.resume(returning: outcome) }
        return next
    }

    /// Everything has ended: whoever still waits learns it.
    func end() {
        _ = answerWaiters()
        let (waiters, endWaiters, text) = shared.withLock { shared in
            shared.hasEnded = true
            defer { (shared.waiters, shared.endWaiters) = ([], []) }
            return (shared.waiters, shared.endWaiters, shared.text)
        }
        for waiter in waiters { waiter.continuation.resume(returning: .failure(.stopped(last: text))) }
        for waiter in endWaiters { waiter.resume() }
    }
}

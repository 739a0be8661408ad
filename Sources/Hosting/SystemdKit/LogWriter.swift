import Glibc
import Logging

/// Writes log entries on a thread of its own, in the order they were made.
///
/// An entry costs 45 µs in the journal, more when the disk is slow: the loop that serves does not wait. To
/// wake the thread costs the loop and another processor as much again, so entries are gathered for a moment.
/// Durability: an entry may be lost when the process is killed; `flush()` writes what is pending, and
/// an entry of level critical is written before `write(_:)` returns.
package final class LogWriter: @unchecked Sendable { // all mutable state is guarded by `mutex`
    /// A queue that is full means that the reader of the log hangs; later entries are counted, not kept.
    package static let pendingEntriesMax = 8192
    /// Too short for whoever reads the log to see. Units: nanoseconds.
    private static let gatheredFor = 20_000_000

    private let emit: @Sendable ([LogRecord]) -> Void
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let somethingPending: UnsafeMutablePointer<pthread_cond_t>
    private let everythingWritten: UnsafeMutablePointer<pthread_cond_t>
    private let somebodyWaits: UnsafeMutablePointer<pthread_cond_t>
    private var waitersCount = 0
    private var pending: [LogRecord] = []
    private var dropped = 0
    /// From the moment the thread was woken until nothing is pending.
    private var isAtWork = false
    private var hasThread = false

    /// - Parameter emit: writes one entry; it is called on the writer's thread, one entry after the other.
    package convenience init(emit: @escaping @Sendable (LogRecord) -> Void) {
        self.init(batches: { for record in $0 { emit(record) } })
    }

    /// - Parameter emit: writes entries in their order; it is called on the writer's thread.
    package static func ofBatches(_ emit: @escaping @Sendable ([LogRecord]) -> Void) -> LogWriter {
        LogWriter(batches: emit)
    }

    private init(batches emit: @escaping @Sendable ([LogRecord]) -> Void) {
        self.emit = emit
        mutex = .allocate(capacity: 1)
        somethingPending = .allocate(capacity: 1)
        everythingWritten = .allocate(capacity: 1)
        somebodyWaits = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(somethingPending, nil)
        pthread_cond_init(everythingWritten, nil)
        pthread_cond_init(somebodyWaits, nil)
    }

    package func write(_ record: LogRecord) {
        pthread_mutex_lock(mutex)
        if pending.count < Self.pendingEntriesMax { pending.append(record) } else { dropped += 1 }
        if !hasThread {
            hasThread = startThread()
            // Without a thread (the limit of tasks is reached) the log is written here.
            guard hasThread else {
                writePending()
                pthread_mutex_unlock(mutex)
                return
            }
        }
        // A writer at work looks again by itself.
        if !isAtWork {
            isAtWork = true
            pthread_cond_signal(somethingPending)
        }
        pthread_mutex_unlock(mutex)
        if record.level == .critical { flush() }
    }

    /// Waits until everything that was logged so far is written, for a second at most.
    package func flush() {
        var deadline = timespec()
        clock_gettime(CLOCK_REALTIME, &deadline)
        deadline.tv_sec += 1
        pthread_mutex_lock(mutex)
        waitersCount += 1
        pthread_cond_signal(somebodyWaits)
        while isAtWork || !pending.isEmpty {
            if pthread_cond_timedwait(everythingWritten, mutex, &deadline) != 0 { break }
        }
        waitersCount -= 1
        pthread_mutex_unlock(mutex)
    }

    /// Starts the thread, with all signals blocked: they are for the threads of the service.
    private func startThread() -> Bool {
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        var thread = pthread_t()
        // The thread lives as long as the process and keeps the writer alive.
        let writer = Unmanaged.passRetained(self)
        let failure = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<LogWriter>.fromOpaque(argument).takeRetainedValue().run()
            }, writer.toOpaque())
        if failure != 0 {
            writer.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    private func run() -> Never {
        pthread_mutex_lock(mutex)
        while true {
            while pending.isEmpty { pthread_cond_wait(somethingPending, mutex) }
            gather()
            writePending()
        }
    }

    /// Lets more entries come, unless somebody waits for them to be written. Called with the mutex locked.
    private func gather() {
        var end = timespec()
        clock_gettime(CLOCK_REALTIME, &end)
        end.tv_nsec += Self.gatheredFor
        if end.tv_nsec >= 1_000_000_000 {
            end.tv_nsec -= 1_000_000_000
            end.tv_sec += 1
        }
        while waitersCount == 0, pending.count < Self.pendingEntriesMax / 2 {
            if pthread_cond_timedwait(somebodyWaits, mutex, &end) != 0 { return }
        }
    }

    /// Called with the mutex locked; unlocks it while it writes.
    private func writePending() {
        isAtWork = true
        while !pending.isEmpty {
            let batch = pending
            let lost = dropped
            pending = []
            dropped = 0
            pthread_mutex_unlock(mutex)
            emit(batch)
            if lost > 0, let last = batch.last { emit([.lost(lost, after: last)]) }
            pthread_mutex_lock(mutex)
        }
        isAtWork = false
        pthread_cond_broadcast(everythingWritten)
    }
}

extension LogRecord {
    fileprivate static func lost(_ count: Int, after record: LogRecord) -> LogRecord {
        var notice = record
        notice.level = .warning
        notice.messageID = nil
        notice.message = "\(count) log entries were dropped: the log is slower than the service"
        notice.fields = [(key: "dropped", value: "\(count)")]
        return notice
    }
}

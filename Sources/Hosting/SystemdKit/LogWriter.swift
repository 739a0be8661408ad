import Glibc
import Logging

/// Writes log entries on a thread of its own, in the order they were made.
///
/// An entry costs 45 µs in the journal, more when the disk is slow: the loop that serves does not wait.
/// Durability: an entry may be lost when the process is killed; `flush()` writes what is pending, and
/// an entry of level critical is written before `write(_:)` returns.
package final class LogWriter: @unchecked Sendable { // all mutable state is guarded by `mutex`
    /// A queue that is full means that the reader of the log hangs; later entries are counted, not kept.
    package static let pendingEntriesMax = 8192

    private let emit: @Sendable (LogRecord) -> Void
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let somethingPending: UnsafeMutablePointer<pthread_cond_t>
    private let everythingWritten: UnsafeMutablePointer<pthread_cond_t>
    private var pending: [LogRecord] = []
    private var dropped = 0
    private var isWriting = false
    private var hasThread = false

    /// - Parameter emit: writes one entry; it is called on the writer's thread, one entry after the other.
    package init(emit: @escaping @Sendable (LogRecord) -> Void) {
        self.emit = emit
        mutex = .allocate(capacity: 1)
        somethingPending = .allocate(capacity: 1)
        everythingWritten = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(somethingPending, nil)
        pthread_cond_init(everythingWritten, nil)
    }

    package func write(_ record: LogRecord) {
        pthread_mutex_lock(mutex)
        if pending.count < Self.pendingEntriesMax { pending.append(record) } else { dropped += 1 }
        if !hasThread {
            hasThread = startThread()
            // Without a thread (the limit of tasks is reached) the log is written here.
            if !hasThread { writePending() }
        }
        // A writer at work looks again by itself.
        if !isWriting { pthread_cond_signal(somethingPending) }
        pthread_mutex_unlock(mutex)
        if record.level == .critical { flush() }
    }

    /// Waits until everything that was logged so far is written, for a second at most.
    package func flush() {
        var deadline = timespec()
        clock_gettime(CLOCK_REALTIME, &deadline)
        deadline.tv_sec += 1
        pthread_mutex_lock(mutex)
        while isWriting || !pending.isEmpty {
            if pthread_cond_timedwait(everythingWritten, mutex, &deadline) != 0 { break }
        }
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
            writePending()
        }
    }

    /// Called with the mutex locked; unlocks it while it writes.
    private func writePending() {
        isWriting = true
        while !pending.isEmpty {
            let batch = pending
            let lost = dropped
            pending = []
            dropped = 0
            pthread_mutex_unlock(mutex)
            for record in batch { emit(record) }
            if lost > 0, let last = batch.last { emit(.lost(lost, after: last)) }
            pthread_mutex_lock(mutex)
        }
        isWriting = false
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

package import GRDB
package import Primitives
package import RPCProtocol
import Synchronization

/// The one writer of a service's database: what is asked for during one tick of the loop is committed as one.
///
/// Durability: a write that returned is on disk. Until then nobody has seen it: reads run between commits.
package actor GroupCommit {
    private let queue: DatabaseQueue
    private let loop: any ServiceLoop
    private let onFault: @Sendable (String, _ isFatal: Bool) -> Void
    private var jobs: [any CommitJob] = []
    private var isScheduled = false
    private nonisolated let members = Mutex<[any CommitMember]>([])

    private nonisolated let committed = Atomic<Int64>(0)

    /// Commits that changed something, each of them one sync of the disk.
    package nonisolated var commits: Int64 { committed.load(ordering: .relaxed) }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

    /// - Parameter onFault: told of each failed commit; fatal when the disk refused a sync, after which
    ///   nothing that is in memory may be trusted and the process must start again from the disk.
    package init(
        _ queue: DatabaseQueue, loop: any ServiceLoop,
        onFault: @escaping @Sendable (String, _ isFatal: Bool) -> Void
    ) {
        self.queue = queue
        self.loop = loop
        self.onFault = onFault
    }

    /// From now on `member` takes part in every commit.
    package nonisolated func add(_ member: any CommitMember) { members.withLock { $0.append(member) } }

    /// Runs `body` inside the next commit and returns once that is on disk.
    ///
    /// It may be run twice, where another job of the same commit refuses late: what it does outside of the
    /// database and of the members must bear that.
    ///
    /// Throws: what `body` throws as an RPCError, and then nothing of `body` is kept while others in the same
    /// commit are; `ServiceUnavailable` (retryable) when the database can't be written, and then nothing of
    /// the commit is kept.
    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(RPCError) -> Value {
        let result = await withCheckedContinuation { continuation in
            jobs.append(Job(body: body, continuation: continuation))
            schedule()
        }
        return try result.get()
    }

    /// Reads what is committed; called on the loop, where no commit is under way.
    package nonisolated func read<Value>(_ body: (Database) throws -> Value) throws(RPCError) -> Value {
        do { return try queue.unsafeRead(body) } catch { throw Self.rpcError(error, path: queue.path) }
    }

    /// Shows the commits as `fnf_commits_total`.
    package nonisolated func report(to metrics: MetricSet) {
        let about = "Commits to the service's database, each of them one sync"
        metrics.gauge("fnf_commits_total", about) { self.commits }
        metrics.declare("fnf_commits_total", about)
    }

    private func schedule() {
        guard !isScheduled else { return }
        isScheduled = true
        loop.atEndOfTick { self.assumeIsolated { $0.flush() } }
    }

    private func flush() {
        isScheduled = false
        let batch = jobs
        jobs = []
        guard !batch.isEmpty else { return }
        let members = members.withLock { $0 }
        do {
            let hasChanged = try queue.writeWithoutTransaction { db in
                try CommitTransaction(db: db, members: members).commit(batch)
            }
            if hasChanged { committed.add(1, ordering: .relaxed) }
            for job in batch { job.finish(nil) }
        } catch {
            let failure = Self.rpcError(error, path: queue.path)
            let code = (error as? DatabaseError)?.extendedResultCode
            onFault(failure.message, code == .SQLITE_IOERR_FSYNC || code == .SQLITE_IOERR_DIR_FSYNC)
            for job in batch { job.finish(failure) }
        }
    }

    static func rpcError(_ error: any Error, path: String) -> RPCError {
        if let error = error as? RPCError { return error }
        return .unavailable(
            "the database \(path) can't be used (\(error)); nothing was changed; "
                + "look at free space and permissions there, then try again")
    }
}

/// One write that waits for its commit. Touched only by the group commit that holds it, hence unchecked.
private final class Job<Value: Sendable>: CommitJob, @unchecked Sendable {
    private let body: @Sendable (Database) throws -> Value
    private let continuation: CheckedContinuation<Result<Value, RPCError>, Never>
    private var result: Result<Value, RPCError>?

    init(
        body: @escaping @Sendable (Database) throws -> Value,
        continuation: CheckedContinuation<Result<Value, RPCError>, Never>
    ) {
        self.body = body
        self.continuation = continuation
    }

    func run(_ db: Database) throws { result = .success(try body(db)) }

    func refuse(_ error: RPCError) { result = .failure(error) }

    func finish(_ failure: RPCError?) {
        if let failure {
            continuation.resume(returning: .failure(failure))
        } else if let result {
            continuation.resume(returning: result)
        } else {
            preconditionFailure("a committed job has a result")
        }
    }
}

extension DatabaseQueue {
    /// A read without a transaction of its own: one connection, and no commit is under way between ticks.
    fileprivate func unsafeRead<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try writeWithoutTransaction(body)
    }
}

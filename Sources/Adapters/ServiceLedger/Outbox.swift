package import GRDB
package import Primitives
package import RPCProtocol
import SQLiteStatements

/// Sends what committed changes promised, at least once, until each message is answered for good.
///
/// Durability: a message lives in the database from the commit that promised it to the commit that handles
/// its answer.
package actor Outbox {
    /// Decides whether an error ends the message; by default errors that may pass are tried again.
    package typealias IsFinal = @Sendable (OutboxMessage, RPCError) -> Bool
    /// Runs on the loop once the answer is on disk.
    package typealias AfterCommit = @Sendable () async -> Void
    /// Handles the answer in the transaction that removes the message.
    package typealias OnAnswer = @Sendable (Database, OutboxMessage, OutboxAnswer) throws -> AfterCommit

    /// Bounds memory when a peer is down for long; the rest waits on disk.
    static let loadedMax = 4096

    private let store: GroupCommit
    private let loop: any ServiceLoop
    private let world: any World
    private let callers: [String: any RPCCaller]
    private let isFinal: IsFinal
    private let onAnswer: OnAnswer
    private let onTrouble: @Sendable (OutboxMessage, String) -> Void

    private var lanes: [String: OutboxLane] = [:]
    private var loaded: Set<Int64> = []
    private var lastLoaded: Int64 = 0
    private var attempts: [Int64: Int] = [:]
    private var troublesTold: [Int64: String] = [:]
    private var waiters: [Int64: [CheckedContinuation<Void, Never>]] = [:]
    private var isStopped = false
    private var mayHoldMore = true

    package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

    /// - Parameter world: where the chance in its pauses comes from.
    package init(
        _ store: GroupCommit, loop: any ServiceLoop, world: any World = LiveWorld(),
        callers: [String: any RPCCaller], isFinal: @escaping IsFinal = Outbox.endsMessage,
        onTrouble: @escaping @Sendable (OutboxMessage, String) -> Void = { _, _ in },
        onAnswer: @escaping OnAnswer
    ) {
        self.store = store
        self.loop = loop
        self.world = world
        self.callers = callers
        self.isFinal = isFinal
        self.onTrouble = onTrouble
        self.onAnswer = onAnswer
    }

    static func registerMigrations(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("outbox-1") { db in
            try db.execute(
                sql: """
                    CREATE TABLE outbox (
                      id INTEGER PRIMARY KEY AUTOINCREMENT, target TEXT NOT NULL, method TEXT NOT NULL,
                      params TEXT NOT NULL, idempotency_key TEXT NOT NULL, subject TEXT NOT NULL,
                      labels TEXT NOT NULL, created INTEGER NOT NULL
                    ) STRICT;
                    """)
        }
    }

    /// Errors that time or an administrator can mend are tried again; all others end the message.
    package static let endsMessage: IsFinal = { _, error in
        let mendable: Set<RPCErrorName> = [
            .internalFault, .methodNotFound, .accessDenied, .deadlineExceeded, .canceled, .resourceThrottled,
            .serviceUnavailable, .resultTooLarge,
        ]
        return !error.retryable && !mendable.contains(error.name)
    }

    /// Sends what is on disk and not yet under way; called at start.
    package func wake() {
        mayHoldMore = true
        pump()
    }

    /// Sends what a commit has just enqueued; it is not read again where all before it is under way.
    package func send(_ fresh: [OutboxMessage]) {
        for message in fresh where message.id > lastLoaded {
            if !mayHoldMore, message.id == lastLoaded + 1, loaded.count < Self.loadedMax {
                take(message)
            } else {
                mayHoldMore = true
            }
        }
        pump()
    }

    package func stop() { isStopped = true }

    /// Returns when the message was answered for good and the answer is on disk; at once when it is no longer
    /// there.
    package func confirmed(_ id: Int64) async throws(RPCError) {
        let isThere = try store.read { db in
            try db.first("SELECT 1 FROM outbox WHERE id = ?", { $0.set(1, id) }) { _ in true }
        }
        guard isThere != nil else { return }
        await withCheckedContinuation { waiters[id, default: []].append($0) }
    }

    package var count: Int {
        get throws(RPCError) {
            try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM outbox") ?? 0 }
        }
    }

    /// What keeps each peer's messages waiting, by the peer's name.
    package var troubles: [String: String] { lanes.compactMapValues(\.trouble) }

    /// Why a peer gives no answers at all, by the peer's name.
    package var unreachable: [String: String] { lanes.compactMapValues(\.unreachable) }

    private func pump() {
        guard !isStopped else { return }
        load()
        for target in Array(lanes.keys) {
            for message in lanes[target]?.takeSendable() ?? [] {
                loop.spawn { await self.send(message) }
            }
        }
    }

    private func load() {
        guard mayHoldMore, loaded.count < Self.loadedMax else { return }
        let limit = Self.loadedMax - loaded.count
        let after = lastLoaded
        guard let messages = try? store.read({ try OutboxMessage.load($0, after: after, limit: limit) })
        else { return }
        mayHoldMore = messages.count == limit
        for message in messages { take(message) }
    }

    private func take(_ message: OutboxMessage) {
        lastLoaded = message.id
        loaded.insert(message.id)
        lanes[message.target, default: OutboxLane()].add(message)
    }

    private func send(_ message: OutboxMessage) async {
        guard let caller = callers[message.target] else {
            preconditionFailure("the outbox has no caller for \(message.target)")
        }
        let meta = RPCMeta(idempotencyKey: message.idempotencyKey, labels: message.labels)
        let afterwards: AfterCommit?
        do throws(RPCFailure) {
            let answer = try await caller.call(message.method, message.params, meta: meta)
            afterwards = await handle(message, .result(answer))
        } catch {
            afterwards = await failed(message, error)
        }
        pump()
        await afterwards?()
    }

    private func failed(_ message: OutboxMessage, _ failure: RPCFailure) async -> AfterCommit? {
        guard !isStopped else { return nil }
        guard let error = failure.answer else {
            tell(message, failure.description)
            attempts[message.id, default: 0] += 1
            guard let delay = lanes[message.target]?.unanswered(message, failure.description) else {
                return nil
            }
            after(delay) { $0.lanes[message.target]?.unpause() }
            return nil
        }
        if isFinal(message, error) { return await handle(message, .refused(error)) }
        postpone(message, error.description)
        return nil
    }

    private func postpone(_ message: OutboxMessage, _ reason: String) {
        tell(message, reason)
        attempts[message.id, default: 0] += 1
        lanes[message.target]?.postponed(message, reason)
        after(OutboxLane.backoff(after: attempts[message.id] ?? 1)) {
            $0.lanes[message.target]?.resumed(message)
        }
    }

    /// Once for each reason in a row: a peer that comes up may have another.
    private func tell(_ message: OutboxMessage, _ reason: String) {
        guard troublesTold.updateValue(reason, forKey: message.id) != reason else { return }
        onTrouble(message, reason)
    }

    /// Jitter spreads the retries of many clients over a third of the delay.
    private func after(_ delay: Duration, _ body: @escaping @Sendable (isolated Outbox) -> Void) {
        let jittered = delay * world.fraction(in: 0.7...1)
        _ = loop.after(jittered) {
            self.assumeIsolated { outbox in
                body(outbox)
                outbox.pump()
            }
        }
    }

    private func handle(_ message: OutboxMessage, _ answer: OutboxAnswer) async -> AfterCommit? {
        let afterwards: AfterCommit
        do throws(RPCError) {
            let onAnswer = onAnswer
            afterwards = try await store.write { db in
                let afterwards = try onAnswer(db, message, answer)
                try db.run("DELETE FROM outbox WHERE id = ?", { $0.set(1, message.id) })
                return afterwards
            }
        } catch {
            postpone(message, error.description)
            return nil
        }
        lanes[message.target]?.answered(message)
        loaded.remove(message.id)
        if !attempts.isEmpty { attempts[message.id] = nil }
        if !troublesTold.isEmpty { troublesTold[message.id] = nil }
        for waiter in waiters.removeValue(forKey: message.id) ?? [] { waiter.resume() }
        return afterwards
    }
}

package import FlowEngineAPI
package import Logging
package import Primitives
package import RPCProtocol

/// Follows the engine's feed of executions, and connects again from the item it has come to.
package actor ExecutionFeed {
    /// Makes an item's effect durable; throws when that can't be done now, and the item comes again.
    package typealias Handle = @Sendable (WatchExecutions.Item) async throws(RPCError) -> Void
    /// Asks the engine about every open order, because the feed alone can't be relied on.
    package typealias Reconcile = @Sendable () async throws(RPCFailure) -> Void

    static let backoffFirst = Duration.milliseconds(50)
    static let backoffMax = Duration.seconds(5)
    /// A connection that holds for so long is good: longer than a caller tries to reach its peer.
    static let steadyAfter = Duration.seconds(10)

    private let engine: any RPCCaller
    private let loop: any ServiceLoop
    private let world: any World
    private let logger: Logger
    private let handle: Handle
    private let reconcile: Reconcile

    /// Of the last item that was handled.
    package private(set) var sequence: Int64
    /// Why the feed is not followed just now.
    package private(set) var trouble: String?
    private var mustReconcile: Bool
    private var failures = 0
    private var task: Task<Void, Never>?
    private var pause: (timer: any LoopTimer, waiter: CheckedContinuation<Void, Never>)?
    private var isStopped = false

    package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

    /// - Parameter cursor: nil when it is not known how far the feed was followed.
    /// - Parameter reconcile: nothing for who loses nothing by items that are not told any more.
    package init(
        engine: any RPCCaller, loop: any ServiceLoop, world: any World, logger: Logger, after cursor: Int64?,
        handle: @escaping Handle, reconcile: @escaping Reconcile = { () throws(RPCFailure) in }
    ) {
        self.engine = engine
        self.loop = loop
        self.world = world
        self.logger = logger
        self.handle = handle
        self.reconcile = reconcile
        sequence = cursor ?? 0
        mustReconcile = cursor == nil
    }

    package func start() {
        guard task == nil else { return }
        task = loop.spawn { await self.follow() }
    }

    /// No item is handled after this.
    package func stop() {
        isStopped = true
        task?.cancel()
        pause?.timer.cancel()
        endPause()
    }

    private func follow() async {
        while !isStopped {
            let steady = loop.after(Self.steadyAfter) { self.assumeIsolated { $0.isSteady() } }
            let reason = await attempt()
            steady.cancel()
            guard !isStopped else { return }
            trouble = reason
            failures += 1
            if failures == 5 { logger.warning("the engine's feed can't be followed, trying on: \(reason)") }
            await rest(min(Self.backoffFirst * (1 << min(failures - 1, 10)), Self.backoffMax))
        }
    }

    private func isSteady() {
        trouble = nil
        failures = 0
    }

    /// Returns why it ended.
    private func attempt() async -> String {
        var refused: RPCError?
        do throws(RPCFailure) {
            if mustReconcile { try await reconcile() }
            mustReconcile = false
            let params = WatchExecutions.Params.with { $0.afterSequence = sequence }
            _ = try await engine.stream(WatchExecutions.self, params) { try await self.received($0) }
            return "the engine ended its feed"
        } catch {
            refused = error.answer
            if refused?.name != .invalidArgument { return handlingFault ?? error.description }
        }
        // An engine that was restored from a backup does not know the sequence yet: begin again, which
        // repeats nothing, and ask about what the feed may not tell any more.
        logger.warning("the engine refuses to go on after \(sequence), its feed is read from the beginning")
        sequence = 0
        mustReconcile = true
        return refused?.description ?? ""
    }

    private var handlingFault: String?

    private func received(_ item: WatchExecutions.Item) async throws(RPCError) {
        guard !isStopped else { throw RPCError(.canceled, "the service stops") }
        do { try await handle(item) } catch {
            handlingFault = error.description
            throw error
        }
        handlingFault = nil
        sequence = item.sequence
        isSteady()
    }

    private func rest(_ delay: Duration) async {
        await withCheckedContinuation { waiter in
            let timer = loop.after(delay * world.fraction(in: 0.7...1)) {
                self.assumeIsolated { $0.endPause() }
            }
            pause = (timer, waiter)
        }
    }

    private func endPause() {
        pause?.waiter.resume()
        pause = nil
    }
}

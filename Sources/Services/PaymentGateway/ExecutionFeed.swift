import FlowEngineAPI
import Primitives
import RPCProtocol

/// Follows the engine's feed of starts and ends for as long as the service runs, whatever becomes of the
/// connection.
actor ExecutionFeed {
    typealias Item = WatchExecutions.Item

    private static let backoffFirst = Duration.milliseconds(50)
    private static let backoffMax = Duration.seconds(5)

    private let engine: any RPCCaller
    private let loop: any ServiceLoop
    private let handle: @Sendable (Item) async throws(RPCError) -> Void
    private var task: Task<Void, Never>?
    private var pause: CheckedContinuation<Void, Never>?
    private var cursor: Int64
    private var failures = 0
    private var isStopped = false
    /// Why the feed is not followed just now.
    private(set) var trouble: String?

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

    /// - Parameter handle: called for each item in order; an item it throws for comes again.
    init(
        engine: any RPCCaller, loop: any ServiceLoop, after cursor: Int64,
        handle: @escaping @Sendable (Item) async throws(RPCError) -> Void
    ) {
        self.engine = engine
        self.loop = loop
        self.cursor = cursor
        self.handle = handle
    }

    func start() {
        guard task == nil else { return }
        task = loop.spawn { await self.run() }
    }

    func stop() {
        isStopped = true
        task?.cancel()
        pause?.resume()
        pause = nil
    }

    private func run() async {
        while !isStopped {
            let params = WatchExecutions.Params.with { $0.afterSequence = cursor }
            do throws(RPCFailure) {
                _ = try await engine.stream(WatchExecutions.self, params) { try await self.take($0) }
                trouble = "the feed has ended"
            } catch {
                trouble = error.description
            }
            guard !isStopped else { return }
            failures += 1
            await rest(min(Self.backoffFirst * (1 << min(failures - 1, 10)), Self.backoffMax))
        }
    }

    private func take(_ item: Item) async throws(RPCError) {
        trouble = nil
        try await handle(item)
        failures = 0
        cursor = item.sequence
    }

    private func rest(_ delay: Duration) async {
        await withCheckedContinuation { continuation in
            pause = continuation
            _ = loop.after(delay) { self.assumeIsolated { $0.goOn() } }
        }
    }

    private func goOn() {
        pause?.resume()
        pause = nil
    }
}

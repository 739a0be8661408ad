import NIOCore
import NIOPosix
import Primitives
import RPCTransport
import Testing

/// State that lives on a loop, as the services have it.
private actor Ledger {
    private let executor: LoopExecutor
    private(set) var staged: [Int] = []
    private(set) var commits: [[Int]] = []
    private var waiters: [CheckedContinuation<Void, Never>] = []

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ executor: LoopExecutor) { self.executor = executor }

    func stage(_ number: Int) async {
        executor.eventLoop.preconditionInEventLoop()
        if staged.isEmpty { executor.atEndOfTick { self.assumeIsolated { $0.commit() } } }
        staged.append(number)
        await withCheckedContinuation { waiters.append($0) }
    }

    private func commit() {
        commits.append(staged)
        staged = []
        for waiter in waiters { waiter.resume() }
        waiters = []
    }
}

@Suite(.timeLimit(.minutes(1))) struct LoopExecutorTests {
    @Test func `what a turn stages is committed once, after all of it`() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let executor = LoopExecutor(group.next())
        let ledger = Ledger(executor)
        // Started from within the loop, so that they are of one turn.
        let tasks = try await executor.eventLoop.submit {
            (0..<50).map { number in executor.spawn { await ledger.stage(number) } }
        }.get()
        for task in tasks { await task.value }
        #expect(await ledger.commits == [Array(0..<50)])
        try await group.shutdownGracefully()
    }

    @Test func `tasks stay on the loop across awaits`() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let executor = LoopExecutor(group.next())
        let ledger = Ledger(executor)
        await executor.spawn {
            executor.eventLoop.preconditionInEventLoop()
            await ledger.stage(1)
            executor.eventLoop.preconditionInEventLoop()
            await Task.yield()
            executor.eventLoop.preconditionInEventLoop()
            await Task.detached {}.value
            executor.eventLoop.preconditionInEventLoop()
        }.value
        try await group.shutdownGracefully()
    }
}

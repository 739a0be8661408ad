import NIOCore
import NIOPosix
import Primitives
import RPCTransport
import Synchronization
import Testing

@testable import ServiceKit

@Suite(.timeLimit(.minutes(1))) struct TimerTests {
    private func withLoop(_ body: (NIOServiceLoop) async throws -> Void) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        try await body(NIOServiceLoop(LoopExecutor(group.next())))
        try await group.shutdownGracefully()
    }

    private func timer(_ microseconds: Int64) -> WallTimer {
        WallTimer(time: Timestamp(microseconds: microseconds), canceled: {}, {})
    }

    @Test func `the heap gives timers by time and equal times in the order they were set`() {
        var heap = TimerHeap()
        let timers = [5, 3, 9, 3, 1, 7, 3].map { timer($0) }
        for timer in timers { heap.insert(timer) }
        var order: [WallTimer] = []
        while let next = heap.popDue(Timestamp(microseconds: 100)) { order.append(next) }
        let expected = [4, 1, 3, 6, 0, 5, 2].map { timers[$0] }
        #expect(order.elementsEqual(expected) { $0 === $1 })
    }

    @Test func `the heap keeps what is not due and forgets what was canceled`() {
        var heap = TimerHeap()
        let timers = (1...1000).map { timer(Int64($0)) }
        for timer in timers { heap.insert(timer) }
        #expect(heap.popDue(Timestamp(microseconds: 0)) == nil)
        for timer in timers.prefix(900) {
            timer.cancel()
            heap.noteCanceled()
        }
        #expect(heap.count < 300)
        heap.dropCanceledFirst()
        #expect(heap.first?.time.microseconds == 901)
    }

    @Test func `work that goes on turn after turn does not keep the loop from its sockets`() async throws {
        try await withLoop { loop in
            let isHeard = Mutex(false)
            let turns = Turns(loop, until: { isHeard.withLock { $0 } })
            // A timer of the wall clock is a descriptor that the loop has to look at.
            _ = loop.at(LiveWorld().now.advanced(by: .milliseconds(5))) { isHeard.withLock { $0 = true } }
            await turns.run()
            #expect(isHeard.withLock { $0 })
        }
    }

    /// Takes turn after turn, each a millisecond long.
    private final class Turns: Sendable {
        private let loop: NIOServiceLoop
        private let isOver: @Sendable () -> Bool

        init(_ loop: NIOServiceLoop, until isOver: @escaping @Sendable () -> Bool) {
            self.loop = loop
            self.isOver = isOver
        }

        func run() async {
            await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
                turn { continuation.resume() }
            }
        }

        private func turn(_ end: @escaping @Sendable () -> Void) {
            _ = loop.after(.zero) { [self] in
                let begin = ContinuousClock.now
                while ContinuousClock.now - begin < .milliseconds(1) {}
                if isOver() { end() } else { turn(end) }
            }
        }
    }

    @Test func `wall-clock timers fire in order on the loop, past ones at once`() async throws {
        try await withLoop { loop in
            let (fired, continuation) = AsyncStream<Int>.makeStream()
            let now = LiveWorld().now
            for (number, delay) in [(3, 60), (1, -1000), (2, 30), (4, 90)] {
                _ = loop.at(now.advanced(by: .milliseconds(delay))) {
                    loop.loopExecutor.eventLoop.preconditionInEventLoop()
                    if LiveWorld().now >= now.advanced(by: .milliseconds(delay)) {
                        continuation.yield(number)
                    }
                    if number == 4 { continuation.finish() }
                }
            }
            #expect(await fired.reduce(into: []) { $0.append($1) } == [1, 2, 3, 4])
        }
    }

    @Test func `a timer that is due already does not fire within the call that sets it`() async throws {
        try await withLoop { loop in
            let (fired, continuation) = AsyncStream<Bool>.makeStream()
            let isSetting = Mutex(true)
            // On the loop, where a service sets its first timer; the second finds what the first has opened.
            loop.loopExecutor.eventLoop.execute {
                for _ in 1...2 {
                    _ = loop.at(LiveWorld().now.advanced(by: .seconds(-5))) {
                        continuation.yield(isSetting.withLock { $0 })
                    }
                }
                isSetting.withLock { $0 = false }
            }
            var seen: [Bool] = []
            for await within in fired {
                seen.append(within)
                if seen.count == 2 { break }
            }
            #expect(seen == [false, false])
        }
    }

    @Test func `an earlier timer is not held up by a later one that was set before`() async throws {
        try await withLoop { loop in
            let (fired, continuation) = AsyncStream<Void>.makeStream()
            let far = loop.at(LiveWorld().now.advanced(by: .seconds(86_400 * 365))) {}
            _ = loop.at(LiveWorld().now.advanced(by: .milliseconds(20))) { continuation.finish() }
            for await _ in fired {}
            far.cancel()
        }
    }

    @Test func `canceled timers of both clocks do not fire`() async throws {
        try await withLoop { loop in
            let fired = Mutex(0)
            let (done, continuation) = AsyncStream<Void>.makeStream()
            let wall = loop.at(LiveWorld().now.advanced(by: .milliseconds(10))) { fired.withLock { $0 += 1 } }
            let monotonic = loop.after(.milliseconds(10)) { fired.withLock { $0 += 1 } }
            wall.cancel()
            monotonic.cancel()
            _ = loop.at(LiveWorld().now.advanced(by: .milliseconds(30))) {
                _ = loop.after(.zero) { continuation.finish() }
            }
            for await _ in done {}
            #expect(fired.withLock { $0 } == 0)
            wall.cancel()
        }
    }
}

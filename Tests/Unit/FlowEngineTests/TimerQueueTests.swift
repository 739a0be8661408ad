import LoopSupport
import Primitives
import Testing

@testable import FlowEngine

@Suite struct TimerQueueTests {
    private func time(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: seconds * 1_000_000) }

    @Test func `what is due comes out in the order of the times, each once`() {
        var queue = TimerQueue()
        let times: [Int64] = [50, 10, 40, 20, 30, 60]
        for (execution, seconds) in times.enumerated() { queue.set(Int64(execution), time(seconds)) }
        #expect(queue.takeDue(at: time(9), limit: 10).isEmpty)
        #expect(queue.takeDue(at: time(40), limit: 2) == [1, 3])
        #expect(queue.takeDue(at: time(40), limit: 10) == [4, 2])
        #expect(queue.takeDue(at: time(100), limit: 10) == [0, 5])
        #expect(queue.count == 0)
    }

    @Test func `a deadline that was moved or taken back does not come at its old time`() {
        var queue = TimerQueue()
        queue.set(1, time(10))
        queue.set(2, time(10))
        queue.set(1, time(20))
        queue.set(2, nil)
        #expect(queue.takeDue(at: time(15), limit: 10).isEmpty)
        #expect(queue.takeDue(at: time(20), limit: 10) == [1])
    }

    @Test func `deadlines that change all the time do not pile up`() {
        var queue = TimerQueue()
        for round in 0..<100_000 { queue.set(Int64(round % 10), time(Int64(round) + 1000)) }
        #expect(queue.count == 10)
        #expect(queue.placeCount <= 2 * 10 + 1025)
        #expect(queue.takeDue(at: .init(microseconds: .max), limit: 100).count == 10)
    }

    @Test func `one timer of the loop is armed, for the earliest`() async {
        let loop = TestLoop(now: Timestamp(microseconds: 0))
        var queue = TimerQueue()
        queue.set(1, time(20))
        queue.arm(on: loop) {}
        queue.set(2, time(10))
        queue.arm(on: loop) {}
        #expect(loop.armed == [.seconds(10)])
        queue.set(2, nil)
        queue.arm(on: loop) {}
        #expect(loop.armed == [.seconds(20)])
        queue.set(1, nil)
        queue.arm(on: loop) {}
        #expect(loop.armed.isEmpty)
    }
}

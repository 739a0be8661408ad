import FlowSimulation
import Primitives
import Testing

@testable import SystemSimulation

/// The parts that a simulation's time is made of.
struct SimulatedTimeTests {
    /// What happened, in order.
    private final class Notes: @unchecked Sendable { // touched by the test's own thread only
        var lines: [String] = []
    }

    @Test func `what is due at the same time comes in an order that the seed decides`() {
        func order(seed: UInt64) -> [Int] {
            let queue = EventQueue(seed: seed)
            var order: [Int] = []
            for number in 0..<20 { queue.at(5) { order.append(number) } }
            queue.at(4) { order.append(-1) }
            while queue.step() {}
            return order
        }
        #expect(order(seed: 1) == order(seed: 1))
        #expect(order(seed: 1) != order(seed: 2))
        #expect(order(seed: 1).first == -1)
        #expect(order(seed: 1).sorted() == Array(-1..<20))
    }

    @Test func `what was canceled does not happen`() {
        let queue = EventQueue(seed: 1)
        let notes = Notes()
        let event = queue.at(5) { notes.lines.append("no") }
        event.cancel()
        #expect(!queue.step())
        #expect(notes.lines.isEmpty)
    }

    @Test
    func `a timer by the wall clock waits longer when that is set back, and less when it is set forward`() {
        let queue = EventQueue(seed: 1)
        let clock = SimulatedClock()
        let loop = SimulatedLoop(name: "test", clock: clock, queue: queue)
        let notes = Notes()
        let due = VirtualWorld.epoch.advanced(by: .seconds(10))
        _ = loop.at(due) { notes.lines.append("back at \(queue.now)") }
        queue.at(5_000_000) { clock.set(ahead: -3_000_000) }
        while queue.step() {}
        #expect(notes.lines == ["back at 13000000"])

        _ = loop.at(due.advanced(by: .seconds(20))) { notes.lines.append("forward at \(queue.now)") }
        queue.at(14_000_000) { clock.set(ahead: 30_000_000) }
        while queue.step() {}
        #expect(notes.lines.last == "forward at 14000000")
    }

    @Test func `nothing of a dead loop runs, neither jobs nor timers`() {
        let queue = EventQueue(seed: 1)
        let loop = SimulatedLoop(name: "test", clock: SimulatedClock(), queue: queue)
        let notes = Notes()
        loop.submit { notes.lines.append("job") }
        _ = loop.after(.seconds(1)) { notes.lines.append("timer") }
        loop.spawn { notes.lines.append("task") }
        loop.die()
        while queue.step() {}
        #expect(notes.lines.isEmpty)
    }

    @Test func `a turn ends with what asked for its end, once no job is ready`() {
        let queue = EventQueue(seed: 1)
        let loop = SimulatedLoop(name: "test", clock: SimulatedClock(), queue: queue)
        let notes = Notes()
        loop.atEndOfTick { notes.lines.append("end") }
        loop.submit {
            notes.lines.append("one")
            loop.submit { notes.lines.append("two") }
        }
        while queue.step() {}
        #expect(notes.lines == ["one", "two", "end"])
    }

    @Test func `work that goes to threads of the runtime's own is noticed`() async {
        EscapedWork.watch()
        let before = EscapedWork.count
        await Task.detached {}.value
        #expect(EscapedWork.count > before)
    }
}

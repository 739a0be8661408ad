import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

@Suite struct StartGateTests {
    private func retryAfterMs(_ gate: StartGate) -> Int64? {
        gate.admit()?.error.details["retryAfterMs"]?.integerValue
    }

    @Test func `it closes beyond the limit and opens when a quarter is done`() {
        let gate = StartGate(backlogMax: 100)
        gate.note(backlog: 100, perSecond: 10)
        #expect(gate.admit() == nil)
        #expect(!gate.isShut)
        gate.note(backlog: 101, perSecond: 10)
        #expect(gate.isShut)
        let refusal = gate.admit()?.error
        #expect(refusal?.name == .resourceThrottled && refusal?.retryable == true)
        gate.note(backlog: 76, perSecond: 10)
        #expect(gate.admit() != nil)
        gate.note(backlog: 75, perSecond: 10)
        #expect(gate.admit() == nil)
    }

    @Test func `while the engine is busy a quarter may wait`() {
        let gate = StartGate(backlogMax: 100)
        gate.note(backlog: 26, perSecond: 10)
        #expect(gate.admit() == nil)
        gate.note(backlog: 26, perSecond: 10, isBusy: true)
        #expect(gate.admit()?.error.message.contains("more than 25 (a quarter of taskBacklogMax") == true)
        gate.note(backlog: 19, perSecond: 10, isBusy: true)
        #expect(gate.admit() != nil)
        gate.note(backlog: 18, perSecond: 10, isBusy: true)
        #expect((0..<8).allSatisfy { _ in gate.admit() == nil })
        #expect(gate.admit() != nil)
        gate.note(backlog: 60, perSecond: 10)
        #expect(gate.admit() == nil)
    }

    @Test func `with a long line no more are let in than there is room for`() {
        let gate = StartGate(backlogMax: 100)
        gate.note(backlog: 98, perSecond: 10)
        #expect((0..<3).map { _ in gate.admit() == nil } == [true, true, true])
        #expect(!gate.isShut)
        #expect(gate.admit() != nil)
        #expect(gate.isShut)
        gate.note(backlog: 70, perSecond: 10)
        #expect((0..<31).map { _ in gate.admit() == nil } == Array(repeating: true, count: 31))
        #expect(gate.admit()?.error.details["retryAfterMs"] == .integer(2_600))
        gate.note(backlog: 50, perSecond: 10)
        #expect((0..<1000).allSatisfy { _ in gate.admit() == nil })
    }

    @Test func `the time to wait is what the excess takes, within bounds`() {
        let gate = StartGate(backlogMax: 100)
        gate.note(backlog: 175, perSecond: 50)
        #expect(retryAfterMs(gate) == 2_000)
        gate.note(backlog: 101, perSecond: 10_000)
        #expect(retryAfterMs(gate) == 50)
        gate.note(backlog: 101, perSecond: 0)
        #expect(retryAfterMs(gate) == 5_000)
    }

    @Test func `the meter forgets what is long ago`() {
        var meter = RateMeter()
        for _ in 0..<40 { meter.note(100) }
        #expect(meter.perSecond(at: 100) == 40)
        #expect(meter.perSecond(at: 101) == 20)
        #expect(meter.perSecond(at: 103) == 5)
        #expect(meter.perSecond(at: 200) == 0)
    }
}

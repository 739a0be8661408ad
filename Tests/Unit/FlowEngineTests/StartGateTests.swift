import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

@Suite struct StartGateTests {
    private func retryAfterMs(_ gate: StartGate) -> Int64? {
        gate.refusal?.details["retryAfterMs"]?.integerValue
    }

    @Test func `it closes beyond the limit and opens when a quarter is done`() {
        let gate = StartGate(backlogMax: 100)
        gate.note(backlog: 100, perSecond: 10)
        #expect(gate.refusal == nil)
        gate.note(backlog: 101, perSecond: 10)
        let refusal = gate.refusal
        #expect(refusal?.name == .resourceThrottled && refusal?.retryable == true)
        gate.note(backlog: 76, perSecond: 10)
        #expect(gate.refusal != nil)
        gate.note(backlog: 75, perSecond: 10)
        #expect(gate.refusal == nil)
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

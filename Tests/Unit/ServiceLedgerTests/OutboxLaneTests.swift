import Primitives
@testable import ServiceLedger
import Testing

@Suite struct OutboxLaneTests {
    func message(_ id: Int64, _ subject: String) -> OutboxMessage {
        OutboxMessage(
            id: id, target: "peer", method: "Put", params: [:], idempotencyKey: "\(id)", subject: subject,
            labels: [:])
    }

    @Test func `at most so many messages are under way to one peer`() {
        var lane = OutboxLane()
        for id in 1...100 { lane.add(message(Int64(id), "subject \(id)")) }
        let first = lane.takeSendable()
        #expect(first.count == OutboxLane.inFlightMax)
        #expect(lane.takeSendable().isEmpty)
        lane.answered(first[0])
        #expect(lane.takeSendable().map(\.id) == [65])
    }

    @Test func `after a call without an answer everything waits, then one message probes`() {
        var lane = OutboxLane()
        for id in 1...3 { lane.add(message(Int64(id), "subject \(id)")) }
        let sent = lane.takeSendable()
        #expect(lane.unanswered(sent[0], "gone") == .milliseconds(50))
        #expect(lane.unanswered(sent[1], "gone") == nil)
        #expect(lane.takeSendable().isEmpty)
        #expect(lane.trouble == "gone")
        lane.answered(sent[2])
        #expect(lane.trouble == nil)
        #expect(lane.takeSendable().isEmpty)
        lane.unpause()
        #expect(lane.takeSendable().count == 2)
    }

    @Test func `an answered refusal shows that the peer is there, so others are not held up`() {
        var lane = OutboxLane()
        for id in 1...3 { lane.add(message(Int64(id), "subject \(id)")) }
        let sent = lane.takeSendable()
        _ = lane.unanswered(sent[0], "gone")
        lane.unpause()
        lane.postponed(sent[1], "FlowNotExists")
        #expect(lane.unreachable == nil)
        #expect(lane.trouble == "FlowNotExists")
        lane.add(message(4, "subject 4"))
        #expect(lane.takeSendable().map(\.id) == [1, 4])
        lane.answered(sent[2])
        #expect(lane.trouble == "FlowNotExists")
        lane.resumed(sent[1])
        #expect(lane.takeSendable().map(\.id) == [2])
        lane.answered(sent[1])
        #expect(lane.trouble == nil)
    }

    @Test func `back-off doubles up to five seconds`() {
        let delays = (1...9).map { OutboxLane.backoff(after: $0) }
        #expect(delays[0...2] == [.milliseconds(50), .milliseconds(100), .milliseconds(200)])
        #expect(delays[7...8] == [.seconds(5), .seconds(5)])
        #expect(OutboxLane.backoff(after: 10_000) == .seconds(5))
    }
}

import FlowEngineAPI
import FlowStore
import HTTPEgressAPI
import LoopSupport
import Primitives
import RPCProtocol
import Synchronization
import Testing

@testable import FlowEngine

/// Pushes that are not taken at once.
@Suite(.timeLimit(.minutes(1))) struct PushTests {
    private static let url = "http://127.0.0.1:9000/in"

    private func topic(
        _ settings: FlowEngineSettings = FlowEngineSettings(), strategy: String? = nil,
        answering: @escaping Outside.Receiver
    ) async throws -> EngineUnderTest {
        let test = try await EngineUnderTest(settings: settings)
        test.services.outside.at(Self.url, answering)
        try await test.makeTopic("t")
        try await test.subscribe("s", to: "t", at: Self.url) {
            $0.notifyContentFormat = "SIMPLIFIED"
            $0.notifyStrategy = strategy
        }
        return test
    }

    @Test(arguments: [200, 201, 204, 299]) func `any 2xx means that it was taken`(_ status: Int64)
        async throws
    {
        let test = try await topic { _ in status }
        try await test.publish("m", to: "t")
        await test.untilPushed()
        #expect(test.services.outside.requests.count == 1)
        #expect(try await test.subscription("s", of: "t").lastFailure == nil)
    }

    @Test func `with BACKOFF_RETRY three more tries follow, 10 to 20 seconds apart, then it is given up`()
        async throws
    {
        let test = try await topic { _ in 500 }
        try await test.publish("m", to: "t")
        for count in 1...4 {
            await test.untilRequests(count)
            if count == 4 { break }
            #expect(try await test.subscription("s", of: "t").pendingMessages == 1)
            let pause = try #require(test.loop.armed.first { $0 > .seconds(2) })
            #expect(pause >= .seconds(10) && pause <= .seconds(20))
            await test.loop.advance(by: pause)
        }
        await test.untilPushed()
        let subscription = try await test.subscription("s", of: "t")
        #expect(subscription.pendingMessages == 0 && subscription.droppedMessages == 1)
        #expect(subscription.lastFailure == "the answer has status 500")
        #expect(subscription.lastFailureTime != nil)
        let line = try #require(test.log.lines(of: "pushDropped").first)
        #expect(line.metadata["topic"] == "t" && line.metadata["subscription"] == "s")
        #expect(line.metadata["error"] == "the answer has status 500")
        #expect(test.metrics.value("fnf_engine_topic_drops_total") == 1)
        #expect(test.metrics.value("fnf_engine_topic_failures_total") == 4)
        #expect(await test.engine.isIdle)
    }

    @Test func `EXPONENTIAL_DECAY_RETRY tries 176 times within a day`() throws {
        let world = TestWorld(TestLoop())
        var pauses: [Duration] = []
        while let pause = NotifyStrategy.exponential.pause(after: Int64(pauses.count + 1), world: world) {
            pauses.append(pause)
        }
        #expect(pauses.count == 175)
        let first: [Duration] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 512].map { .seconds($0) }
        #expect(Array(pauses.prefix(11)) == first)
        #expect(pauses[9...].allSatisfy { $0 == .seconds(512) })
        #expect(pauses.reduce(.zero, +) < .seconds(86_400))
    }

    @Test func `a push that is taken at a later try is done`() async throws {
        let calls = Mutex(0)
        let test = try await topic(strategy: "EXPONENTIAL_DECAY_RETRY") { _ in
            calls.withLock { calls in
                calls += 1
                return calls < 3 ? 503 : 204
            }
        }
        try await test.publish("m", to: "t")
        await test.untilRequests(1)
        await test.loop.advance(by: .seconds(1))
        await test.untilRequests(2)
        await test.loop.advance(by: .seconds(2))
        await test.untilPushed()
        let requests = test.services.outside.requests
        #expect(requests.count == 3 && requests.allSatisfy { $0.body == "m" })
        #expect(Set(requests.map { $0.header("x-mns-message-id") }).count == 1)
        #expect(Set(requests.map { $0.header("x-mns-request-id") }).count == 3)
        #expect(try await test.subscription("s", of: "t").droppedMessages == 0)
    }

    @Test func `an address that is not allowed counts as a failure, and says so`() async throws {
        let test = try await topic { (_) async throws(RPCError) in
            throw RPCError(.addressNotAllowed, "http://127.0.0.1:9000 is not in allow")
        }
        try await test.publish("m", to: "t")
        await test.untilRequests(1)
        let subscription = try await test.subscription("s", of: "t")
        #expect(subscription.lastFailure == "AddressNotAllowed: http://127.0.0.1:9000 is not in allow")
        #expect(subscription.pendingMessages == 1)
    }

    @Test func `while the carrier is away no try is counted and nothing is lost`() async throws {
        let test = try await topic { _ in 204 }
        test.services.outside.caller.way = .down
        try await test.publish("m", to: "t")
        await test.untilPushesRest()
        for _ in 0..<30 {
            await test.loop.advance(by: .seconds(10))
            await test.untilPushesRest()
        }
        #expect(try await test.subscription("s", of: "t").pendingMessages == 1)
        #expect(test.log.lines(of: "pushUndeliverable").count == 1)
        test.services.outside.caller.way = .open
        await test.loop.advance(by: .seconds(10))
        await test.untilPushed()
        #expect(test.services.outside.requests.count == 1)
    }

    @Test func `what is too old is given up`() async throws {
        let test = try await topic(strategy: "EXPONENTIAL_DECAY_RETRY") { _ in 500 }
        _ = try await test.door(.admin).call(
            SetTopicAttributes.self,
            .with {
                $0.topicName = "t"
                $0.messageRetentionPeriod = 60
            })
        try await test.publish("m", to: "t")
        for count in 1...6 {
            await test.untilRequests(count)
            if count < 6 { await test.loop.advance(by: .seconds(1 << (count - 1))) }
        }
        // The next try would come 32 s after the 31st second, which is too late.
        await test.untilPushed()
        #expect(try await test.subscription("s", of: "t").droppedMessages == 1)
    }

    @Test func `unsubscribing drops what is pending, and a call that returns later changes nothing`()
        async throws
    {
        let gate = Gate()
        let test = try await topic { _ in
            await gate.pass()
            return 500
        }
        for _ in 0..<20 { try await test.publish("m", to: "t") }
        let outside = test.services.outside
        await test.loop.until { outside.requests.count == 8 }
        _ = try await test.door(.admin).call(
            Unsubscribe.self,
            .with {
                $0.topicName = "t"
                $0.subscriptionName = "s"
            })
        gate.open()
        await test.untilPushed()
        let engine = test.engine
        await test.loop.until { engine.assumeIsolated { !$0.topics.isPurging } }
        #expect(try await test.showTopic("t").messageCount == 0)
        #expect(outside.requests.count == 8)
        #expect(await test.engine.isIdle)
    }

    @Test func `deleting a topic drops what is pending`() async throws {
        let test = try await topic { _ in 500 }
        try await test.publish("m", to: "t")
        await test.untilRequests(1)
        _ = try await test.door(.admin).call(DeleteTopic.self, .with { $0.topicName = "t" })
        await test.untilPushed()
        await test.loop.advance(by: .seconds(60))
        #expect(test.services.outside.requests.count == 1)
        #expect(await test.engine.isIdle)
    }

    @Test func `calls are bounded for each subscription, and a slow one leaves room for another`()
        async throws
    {
        let gate = Gate()
        let test = try await topic { _ in
            await gate.pass()
            return 204
        }
        try await test.subscribe("fast", to: "t", at: "http://127.0.0.1:9001/in")
        for _ in 0..<30 { try await test.publish("m", to: "t") }
        let outside = test.services.outside
        await test.loop.until { outside.requests.count == 38 }
        #expect(outside.requests(to: Self.url).count == 8)
        gate.open()
        await test.untilPushed()
        #expect(gate.most == 8)
        #expect(outside.requests(to: Self.url).count == 30)
    }

    @Test func `calls are bounded in all, and who waits for another comes to its turn`() async throws {
        var settings = FlowEngineSettings()
        settings.pushConcurrencyMax = 2
        let gate = Gate()
        let test = try await topic(settings) { _ in
            await gate.pass()
            return 204
        }
        try await test.subscribe("other", to: "t", at: "http://127.0.0.1:9001/in")
        for _ in 0..<5 { try await test.publish("m", to: "t") }
        let outside = test.services.outside
        await test.loop.until { outside.requests(to: Self.url).count == 2 }
        gate.open()
        await test.untilPushed()
        #expect(gate.most <= 2 && outside.requests.count == 10)
    }

    @Test func `a queue that is missing gets the message when it is there`() async throws {
        let test = try await EngineUnderTest()
        try await test.makeTopic("t")
        try await test.subscribe("s", to: "t", at: "acs:mns:::queues/late")
        try await test.publish("m", to: "t")
        let subscription = try await test.subscription("s", of: "t")
        #expect(subscription.pendingMessages == 1 && subscription.lastFailure == "queue late does not exist")
        try await test.make("late")
        await test.loop.advance(by: .seconds(20))
        await test.untilPushed()
        #expect(try await test.receive("late").bodies == ["m"])
        #expect(try await test.showTopic("t").messageCount == 0)
    }

    @Test func `queues that are missing keep the message from nobody else`() async throws {
        let test = try await EngineUnderTest()
        try await test.makeTopic("t")
        for name in ["a", "b"] { try await test.subscribe(name, to: "t", at: "acs:mns:::queues/\(name)") }
        try await test.subscribe("c", to: "t", at: Self.url)
        try await test.publish("m", to: "t")
        await test.untilRequests(1)
        #expect(try await test.showTopic("t").messageCount == 1)
        for name in ["a", "b"] {
            #expect(try await test.subscription(name, of: "t").pendingMessages == 1)
            try await test.make(name)
        }
        await test.loop.advance(by: .seconds(20))
        await test.untilPushed()
        for name in ["a", "b"] { #expect(try await test.peek(name).bodies == ["m"]) }
        #expect(test.services.outside.requests.count == 1)
        #expect(try await test.showTopic("t").messageCount == 0)
    }

    @Test func `a queue that stays away costs the message, and the journal says so`() async throws {
        let test = try await EngineUnderTest()
        try await test.makeTopic("t")
        try await test.subscribe("s", to: "t", at: "acs:mns:::queues/never")
        try await test.publish("m", to: "t")
        for _ in 0..<3 { await test.loop.advance(by: .seconds(20)) }
        await test.untilPushed()
        #expect(try await test.subscription("s", of: "t").droppedMessages == 1)
        #expect(test.log.lines(of: "pushDropped").first?.metadata["error"] == "queue never does not exist")
    }

    @Test func `when the disk refuses what came of a push, it is sent again`() async throws {
        let store = FaultyStore()
        let test = try await EngineUnderTest(store)
        let outside = test.services.outside
        outside.at(Self.url) { _ in
            if outside.requests.count == 1 { store.commitFault = FaultyStore.full }
            return 204
        }
        try await test.makeTopic("t")
        try await test.subscribe("s", to: "t", at: Self.url)
        try await test.publish("m", to: "t")
        await test.loop.until { store.commitFault != nil }
        await test.untilPushesRest()
        store.commitFault = nil
        await test.loop.advance(by: .seconds(1))
        await test.untilPushed()
        #expect(outside.requests.count == 2)
    }
}

import FlowEngineAPI
import FlowStore
import FlowStoreSQLite
import HTTPEgressAPI
import LoopSupport
import MessageXML
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

/// What becomes of a message that a client publishes, when nothing goes wrong.
@Suite(.timeLimit(.minutes(1))) struct PublishTests {
    private static let url = "http://127.0.0.1:9000/in"

    @Test func `a queue that is subscribed has the body as it was published`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        try await test.makeTopic("t")
        try await test.subscribe("s", to: "t", at: "acs:mns:cn-hangzhou:123:queues/q")
        let sent = try await test.publish(#"{"a":"<b>"}"#, to: "t")
        #expect(sent.messageBodyMD5 == "B72E17CFFE97FA32F5C04374A5729531")
        let message = try #require(try await test.receive("q").first)
        #expect(message.messageBody == #"{"a":"<b>"}"# && message.messageBodyMD5 == sent.messageBodyMD5)
        #expect(try await test.showTopic("t").messageCount == 0)
        #expect(await test.engine.isIdle)
    }

    @Test func `a receiver that waits at the queue is served by the publish`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        try await test.makeTopic("t")
        try await test.subscribe("s", to: "t", at: "acs:mns:::queues/q")
        async let waiting = test.receive("q", wait: 30)
        await test.untilWaiting(1)
        try await test.publish("hello", to: "t")
        #expect(try await waiting.bodies == ["hello"])
    }

    @Test func `a simplified push is the bare body with the ids in headers`() async throws {
        let test = try await EngineUnderTest()
        try await test.makeTopic("t")
        try await test.subscribe("s", to: "t", at: Self.url)
        let sent = try await test.publish("hello", to: "t", tag: "tag")
        await test.untilPushed()
        let request = try #require(test.services.outside.requests.first)
        #expect(test.services.outside.requests.count == 1)
        #expect(request.method == "POST" && request.url == Self.url && request.body == "hello")
        #expect(request.header("x-mns-message-id") == sent.messageId && sent.messageId.utf8.count == 32)
        #expect(request.header("x-mns-message-tag") == "tag")
        #expect(request.header("x-mns-version") == "2015-06-06")
        #expect(request.header("x-mns-request-id") != nil && request.timeoutMs == 5_000)
        #expect(try await test.showTopic("t").messageCount == 0)
    }

    @Test func `an XML push wraps the message`() async throws {
        let test = try await EngineUnderTest()
        try await test.makeTopic("t")
        try await test.subscribe("s", to: "t", at: Self.url) { _ in }
        let sent = try await test.publish("a<b>&\r", to: "t", tag: "tag")
        await test.untilPushed()
        let request = try #require(test.services.outside.requests.first)
        #expect(request.header("content-type") == "text/xml;charset=utf-8")
        #expect(request.header("x-mns-message-id") == nil)
        #expect(request.body.contains("<Notification xmlns=\"http://mns.aliyuncs.com/doc/v1/\">"))
        let root = try MessageXML.read(Array(request.body.utf8))
        let members = Dictionary(uniqueKeysWithValues: root.children.map { ($0.name, $0.text) })
        #expect(
            members == [
                "TopicOwner": "fnf", "TopicName": "t", "Subscriber": "fnf", "SubscriptionName": "s",
                "MessageId": sent.messageId, "Message": "a<b>&\r", "MessageMD5": sent.messageBodyMD5,
                "MessageTag": "tag", "PublishTime": "1795426200000",
            ])
    }

    @Test func `a JSON push wraps the message, into a queue as well`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        try await test.makeTopic("t")
        try await test.subscribe("s", to: "t", at: "acs:mns:::queues/q") { $0.notifyContentFormat = "JSON" }
        let sent = try await test.publish("hello", to: "t")
        let message = try #require(try await test.receive("q").first)
        #expect(
            try JSONParser.parse(message.messageBody) == [
                "TopicOwner": "fnf", "TopicName": "t", "Subscriber": "fnf", "SubscriptionName": "s",
                "MessageId": .string(sent.messageId), "Message": "hello",
                "MessageMD5": .string(sent.messageBodyMD5), "PublishTime": 1_795_426_200_000,
            ])
    }

    @Test func `an address without a path is called at the standard one`() async throws {
        let test = try await EngineUnderTest()
        try await test.makeTopic("t")
        try await test.subscribe("a", to: "t", at: "http://127.0.0.1:9000")
        try await test.subscribe("b", to: "t", at: "HTTP://127.0.0.1:9000?x=1")
        try await test.publish("hello", to: "t")
        await test.untilPushed()
        #expect(
            Set(test.services.outside.requests.map(\.url)) == [
                "http://127.0.0.1:9000/notifications", "http://127.0.0.1:9000/notifications?x=1",
            ])
        #expect(try await test.subscription("a", of: "t").endpoint == "http://127.0.0.1:9000")
    }

    @Test func `a filter lets only messages with its tag through`() async throws {
        let test = try await EngineUnderTest()
        for queue in ["all", "red"] { try await test.make(queue) }
        try await test.makeTopic("t")
        try await test.subscribe("all", to: "t", at: "acs:mns:::queues/all")
        try await test.subscribe("red", to: "t", at: "acs:mns:::queues/red") {
            $0.filterTag = "red"
            $0.notifyContentFormat = "SIMPLIFIED"
        }
        for tag in ["red", "blue", "Red", nil] { try await test.publish(tag ?? "none", to: "t", tag: tag) }
        #expect(try await test.peek("all").bodies == ["red", "blue", "Red", "none"])
        #expect(try await test.peek("red").bodies == ["red"])
    }

    @Test func `the same key publishes once, another message under it is refused`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        try await test.makeTopic("t")
        try await test.subscribe("s", to: "t", at: "acs:mns:::queues/q")
        let first = try await test.publish("m", to: "t", key: "k")
        #expect(try await test.publish("m", to: "t", key: "k") == first)
        #expect(try await test.peek("q").bodies == ["m"])
        let error = await refusal { try await test.publish("other", to: "t", key: "k") }
        #expect(error?.name == .idempotencyConflict && error?.details["topic"] == "t")
        // A topic that is made again knows none of the keys, and a queue has its own.
        try await test.send("m", to: "q", key: "k")
        _ = try await test.door(.admin).call(DeleteTopic.self, .with { $0.topicName = "t" })
        try await test.makeTopic("t")
        #expect(try await test.publish("m", to: "t", key: "k").messageId != first.messageId)
    }

    @Test func `a message must have a body that the topic takes, and a short tag`() async throws {
        let test = try await EngineUnderTest()
        try await test.makeTopic("t") { $0.maximumMessageSize = 1024 }
        #expect(await refusal { try await test.publish("", to: "t") }?.details["parameter"] == "MessageBody")
        let large = String(repeating: "x", count: 1025)
        #expect(await refusal { try await test.publish(large, to: "t") }?.name == .entityTooLarge)
        let tagged = await refusal { try await test.publish("m", to: "t", tag: "seventeen-letters") }
        #expect(tagged?.name == .invalidArgument && tagged?.details["parameter"] == "MessageTag")
    }

    @Test func `a topic without subscriptions takes messages and keeps none`() async throws {
        let test = try await EngineUnderTest()
        try await test.makeTopic("t")
        try await test.publish("m", to: "t")
        #expect(try await test.showTopic("t").messageCount == 0)
        #expect(await test.engine.isIdle)
    }

    @Test func `a topic that is full refuses, and takes messages again when they are gone`() async throws {
        var settings = FlowEngineSettings()
        settings.pendingPushesMax = 2
        let test = try await EngineUnderTest(settings: settings)
        test.services.outside.caller.way = .down
        try await test.makeTopic("t")
        try await test.subscribe("s", to: "t", at: Self.url)
        for _ in 0..<2 { try await test.publish("m", to: "t") }
        let error = await refusal { try await test.publish("m", to: "t") }
        #expect(error?.name == .topicFull && error?.retryable == true)
        #expect(try await test.showTopic("t").messageCount == 2)
        test.services.outside.caller.way = .open
        await test.loop.advance(by: .seconds(1))
        await test.untilPushed()
        try await test.publish("m", to: "t")
    }

    @Test func `what is refused by the disk was not published`() async throws {
        let store = FaultyStore()
        let test = try await EngineUnderTest(store)
        try await test.make("q")
        try await test.makeTopic("t")
        try await test.subscribe("s", to: "t", at: "acs:mns:::queues/q")
        try await test.subscribe("h", to: "t", at: Self.url)
        store.fault = FaultyStore.full
        #expect(await refusal { try await test.publish("m", to: "t") }?.name == .serviceUnavailable)
        store.fault = nil
        #expect(try await test.peek("q").isEmpty && test.services.outside.requests.isEmpty)
        try await test.publish("n", to: "t")
        await test.untilPushed()
        #expect(try await test.peek("q").bodies == ["n"])
        #expect(test.services.outside.requests.map(\.body) == ["n"])
    }
}

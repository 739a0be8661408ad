import FlowEngineAPI
import FlowStore
import HTTPEgressAPI
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

/// A topic that `resources.d` binds to a service, as a client's message meets it.
@Suite(.timeLimit(.minutes(1))) struct TopicBindingTests {
    private func engine(_ pattern: String = "acs:mns:*:*:/topics/bound/messages") async throws
        -> EngineUnderTest
    {
        let test = try await EngineUnderTest()
        let binding = try ResourceBinding(pattern: pattern, target: .service("http-egress"), method: "Take")
        await test.engine.rebind(ResourceResolver([binding]))
        return test
    }

    @Test(arguments: ["acs:mns:*:*:/topics/bound/messages", "acs:mns:cn-hangzhou:123:/topics/b*/messages"])
    func `the binding alone makes the topic exist`(_ pattern: String) async throws {
        let test = try await engine(pattern)
        let sent = try await test.publish(#"{"order":"o-1"}"#, to: "bound")
        #expect(sent.messageId.utf8.count == 32)
        await test.untilPushed()
        let taken = try #require(test.services.outside.taken.first)
        #expect(test.services.outside.taken.count == 1)
        #expect(taken.params == ["order": "o-1"] && taken.meta.task == nil)
        #expect(taken.meta.idempotencyKey != nil)
        #expect(await refusal { try await test.showTopic("bound") }?.name == .topicNotExist)
        #expect(await refusal { try await test.publish("m", to: "other") }?.name == .topicNotExist)
        #expect(await test.engine.isIdle)
    }

    @Test func `a text that is no object goes as its body`() async throws {
        let test = try await engine()
        try await test.publish("hello", to: "bound")
        await test.untilPushed()
        #expect(test.services.outside.taken.map(\.params) == [["body": "hello"]])
    }

    @Test func `the binding and the subscriptions get the message`() async throws {
        let test = try await engine()
        try await test.make("q")
        try await test.makeTopic("bound")
        try await test.subscribe("s", to: "bound", at: "acs:mns:::queues/q")
        try await test.publish("m", to: "bound", key: "k")
        try await test.publish("m", to: "bound", key: "k")
        await test.untilPushed()
        #expect(test.services.outside.taken.count == 1)
        #expect(try await test.peek("q").bodies == ["m"])
    }

    @Test func `the same key publishes once to a topic that is only bound`() async throws {
        let test = try await engine("acs:mns:*:*:/topics/*/messages")
        let first = try await test.publish("m", to: "a", key: "k")
        #expect(try await test.publish("m", to: "a", key: "k") == first)
        #expect(try await test.publish("m", to: "b", key: "k") != first)
        await test.untilPushed()
        #expect(test.services.outside.taken.count == 2)
    }

    @Test func `a service that refuses is tried again under the same key, then given up`() async throws {
        let test = try await engine()
        let outside = test.services.outside
        outside.takeFault = RPCError("OutOfStock", "no beef left")
        try await test.publish("m", to: "bound")
        for count in 1...4 {
            await test.loop.until { outside.taken.count == count }
            await test.untilPushesRest()
            await test.loop.advance(by: .seconds(20))
        }
        await test.untilPushed()
        #expect(outside.taken.count == 4 && Set(outside.taken.map(\.meta.idempotencyKey)).count == 1)
        let line = try #require(test.log.lines(of: "pushDropped").first)
        #expect(line.metadata["topic"] == "bound" && line.metadata["error"] == "OutOfStock: no beef left")
    }

    @Test func `an HTTP endpoint that is bound gets the text as it was published`() async throws {
        let test = try await EngineUnderTest()
        let url = "http://127.0.0.1:9000/in/{topic}"
        let binding = try ResourceBinding(
            pattern: "acs:mns:*:*:/topics/*/messages", target: .http(try HTTPTarget(url, timeoutSeconds: 7)),
            method: SendRequest.name)
        await test.engine.rebind(ResourceResolver([binding]))
        try await test.publish(#"{"order":"o-1"}"#, to: "bound")
        try await test.publish("hello", to: "other")
        await test.untilPushed()
        let outside = test.services.outside
        let json = try #require(outside.requests(to: "http://127.0.0.1:9000/in/bound").first)
        #expect(json.body == #"{"order":"o-1"}"# && json.timeoutMs == 7_000)
        #expect(json.header("Content-Type") == "application/json")
        #expect(json.header("X-Fnf-Idempotency-Key")?.hasPrefix("topic-push/") == true)
        let text = try #require(outside.requests(to: "http://127.0.0.1:9000/in/other").first)
        #expect(text.body == "hello" && text.header("Content-Type") == "text/plain; charset=utf-8")
        #expect(outside.requests.count == 2)
    }

    @Test func `an HTTP endpoint that is bound and fails is tried again`() async throws {
        let test = try await EngineUnderTest()
        let binding = try ResourceBinding(
            pattern: "acs:mns:*:*:/topics/*/messages",
            target: .http(try HTTPTarget("http://127.0.0.1:9000/in")), method: SendRequest.name)
        await test.engine.rebind(ResourceResolver([binding]))
        let outside = test.services.outside
        outside.at("http://127.0.0.1:9000/in") { _ in outside.requests.count < 2 ? 500 : 200 }
        try await test.publish("hello", to: "bound")
        await test.untilRequests(1)
        await test.loop.advance(by: .seconds(20))
        await test.untilPushed()
        #expect(outside.requests.count == 2)
    }

    @Test func `a service that is away gets it when it is back`() async throws {
        let test = try await engine()
        test.services.outside.caller.way = .down
        try await test.publish("m", to: "bound")
        await test.untilPushesRest()
        test.services.outside.caller.way = .open
        await test.loop.advance(by: .seconds(1))
        await test.untilPushed()
        #expect(test.services.outside.taken.count == 1)
    }
}

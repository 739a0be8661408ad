import FlowEngineAPI
import FlowStore
import FlowStoreSQLite
import HTTPEgressAPI
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

/// Steps whose resource is a topic.
@Suite(.timeLimit(.minutes(1))) struct TopicTaskTests {
    private static func publishing(_ topic: String = "news", _ params: String = "") -> String {
        """
        version: v1
        type: flow
        steps:
          - type: task
            name: tell
            resourceArn: acs:mns:cn-hangzhou:123:/topics/\(topic)/messages
        \(params)
        """
    }

    /// An engine with the topic and a queue `q` that is subscribed.
    private func engine(_ topic: String = "news", on store: any DurableStore = MemoryStore()) async throws
        -> EngineUnderTest
    {
        let test = try await EngineUnderTest(store)
        try await test.make("q")
        try await test.makeTopic(topic)
        try await test.subscribe("s", to: topic, at: "acs:mns:::queues/q")
        return test
    }

    @Test func `a step publishes its input, and its result is what the topic answers`() async throws {
        let test = try await engine()
        try await test.apply(Self.publishing())
        #expect(test.log.lines(of: "unboundResource").isEmpty)
        try await test.begin()
        let output = try JSONParser.parse(try await test.end().output)
        let message = try #require(try await test.receive("q").first)
        #expect(message.messageBody == #"{"order":"o-1"}"#)
        #expect(output["MessageBodyMD5"] == .string(message.messageBodyMD5))
        #expect(output["MessageId"]?.stringValue?.utf8.count == 32)
        #expect(output["RequestId"]?.stringValue?.hasPrefix("Demo/run/") == true)
    }

    @Test func `body and tag come from the parameters, and the priority means nothing`() async throws {
        let test = try await engine()
        try await test.subscribe("h", to: "news", at: "http://127.0.0.1:9000/in") {
            $0.filterTag = "red"
            $0.notifyContentFormat = "SIMPLIFIED"
        }
        try await test.apply(
            Self.publishing(
                "news",
                "    serviceParams: {MessageBody: $.order, MessageTag: red, Priority: 99, MessageAttributes: {a: 1}}"
            ))
        try await test.begin()
        #expect(try await test.end().status == "Succeeded")
        await test.untilPushed()
        #expect(test.services.outside.requests.map(\.body) == ["o-1"])
        #expect(test.services.outside.requests.first?.header("x-mns-message-tag") == "red")
        #expect(try await test.receive("q").bodies == ["o-1"])
    }

    @Test func `what the topic refuses fails the step`() async throws {
        let test = try await engine()
        try await test.apply(
            Self.publishing(
                "news", "    serviceParams: {MessageBody: $.order, MessageTag: seventeen-letters}"))
        try await test.begin()
        let record = try await test.end()
        #expect(record.status == "Failed" && record.error == "MNS.InvalidArgument")
        #expect(try await test.peek("q").isEmpty)
    }

    @Test func `a callback step waits for whoever got its token from the topic`() async throws {
        let test = try await engine()
        try await test.apply(
            Self.publishing(
                "news",
                """
                    pattern: waitForCallback
                    inputMappings:
                      - {target: token, source: $context.task.token}
                """))
        try await test.begin()
        let message = try #require(try await test.receive("q", wait: 30).first)
        let token = try #require(try JSONParser.parse(message.messageBody)["token"]?.stringValue)
        _ = try await test.succeed(token, #"{"answer":1}"#)
        #expect(try await test.end().output == #"{"answer":1}"#)
    }

    @Test func `a topic that nobody made is unbound as ever, and one that exists is not`() async throws {
        let test = try await EngineUnderTest()
        let arns = ["acs:mns:::/topics/news/messages", "acs:mns:::/topics/other/messages"]
        try await test.makeTopic("news")
        let checked = try await test.client.call(CheckResources.self, .with { $0.resourceArns = arns })
        #expect(checked.unbound.map(\.resourceArn) == [arns[1]])
        try await test.apply(Self.publishing("other"))
        try await test.begin()
        let record = try await test.end()
        #expect(record.error == "FnF.UnboundResource")
        #expect(record.cause?.hasSuffix("there is no topic other (CreateTopic makes it)") == true)
    }

    @Test func `a topic that is bound as well gets the message once, however often the call is repeated`()
        async throws
    {
        let test = try await engine("ask")
        try await test.apply(Definitions.calling("acs:mns:::/topics/ask/messages"))
        test.services.desk.way = .repliesLost
        try await test.begin()
        let services = test.services
        await test.loop.until { services.calls("Ask").count == 1 }
        #expect(try await test.peek("q").count == 1)
        services.desk.way = .open
        await test.loop.advance(by: .seconds(1))
        #expect(try await test.end().status == "Succeeded")
        #expect(services.calls("Ask").count == 2)
        #expect(try await test.peek("q").count == 1)
    }

    @Test func `the binding is called only when the message is on disk`() async throws {
        let store = FaultyStore()
        let test = try await engine("ask", on: store)
        try await test.apply(Definitions.calling("acs:mns:::/topics/ask/messages"))
        let services = test.services
        // The commit behind the start's is the message's.
        store.afterCommit {
            if store.commits == 1, services.calls("Ask").isEmpty { store.commitFault = FaultyStore.full }
        }
        try await test.begin()
        let engine = test.engine
        await test.loop.until { engine.assumeIsolated { $0.storeFailures > 0 } }
        #expect(services.calls("Ask").isEmpty)
        store.afterCommit {}
        store.commitFault = nil
        await test.loop.advance(by: .seconds(2))
        #expect(try await test.end().status == "Succeeded")
        #expect(services.calls("Ask").count == 1)
        #expect(try await test.peek("q").count == 1)
    }
}

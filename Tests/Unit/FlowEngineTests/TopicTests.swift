import FlowEngineAPI
import FlowStore
import FlowStoreSQLite
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

/// Topics and subscriptions as things that are made, changed, shown and deleted.
@Suite(.timeLimit(.minutes(1))) struct TopicTests {
    private static let endpoint = "http://127.0.0.1:9000/in"

    @Test func `a new topic has the published defaults`() async throws {
        let test = try await EngineUnderTest()
        let made = try await test.makeTopic("payments")
        #expect(made.created && made.topic.maximumMessageSize == 65_536)
        #expect(made.topic.messageRetentionPeriod == 86_400 && !made.topic.loggingEnabled)
        #expect(made.topic.messageCount == 0 && made.topic.createTime == "2026-11-23T09:30:00.000Z")
        #expect(try await test.showTopic("payments") == made.topic)
    }

    @Test func `the same topic again is answered, another of the name is refused`() async throws {
        let test = try await EngineUnderTest()
        let first = try await test.makeTopic("t") { $0.loggingEnabled = true }
        await test.loop.advance(by: .seconds(1))
        let again = try await test.makeTopic("t") { $0.loggingEnabled = true }
        #expect(!again.created && again.topic == first.topic)
        #expect(await refusal { try await test.makeTopic("t") }?.name == .topicAlreadyExist)
    }

    @Test func `only what is given is changed`() async throws {
        let test = try await EngineUnderTest()
        try await test.makeTopic("t") { $0.maximumMessageSize = 2048 }
        await test.loop.advance(by: .seconds(1))
        let changed = try await test.door(.admin).call(
            SetTopicAttributes.self,
            .with {
                $0.topicName = "t"
                $0.loggingEnabled = true
            })
        #expect(changed.loggingEnabled && changed.maximumMessageSize == 2048)
        #expect(changed.lastModifyTime > changed.createTime)
        #expect(try await test.showTopic("t") == changed)
    }

    @Test(
        arguments: [
            ("MaximumMessageSize", 1023, 262_145), ("MessageRetentionPeriod", 59, 1_296_001),
        ] as [(String, Int64, Int64)])
    func `attributes out of range are named`(attribute: String, low: Int64, high: Int64) async throws {
        let test = try await EngineUnderTest()
        for value in [low, high] {
            let params: JSONValue = ["TopicName": "t", .init(attribute): .integer(value)]
            let error = await refusal {
                try await test.door(.admin).call("CreateTopic", params, meta: RPCMeta())
            }
            #expect(error?.name == .invalidArgument && error?.details["parameter"] == .string(attribute))
        }
    }

    @Test(arguments: ["", "-t", "t t", "t/u", String(repeating: "t", count: 256)])
    func `a name that is none is refused`(_ name: String) async throws {
        let test = try await EngineUnderTest()
        #expect(await refusal { try await test.makeTopic(name) }?.details["parameter"] == "TopicName")
        try await test.makeTopic("t")
        let error = await refusal { try await test.subscribe(name, to: "t", at: Self.endpoint) }
        #expect(error?.name == .invalidArgument && error?.details["parameter"] == "SubscriptionName")
    }

    @Test func `topics are listed by name, a page at a time`() async throws {
        let test = try await EngineUnderTest()
        for name in ["b", "a", "c", "other"] { try await test.makeTopic(name) }
        func page(_ token: String?, _ prefix: String? = nil) async throws -> ListTopics.Result {
            try await test.client.call(
                ListTopics.self,
                .with {
                    $0.limit = 2
                    $0.nextToken = token
                    $0.prefix = prefix
                })
        }
        let first = try await page(nil)
        #expect(first.topics.map(\.topicName) == ["a", "b"] && first.nextToken == "c")
        let second = try await page("c")
        #expect(second.topics.map(\.topicName) == ["c", "other"] && second.nextToken == nil)
        #expect(try await page(nil, "ot").topics.map(\.topicName) == ["other"])
    }

    @Test func `a subscription has the published defaults`() async throws {
        let test = try await EngineUnderTest()
        try await test.makeTopic("t")
        let made = try await test.subscribe("s", to: "t", at: Self.endpoint) { _ in }
        #expect(made.created && made.subscription.notifyStrategy == "BACKOFF_RETRY")
        #expect(made.subscription.notifyContentFormat == "XML" && made.subscription.filterTag == nil)
        #expect(made.subscription.endpoint == Self.endpoint && made.subscription.topicName == "t")
        #expect(try await test.subscription("s", of: "t") == made.subscription)
        let again = try await test.subscribe("s", to: "t", at: Self.endpoint) { _ in }
        #expect(!again.created && again.subscription == made.subscription)
        let other = await refusal { try await test.subscribe("s", to: "t", at: "http://127.0.0.1:9001/") }
        #expect(other?.name == .subscriptionAlreadyExist)
    }

    @Test(
        arguments: [
            "", "ftp://host/", "http://", "http:///path", "mail:directmail:a@b", "sms:directsms:1",
            "acs:mns:r:1:topics/q", "acs:mns:r:1:queues/", "acs:mns:r:1:queues/a b",
            "http://host/" + String(repeating: "p", count: 2048),
        ]) func `an endpoint that is none is refused`(_ endpoint: String) async throws
    {
        let test = try await EngineUnderTest()
        try await test.makeTopic("t")
        let error = await refusal { try await test.subscribe("s", to: "t", at: endpoint) }
        #expect(error?.name == .invalidArgument && error?.details["parameter"] == "Endpoint")
    }

    @Test(arguments: [
        ("NotifyStrategy", "SOON"), ("NotifyContentFormat", "YAML"), ("FilterTag", "seventeen-letters"),
    ])
    func `a choice that is none is refused`(_ parameter: String, _ value: String) async throws {
        let test = try await EngineUnderTest()
        try await test.makeTopic("t")
        let params: JSONValue = [
            "TopicName": "t", "SubscriptionName": "s", "Endpoint": .string(Self.endpoint),
            .init(parameter): .string(value),
        ]
        let error = await refusal { try await test.door(.admin).call("Subscribe", params, meta: RPCMeta()) }
        #expect(error?.name == .invalidArgument && error?.details["parameter"] == .string(parameter))
    }

    @Test func `the strategy of a subscription can be changed, and nothing else`() async throws {
        let test = try await EngineUnderTest()
        try await test.makeTopic("t")
        let made = try await test.subscribe("s", to: "t", at: Self.endpoint)
        await test.loop.advance(by: .seconds(1))
        let changed = try await test.door(.admin).call(
            SetSubscriptionAttributes.self,
            .with {
                $0.topicName = "t"
                $0.subscriptionName = "s"
                $0.notifyStrategy = "EXPONENTIAL_DECAY_RETRY"
            })
        #expect(changed.notifyStrategy == "EXPONENTIAL_DECAY_RETRY")
        #expect(changed.lastModifyTime > made.subscription.lastModifyTime)
        #expect(try await test.subscription("s", of: "t") == changed)
    }

    @Test func `what does not exist is named`() async throws {
        let test = try await EngineUnderTest()
        #expect(await refusal { try await test.showTopic("t") }?.name == .topicNotExist)
        #expect(await refusal { try await test.publish("m", to: "t") }?.name == .topicNotExist)
        #expect(
            await refusal { try await test.subscribe("s", to: "t", at: Self.endpoint) }?.name
                == .topicNotExist)
        try await test.makeTopic("t")
        #expect(await refusal { try await test.subscription("s", of: "t") }?.name == .subscriptionNotExist)
        let error = await refusal {
            try await test.door(.admin).call(
                Unsubscribe.self,
                .with {
                    $0.topicName = "t"
                    $0.subscriptionName = "s"
                })
        }
        #expect(error?.name == .subscriptionNotExist)
    }

    @Test func `subscriptions are listed by name, a page at a time`() async throws {
        let test = try await EngineUnderTest()
        try await test.makeTopic("t")
        for name in ["b", "a", "c"] { try await test.subscribe(name, to: "t", at: Self.endpoint) }
        let first = try await test.client.call(
            ListSubscriptions.self,
            .with {
                $0.topicName = "t"
                $0.limit = 2
            })
        #expect(first.subscriptions.map(\.subscriptionName) == ["a", "b"] && first.nextToken == "c")
    }

    @Test func `too many topics and subscriptions are refused`() async throws {
        var settings = FlowEngineSettings()
        settings.topicsMax = 1
        settings.topicSubscriptionsMax = 1
        let test = try await EngineUnderTest(settings: settings)
        try await test.makeTopic("t")
        #expect(await refusal { try await test.makeTopic("u") }?.name == .topicNumExceededLimit)
        try await test.subscribe("s", to: "t", at: Self.endpoint)
        let error = await refusal { try await test.subscribe("r", to: "t", at: Self.endpoint) }
        #expect(error?.name == .subscriptionNumExceededLimit)
    }

    @Test func `a deleted topic takes its subscriptions with it`() async throws {
        let test = try await EngineUnderTest()
        try await test.makeTopic("t")
        try await test.subscribe("s", to: "t", at: Self.endpoint)
        _ = try await test.door(.admin).call(DeleteTopic.self, .with { $0.topicName = "t" })
        #expect(await refusal { try await test.showTopic("t") }?.name == .topicNotExist)
        try await test.makeTopic("t")
        #expect(await refusal { try await test.subscription("s", of: "t") }?.name == .subscriptionNotExist)
    }
}

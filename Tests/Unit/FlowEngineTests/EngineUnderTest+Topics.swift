import FlowEngineAPI
import LoopSupport
import Primitives
import RPCProtocol

@testable import FlowEngine

// What tests of topics say often.
extension EngineUnderTest {
    @discardableResult
    func makeTopic(
        _ topic: String, _ edit: @Sendable (inout TopicAttributes) -> Void = { _ in }
    ) async throws -> CreateTopic.Result {
        var attributes = TopicAttributes()
        attributes.topicName = topic
        edit(&attributes)
        return try await door(.admin).call(CreateTopic.self, attributes)
    }

    func showTopic(_ topic: String) async throws -> TopicRecord {
        try await client.call(DescribeTopic.self, .with { $0.topicName = topic })
    }

    @discardableResult
    func subscribe(
        _ name: String, to topic: String, at endpoint: String,
        _ edit: @Sendable (inout Subscribe.Params) -> Void = { $0.notifyContentFormat = "SIMPLIFIED" }
    ) async throws -> Subscribe.Result {
        var params = Subscribe.Params()
        params.topicName = topic
        params.subscriptionName = name
        params.endpoint = endpoint
        edit(&params)
        return try await door(.admin).call(Subscribe.self, params)
    }

    func subscription(_ name: String, of topic: String) async throws -> SubscriptionRecord {
        try await client.call(
            DescribeSubscription.self,
            .with {
                $0.topicName = topic
                $0.subscriptionName = name
            })
    }

    @discardableResult
    func publish(
        _ body: String, to topic: String, tag: String? = nil, key: String? = nil
    ) async throws -> PublishMessage.Result {
        try await client.call(
            PublishMessage.self,
            .with {
                $0.topicName = topic
                $0.messageBody = body
                $0.messageTag = tag
            }, meta: RPCMeta(idempotencyKey: key))
    }

    /// Returns when nothing is on its way and all is on disk.
    func untilPushed() async {
        let engine = engine
        await loop.until {
            engine.assumeIsolated { $0.topics.isEmpty && $0.topics.pending == 0 && !$0.isCommitScheduled }
        }
    }

    /// Returns when no call is under way and what came of the last one is on disk.
    func untilPushesRest() async {
        let engine = engine
        await loop.until {
            engine.assumeIsolated { $0.topics.callsCount == 0 && !$0.isCommitScheduled }
        }
    }

    func untilRequests(_ count: Int) async {
        let outside = services.outside
        await loop.until { outside.requests.count == count }
        await untilPushesRest()
    }
}

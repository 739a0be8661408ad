import FlowEngineAPI
import RPCProtocol

/// The methods of the topics, bound to the service.
extension FlowEngineService {
    nonisolated func addTopics(to table: inout HandlerTable) {
        table.on(CreateTopic.self) { (params, _) async throws(RPCError) in
            try await self.createTopic(params)
        }
        table.on(SetTopicAttributes.self) { (params, _) async throws(RPCError) in
            try await self.setTopicAttributes(params)
        }
        table.on(DescribeTopic.self) { (params, _) async throws(RPCError) in
            try await self.describeTopic(params)
        }
        table.on(ListTopics.self) { (params, _) async throws(RPCError) in
            try await self.listTopics(params)
        }
        table.on(DeleteTopic.self) { (params, _) async throws(RPCError) in
            try await self.deleteTopic(params)
        }
        table.on(PublishMessage.self) { (params, context) async throws(RPCError) in
            try await self.publishMessage(params, key: context.meta.idempotencyKey)
        }
    }

    nonisolated func addSubscriptions(to table: inout HandlerTable) {
        table.on(Subscribe.self) { (params, _) async throws(RPCError) in
            try await self.subscribe(params)
        }
        table.on(SetSubscriptionAttributes.self) { (params, _) async throws(RPCError) in
            try await self.setSubscriptionAttributes(params)
        }
        table.on(DescribeSubscription.self) { (params, _) async throws(RPCError) in
            try await self.describeSubscription(params)
        }
        table.on(ListSubscriptions.self) { (params, _) async throws(RPCError) in
            try await self.listSubscriptions(params)
        }
        table.on(Unsubscribe.self) { (params, _) async throws(RPCError) in
            try await self.unsubscribe(params)
        }
    }
}

import FlowEngineAPI
import RPCProtocol

/// The methods of the queues, bound to the service.
extension FlowEngineService {
    nonisolated func addQueues(to table: inout HandlerTable) {
        table.on(CreateQueue.self) { (params, _) async throws(RPCError) in
            try await self.createQueue(params)
        }
        table.on(SetQueueAttributes.self) { (params, _) async throws(RPCError) in
            try await self.setQueueAttributes(params)
        }
        table.on(DescribeQueue.self) { (params, _) async throws(RPCError) in
            try await self.describeQueue(params)
        }
        table.on(ListQueues.self) { (params, _) async throws(RPCError) in
            try await self.listQueues(params)
        }
        table.on(DeleteQueue.self) { (params, _) async throws(RPCError) in
            try await self.deleteQueue(params)
        }
    }

    nonisolated func addMessages(to table: inout HandlerTable) {
        table.on(SendMessage.self) { (params, context) async throws(RPCError) in
            try await self.sendMessage(params, key: context.meta.idempotencyKey)
        }
        table.on(SendMessages.self) { (params, context) async throws(RPCError) in
            try await self.sendMessages(params, key: context.meta.idempotencyKey)
        }
        table.on(ReceiveMessage.self) { (params, _) async throws(RPCError) in
            try await self.receiveMessage(params)
        }
        table.on(PeekMessage.self) { (params, _) async throws(RPCError) in
            try await self.peekMessage(params)
        }
        table.on(DeleteMessage.self) { (params, context) async throws(RPCError) in
            try await self.deleteMessage(params, key: context.meta.idempotencyKey)
        }
        table.on(DeleteMessages.self) { (params, context) async throws(RPCError) in
            try await self.deleteMessages(params, key: context.meta.idempotencyKey)
        }
        table.on(ChangeMessageVisibility.self) { (params, context) async throws(RPCError) in
            try await self.changeMessageVisibility(params, key: context.meta.idempotencyKey)
        }
    }
}

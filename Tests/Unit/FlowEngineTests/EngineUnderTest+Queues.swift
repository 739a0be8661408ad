import FlowEngineAPI
import LoopSupport
import RPCProtocol

@testable import FlowEngine

// What tests of queues say often.
extension EngineUnderTest {
    @discardableResult
    func make(_ queue: String, _ edit: @Sendable (inout QueueAttributes) -> Void = { _ in }) async throws
        -> QueueRecord
    {
        var attributes = QueueAttributes()
        attributes.queueName = queue
        edit(&attributes)
        return try await door(.admin).call(CreateQueue.self, attributes)
    }

    func show(_ queue: String) async throws -> QueueRecord {
        try await client.call(DescribeQueue.self, .with { $0.queueName = queue })
    }

    @discardableResult
    func send(
        _ body: String, to queue: String, priority: Int64? = nil, delay: Int64? = nil, key: String? = nil
    ) async throws -> SendMessage.Result {
        try await client.call(
            SendMessage.self,
            .with {
                $0.queueName = queue
                $0.messageBody = body
                $0.priority = priority
                $0.delaySeconds = delay
            }, meta: RPCMeta(idempotencyKey: key))
    }

    func receive(
        _ queue: String, wait: Int64? = nil, count: Int64? = nil, visibility: Int64? = nil
    ) async throws -> [MessageRecord] {
        let result = try await client.call(
            ReceiveMessage.self,
            .with {
                $0.queueName = queue
                $0.waitSeconds = wait
                $0.numOfMessages = count
                $0.visibilityTimeout = visibility
            })
        return result.messages
    }

    func peek(_ queue: String, count: Int64 = 16) async throws -> [MessageRecord] {
        let result = try await client.call(
            PeekMessage.self,
            .with {
                $0.queueName = queue
                $0.numOfMessages = count
            })
        return result.messages
    }

    func delete(_ handle: String?, from queue: String, key: String? = nil) async throws {
        _ = try await client.call(
            DeleteMessage.self,
            .with {
                $0.queueName = queue
                $0.receiptHandle = handle ?? ""
            }, meta: RPCMeta(idempotencyKey: key))
    }

    func hide(
        _ handle: String?, in queue: String, _ seconds: Int64
    ) async throws -> ChangeMessageVisibility.Result {
        try await client.call(
            ChangeMessageVisibility.self,
            .with {
                $0.queueName = queue
                $0.receiptHandle = handle ?? ""
                $0.visibilityTimeout = seconds
            })
    }

    /// Returns when so many receives wait.
    func untilWaiting(_ count: Int) async {
        let engine = engine
        await loop.until { engine.assumeIsolated { $0.parked.count == count } }
    }
}

extension [MessageRecord] {
    var bodies: [String] { map(\.messageBody) }
}

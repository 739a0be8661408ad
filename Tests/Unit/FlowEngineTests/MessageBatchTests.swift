import FlowEngineAPI
import FlowStoreSQLite
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

@Suite(.timeLimit(.minutes(1))) struct MessageBatchTests {
    private func send(
        _ bodies: [String], to queue: String, key: String? = nil, _ test: EngineUnderTest,
        _ edit: (inout SendMessages.Params) -> Void = { _ in }
    ) async throws -> [SendMessages.Outcome] {
        var params = SendMessages.Params.with {
            $0.queueName = queue
            $0.messages = bodies.map { body in .with { $0.messageBody = body } }
        }
        edit(&params)
        return try await test.client.call(SendMessages.self, params, meta: RPCMeta(idempotencyKey: key))
            .messages
    }

    private func delete(
        _ handles: [String], from queue: String, _ test: EngineUnderTest
    ) async throws -> [DeleteMessages.Failure] {
        try await test.client.call(
            DeleteMessages.self,
            .with {
                $0.queueName = queue
                $0.receiptHandles = handles
            }
        ).failures
    }

    @Test func `a batch is in the queue in its order, and wakes who waits`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        async let waited = test.receive("q", wait: 30, count: 2)
        await test.untilWaiting(1)
        let sent = try await send((1...16).map { "m\($0)" }, to: "q", test)
        #expect(sent.count == 16 && sent.allSatisfy { $0.errorCode == nil && $0.messageBodyMD5?.count == 32 })
        #expect(try await waited.bodies == ["m1", "m2"])
        let rest = try await test.receive("q", count: 16)
        #expect(rest.bodies == (3...16).map { "m\($0)" })
        #expect(rest.map(\.messageId) == sent.dropFirst(2).map(\.messageId))
    }

    @Test func `what is wrong with one message keeps no other out`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q") { $0.maximumMessageSize = 1024 }
        let sent = try await send(
            ["good", "", String(repeating: "x", count: 1025), "late", "soon"], to: "q", test
        ) {
            $0.messages[3].delaySeconds = 604_801
            $0.messages[4].priority = 17
        }
        #expect(
            sent.map(\.errorCode) == [
                nil, "InvalidArgument", "EntityTooLarge", "InvalidArgument", "InvalidArgument",
            ])
        #expect(sent.dropFirst().allSatisfy { $0.messageId == nil && $0.errorMessage?.isEmpty == false })
        #expect(try await test.receive("q", count: 16).bodies == ["good"])
    }

    @Test func `a batch under the same key is sent once`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        let first = try await send(["a", "b"], to: "q", key: "k", test)
        #expect(try await send(["a", "b"], to: "q", key: "k", test) == first)
        #expect(try await test.show("q").activeMessages == 2)
        let other = await refusal { try await send(["a", "c"], to: "q", key: "k", test) }
        #expect(other?.name == .idempotencyConflict)
    }

    @Test func `a batch is as large as it may be and its queue must be there`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        for count in [0, 17] {
            let words = Array(repeating: "m", count: count)
            #expect(await refusal { try await send(words, to: "q", test) }?.name == .invalidArgument)
            #expect(await refusal { try await delete(words, from: "q", test) }?.name == .invalidArgument)
        }
        #expect(await refusal { try await send(["m"], to: "none", test) }?.name == .queueNotExist)
        #expect(await refusal { try await delete(["m"], from: "none", test) }?.name == .queueNotExist)
    }

    @Test func `handles that are good delete, the others are named`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        _ = try await send(["a", "b", "c"], to: "q", test)
        let handles = try await test.receive("q", count: 16).compactMap(\.receiptHandle)
        try await test.delete(handles[1], from: "q")
        let failures = try await delete(
            [handles[0], handles[1], "junk", handles[2], handles[2]], from: "q", test)
        #expect(failures.map(\.receiptHandle) == [handles[1], "junk", handles[2]])
        #expect(failures.map(\.errorCode) == ["MessageNotExist", "ReceiptHandleError", "MessageNotExist"])
        let queue = try await test.show("q")
        #expect(queue.activeMessages == 0 && queue.inactiveMessages == 0)
    }

    @Test func `a queue says whether it was made, and keeps whether it is logged`() async throws {
        let folder = try TemporaryFolder()
        let test = try await EngineUnderTest(try SQLiteStore(path: "\(folder.path)/e.sqlite"))
        #expect(try await test.make("q") { $0.loggingEnabled = true }.created == true)
        #expect(try await test.make("q") { $0.loggingEnabled = true }.created == false)
        #expect(await refusal { try await test.make("q") }?.name == .queueAlreadyExist)
        let restarted = try await test.restarted()
        #expect(try await restarted.show("q").loggingEnabled)
        let changed = try await restarted.door(.admin).call(
            SetQueueAttributes.self,
            .with {
                $0.queueName = "q"
                $0.loggingEnabled = false
            })
        #expect(!changed.loggingEnabled && changed.created == nil)
    }
}

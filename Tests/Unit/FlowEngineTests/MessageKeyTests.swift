import FlowEngineAPI
import FlowStore
import FlowStoreSQLite
import LoopSupport
import RPCProtocol
import Testing

@testable import FlowEngine

/// Calls that are made again because their reply was lost.
@Suite(.timeLimit(.minutes(1))) struct MessageKeyTests {
    @Test func `the same key sends once, also after the message was consumed`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        let first = try await test.send("m", to: "q", key: "k")
        #expect(try await test.send("m", to: "q", key: "k") == first)
        let message = try #require(try await test.receive("q").first)
        try await test.delete(message.receiptHandle, from: "q")
        #expect(try await test.send("m", to: "q", key: "k") == first)
        #expect(try await test.receive("q").isEmpty)
        #expect(try await test.send("m", to: "q", key: "other") != first)
        #expect(test.metrics.value("fnf_engine_messages_sent_total") == 2)
    }

    @Test func `another message under the same key is refused, at another queue it is another key`()
        async throws
    {
        let test = try await EngineUnderTest()
        try await test.make("q")
        try await test.make("r")
        let first = try await test.send("m", to: "q", key: "k")
        #expect(await refusal { try await test.send("n", to: "q", key: "k") }?.name == .idempotencyConflict)
        #expect(
            await refusal { try await test.send("m", to: "q", delay: 5, key: "k") }?.name
                == .idempotencyConflict)
        #expect(try await test.send("m", to: "r", key: "k").messageId != first.messageId)
    }

    @Test func `a key is remembered for its time and over restarts, then forgotten`() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: "\(folder.path)/e.sqlite")
        let test = try await EngineUnderTest(store)
        try await test.make("q") { $0.messageRetentionPeriod = 60 }
        let first = try await test.send("m", to: "q", key: "k")
        #expect(try await test.receive("q").count == 1)
        let image = try folder.crashImage()
        let next = try await test.restarted(on: try SQLiteStore(path: "\(image.path)/e.sqlite"))
        await next.loop.advance(by: .seconds(7 * 86_400))
        #expect(try await next.send("m", to: "q", key: "k") == first)
        await next.loop.advance(by: .seconds(1))
        #expect(try await next.receive("q").isEmpty)
        _ = try await next.send("m", to: "q", key: "k")
        #expect(try await next.show("q").activeMessages == 1)
        #expect(await refusal { try await next.send("m", to: "q", key: "") }?.name == .invalidArgument)
    }

    @Test func `a repeated delete is answered as the first was`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        try await test.send("m", to: "q")
        let handle = try #require(try await test.receive("q").first?.receiptHandle)
        try await test.delete(handle, from: "q", key: "k")
        try await test.delete(handle, from: "q", key: "k")
        #expect(
            await refusal { try await test.delete(handle, from: "q", key: "l") }?.name == .messageNotExist)
    }

    @Test func `two calls under one key in the same turn make one message`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        let sent = try await test.loop.together(
            (0..<4).map { _ in { @Sendable in try await test.send("m", to: "q", key: "k").messageId } })
        #expect(Set(sent).count == 1)
        #expect(try await test.receive("q", count: 16).count == 1)
    }
}

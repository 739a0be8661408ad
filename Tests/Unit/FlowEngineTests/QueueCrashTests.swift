import FlowEngineAPI
import FlowStore
import FlowStoreSQLite
import LoopSupport
import Primitives
import RPCProtocol
import Synchronization
import Testing

@testable import FlowEngine

/// A kill at every commit: nothing is sent twice, nothing is lost.
@Suite(.timeLimit(.minutes(2))) struct QueueCrashTests {
    private static let flow = """
        version: v1
        type: flow
        steps:
          - type: foreach
            name: each
            iterationMapping: {collection: $.items, item: item}
            steps:
              - type: task
                name: tell
                resourceArn: acs:mns:::/queues/work/messages
                serviceParams: {MessageBody: $.item}
          - type: task
            name: ask
            pattern: waitForCallback
            resourceArn: acs:mns:::/queues/ask/messages
            inputMappings:
              - {target: token, source: $context.task.token}
          - type: task
            name: done
            resourceArn: acs:mns:::/queues/work/messages
            serviceParams: {MessageBody: done}
        """

    /// The files as a kill after each commit would leave them.
    private final class Images: Sendable {
        private let list = Mutex<[TemporaryFolder]>([])
        var all: [TemporaryFolder] { list.withLock { $0 } }
        func add(_ image: TemporaryFolder) { list.withLock { $0.append(image) } }
    }

    private func begin(_ test: EngineUnderTest) async throws {
        try await test.begin(input: #"{"items":["a","b","c"]}"#)
    }

    /// Answers the question and waits for the end.
    private func finish(_ test: EngineUnderTest) async throws {
        let question = try #require(try await test.receive("ask", wait: 30, visibility: 1).first)
        let token = try #require(try JSONParser.parse(question.messageBody)["token"]?.stringValue)
        _ = try? await test.succeed(token, "{}", key: "k")
        #expect(try await test.end().status == "Succeeded")
    }

    @Test func `killed at each commit every message is sent exactly once`() async throws {
        let folder = try TemporaryFolder()
        let store = FaultyStore(try SQLiteStore(path: "\(folder.path)/e.sqlite"))
        let test = try await EngineUnderTest(store)
        try await test.apply(Self.flow)
        try await test.make("work")
        try await test.make("ask")
        let images = Images()
        images.add(try folder.crashImage())
        store.afterCommit { if let image = try? folder.crashImage() { images.add(image) } }
        try await begin(test)
        try await finish(test)
        #expect(images.all.count >= 5)
        for image in images.all {
            let next = try await test.restarted(on: try SQLiteStore(path: "\(image.path)/e.sqlite"))
            if await refusal({ try await next.describe() })?.name == .executionNotExists {
                try await begin(next)
            }
            // A question that was received before the kill is asked again when its time has passed.
            await next.loop.advance(by: .seconds(2))
            try await finish(next)
            #expect(try await next.peek("work").bodies.sorted() == ["a", "b", "c", "done"])
            #expect(try await next.show("ask").activeMessages + next.show("ask").inactiveMessages == 1)
        }
    }

    @Test func `what was acknowledged is there after a kill, and what was deleted stays away`() async throws {
        let folder = try TemporaryFolder()
        let test = try await EngineUnderTest(try SQLiteStore(path: "\(folder.path)/e.sqlite"))
        try await test.make("q")
        for body in ["deleted", "held", "left"] { try await test.send(body, to: "q") }
        try await test.delete(try await test.receive("q").first?.receiptHandle, from: "q")
        let held = try #require(try await test.receive("q", visibility: 60).first)
        let image = try folder.crashImage()
        let next = try await test.restarted(on: try SQLiteStore(path: "\(image.path)/e.sqlite"))
        #expect(await next.engine.isIdle)
        #expect(try await next.receive("q", count: 16).bodies == ["left"])
        try await next.delete(held.receiptHandle, from: "q")
        await next.loop.advance(by: .seconds(60))
        #expect(try await next.receive("q", count: 16).bodies == ["left"])
    }
}

import FlowEngineAPI
import FlowStore
import FlowStoreSQLite
import HTTPEgressAPI
import LoopSupport
import Primitives
import RPCProtocol
import Synchronization
import Testing

@testable import FlowEngine

/// A kill at every commit: what was acknowledged reaches everybody.
@Suite(.timeLimit(.minutes(2))) struct TopicCrashTests {
    private static let url = "http://127.0.0.1:9000/in"

    private static let flow = """
        version: v1
        type: flow
        steps:
          - {type: task, name: tell, resourceArn: "acs:mns:::/topics/news/messages"}
          - {type: task, name: ask, resourceArn: "acs:mns:::/topics/ask/messages"}
        """

    /// The files as a kill after each commit would leave them.
    private final class Images: Sendable {
        private let list = Mutex<[TemporaryFolder]>([])
        var all: [TemporaryFolder] { list.withLock { $0 } }
        func add(_ image: TemporaryFolder) { list.withLock { $0.append(image) } }
    }

    @Test func `killed at each commit every message is in the queue exactly once, and pushed at least once`()
        async throws
    {
        let folder = try TemporaryFolder()
        let store = FaultyStore(try SQLiteStore(path: "\(folder.path)/e.sqlite"))
        let test = try await EngineUnderTest(store)
        try await test.apply(Self.flow)
        try await test.make("q")
        for topic in ["news", "ask"] {
            try await test.makeTopic(topic)
            try await test.subscribe("q", to: topic, at: "acs:mns:::queues/q")
            try await test.subscribe("h", to: topic, at: Self.url) { $0.notifyContentFormat = "JSON" }
        }
        let images = Images()
        images.add(try folder.crashImage())
        store.afterCommit { if let image = try? folder.crashImage() { images.add(image) } }
        try await work(test)
        #expect(images.all.count >= 5)
        for image in images.all {
            let before = test.services.outside.requests.count
            let next = try await test.restarted(on: try SQLiteStore(path: "\(image.path)/e.sqlite"))
            try await work(next)
            // Two of the flow, one of the client.
            #expect(try await next.show("q").activeMessages == 3)
            #expect(try await next.showTopic("news").messageCount == 0)
            // What the kill met before its push is pushed now; nothing is pushed more than once a life.
            #expect(next.services.outside.requests.count - before <= 3)
        }
        let pushed = Set(
            test.services.outside.requests.compactMap { try? JSONParser.parse($0.body)["MessageId"] })
        #expect(pushed.count >= 3)
    }

    /// Does everything, also again.
    private func work(_ test: EngineUnderTest) async throws {
        if await refusal({ try await test.describe() })?.name == .executionNotExists {
            try await test.begin()
        }
        #expect(try await test.end().status == "Succeeded")
        try await test.publish("from a client", to: "news", key: "k")
        await test.untilPushed()
    }

    @Test func `a push goes on after a kill with the tries it had`() async throws {
        let folder = try TemporaryFolder()
        let test = try await EngineUnderTest(try SQLiteStore(path: "\(folder.path)/e.sqlite"))
        test.services.outside.at(Self.url) { _ in 500 }
        try await test.makeTopic("t")
        try await test.subscribe("s", to: "t", at: Self.url)
        try await test.publish("m", to: "t")
        await test.untilRequests(1)
        await test.loop.advance(by: .seconds(20))
        await test.untilRequests(2)
        let image = try folder.crashImage()
        let next = try await test.restarted(on: try SQLiteStore(path: "\(image.path)/e.sqlite"))
        #expect(await !next.engine.isIdle)
        for count in 3...4 {
            await next.loop.advance(by: .seconds(20))
            await next.untilRequests(count)
        }
        await next.untilPushed()
        #expect(try await next.subscription("s", of: "t").droppedMessages == 1)
    }
}

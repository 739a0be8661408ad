import FlowEngineAPI
import FlowStore
import FlowStoreSQLite
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

@Suite(.timeLimit(.minutes(1))) struct QueueTests {
    @Test func `a new queue has the published defaults`() async throws {
        let test = try await EngineUnderTest()
        let queue = try await test.make("payments")
        #expect(queue.delaySeconds == 0 && queue.visibilityTimeout == 30 && queue.pollingWaitSeconds == 0)
        #expect(queue.maximumMessageSize == 65_536 && queue.messageRetentionPeriod == 345_600)
        #expect(queue.deadLetterQueue == nil && queue.maxReceiveCount == nil)
        #expect(queue.createTime == "2026-11-23T09:30:00.000Z")
        var shown = queue
        shown.created = nil
        #expect(queue.created == true && !queue.loggingEnabled)
        #expect(try await test.show("payments") == shown)
    }

    @Test func `the same queue again is answered, another of the name is refused`() async throws {
        let test = try await EngineUnderTest()
        var first = try await test.make("q") { $0.visibilityTimeout = 60 }
        first.created = false
        await test.loop.advance(by: .seconds(1))
        #expect(try await test.make("q") { $0.visibilityTimeout = 60 } == first)
        #expect(await refusal { try await test.make("q") }?.name == .queueAlreadyExist)
    }

    @Test func `only what is given is changed`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("dead")
        try await test.make("q") { $0.pollingWaitSeconds = 5 }
        await test.loop.advance(by: .seconds(1))
        let changed = try await test.door(.admin).call(
            SetQueueAttributes.self,
            .with {
                $0.queueName = "q"
                $0.visibilityTimeout = 90
                $0.deadLetterQueue = "dead"
            })
        #expect(changed.visibilityTimeout == 90 && changed.pollingWaitSeconds == 5)
        #expect(changed.deadLetterQueue == "dead" && changed.maxReceiveCount == 16)
        #expect(changed.lastModifyTime > changed.createTime)
        #expect(try await test.show("q") == changed)
    }

    @Test(
        arguments: [
            ("DelaySeconds", -1, 604_801), ("VisibilityTimeout", 0, 43_201), ("PollingWaitSeconds", -1, 31),
            ("MaximumMessageSize", 1023, 262_145), ("MessageRetentionPeriod", 59, 1_296_001),
            ("MaxReceiveCount", 0, 1001),
        ] as [(String, Int64, Int64)]) func `attributes out of range are named`(
            attribute: String, low: Int64, high: Int64
        ) async throws
    {
        let test = try await EngineUnderTest()
        try await test.make("dead")
        for value in [low, high] {
            let error = await refusal {
                try await test.door(.admin).call(
                    CreateQueue.name,
                    ["QueueName": "q", "DeadLetterQueue": "dead", .init(attribute): .integer(value)],
                    meta: RPCMeta())
            }
            #expect(error?.name == .invalidArgument)
            #expect(error?.details["parameter"] == .string(attribute))
        }
    }

    @Test func `a dead-letter queue is another one that exists`() async throws {
        let test = try await EngineUnderTest()
        #expect(
            await refusal { try await test.make("q") { $0.deadLetterQueue = "q" } }?.name == .invalidArgument)
        let absent = await refusal { try await test.make("q") { $0.deadLetterQueue = "none" } }
        #expect(absent?.message.contains("create it first") == true)
        #expect(
            await refusal { try await test.make("q") { $0.maxReceiveCount = 3 } }?.name == .invalidArgument)
    }

    @Test func `names are checked`() async throws {
        let test = try await EngineUnderTest()
        for name in ["", "-a", "a b", "a/b", "ü", String(repeating: "a", count: 121)] {
            #expect(await refusal { try await test.make(name) }?.name == .invalidArgument, "\(name)")
        }
        try await test.make("1a-b_c")
    }

    @Test func `queues are listed by name, by prefix and page by page`() async throws {
        let test = try await EngineUnderTest()
        for name in ["b-2", "a", "b-1", "b-3"] { try await test.make(name) }
        let first = try await test.client.call(
            ListQueues.self,
            .with {
                $0.prefix = "b-"
                $0.limit = 2
            })
        #expect(first.queues.map(\.queueName) == ["b-1", "b-2"])
        let rest = try await test.client.call(
            ListQueues.self,
            .with {
                $0.prefix = "b-"
                $0.limit = 2
                $0.nextToken = first.nextToken
            })
        #expect(rest.queues.map(\.queueName) == ["b-3"] && rest.nextToken == nil)
    }

    @Test func `there are at most so many queues`() async throws {
        var settings = FlowEngineSettings()
        settings.queuesMax = 2
        let test = try await EngineUnderTest(settings: settings)
        try await test.make("a")
        try await test.make("b")
        #expect(await refusal { try await test.make("c") }?.name == .queueNumExceededLimit)
        _ = try await test.door(.admin).call(DeleteQueue.self, .with { $0.queueName = "a" })
        try await test.make("c")
    }

    @Test func `a deleted queue is gone with its messages, and one made again is empty`() async throws {
        var settings = FlowEngineSettings()
        settings.queueBatch = 4
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: "\(folder.path)/e.sqlite")
        let test = try await EngineUnderTest(store, settings: settings)
        try await test.make("q")
        for number in 0..<10 { try await test.send("m\(number)", to: "q") }
        _ = try await test.door(.admin).call(DeleteQueue.self, .with { $0.queueName = "q" })
        #expect(await refusal { try await test.send("x", to: "q") }?.name == .queueNotExist)
        #expect(await refusal { try await test.receive("q") }?.name == .queueNotExist)
        #expect(try await test.make("q").activeMessages == 0)
        #expect(try await test.receive("q").isEmpty)
        for _ in 0..<5 { await test.loop.advance(by: .milliseconds(1)) }
        let engine = test.engine
        await test.loop.until { engine.assumeIsolated { !$0.queues.isPurging } }
        #expect(try store.unpurgedQueues().isEmpty)
        #expect(try (1...10).allSatisfy { try store.message($0) == nil })
    }

    @Test func `messages of a deleted queue that a kill left behind are removed after the restart`()
        async throws
    {
        let store = MemoryStore()
        let key = store.addQueue(.init())
        var message = StoredMessage()
        message.queue = key
        let left = store.addMessage(message, body: "x")
        store.deleteQueue(key)
        store.append([])
        let test = try await EngineUnderTest(store)
        let engine = test.engine
        await test.loop.until { engine.assumeIsolated { !$0.queues.isPurging } }
        #expect(store.unpurgedQueues().isEmpty && store.message(left) == nil)
        #expect(await test.engine.isIdle)
    }
}

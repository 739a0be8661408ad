import FlowEngineAPI
import FlowStore
import FlowStoreSQLite
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

@Suite(.timeLimit(.minutes(1))) struct MessageTests {
    @Test func `a message is received with all its fields`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        let sent = try await test.send("hello", to: "q", priority: 3)
        #expect(sent.messageBodyMD5 == "5D41402ABC4B2A76B9719D911017C592")
        await test.loop.advance(by: .seconds(2))
        let message = try #require(try await test.receive("q").first)
        #expect(message.messageId == sent.messageId && message.messageBody == "hello")
        #expect(message.messageBodyMD5 == sent.messageBodyMD5 && message.priority == 3)
        #expect(message.enqueueTime == "2026-11-23T09:30:00.000Z")
        #expect(message.firstDequeueTime == "2026-11-23T09:30:02.000Z")
        #expect(message.nextVisibleTime == "2026-11-23T09:30:32.000Z")
        #expect(message.dequeueCount == 1)
        let allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        #expect(message.receiptHandle?.allSatisfy { allowed.contains($0) } == true)
    }

    @Test func `smaller priorities come first, and within one the order of sending`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        for (body, priority) in [("c", nil), ("e", 16), ("a", 1), ("d", 8), ("b", 1)] as [(String, Int64?)] {
            try await test.send(body, to: "q", priority: priority)
        }
        #expect(try await test.receive("q", count: 16).bodies == ["a", "b", "c", "d", "e"])
        #expect(try await test.receive("q", count: 16).isEmpty)
    }

    @Test func `a message that is not deleted comes back after its visibility timeout`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        try await test.send("m", to: "q")
        let first = try #require(try await test.receive("q", visibility: 10).first)
        #expect(try await test.receive("q").isEmpty)
        let counts = try await test.show("q")
        #expect(counts.activeMessages == 0 && counts.inactiveMessages == 1)
        await test.loop.advance(by: .seconds(10))
        #expect(try await test.show("q").activeMessages == 1)
        let again = try #require(try await test.receive("q").first)
        #expect(again.messageId == first.messageId && again.dequeueCount == 2)
        #expect(again.firstDequeueTime == first.firstDequeueTime)
        #expect(again.receiptHandle != first.receiptHandle)
    }

    @Test func `a deleted message does not come back`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        try await test.send("m", to: "q")
        let message = try #require(try await test.receive("q").first)
        try await test.delete(message.receiptHandle, from: "q")
        await test.loop.advance(by: .seconds(60))
        #expect(try await test.receive("q").isEmpty)
        #expect(
            await refusal { try await test.delete(message.receiptHandle, from: "q") }?.name
                == .messageNotExist)
    }

    @Test func `a stale handle says so and ends nothing`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        try await test.make("other")
        try await test.send("m", to: "q")
        let first = try #require(try await test.receive("q", visibility: 10).first)
        await test.loop.advance(by: .seconds(10))
        let late = await refusal { try await test.delete(first.receiptHandle, from: "q") }
        #expect(late?.name == .receiptHandleError && late?.message.contains("passed at") == true)
        let second = try #require(try await test.receive("q").first)
        let stolen = await refusal { try await test.delete(first.receiptHandle, from: "q") }
        #expect(stolen?.name == .receiptHandleError && stolen?.message.contains("received again") == true)
        for text in ["", "nonsense", "AAAA"] {
            #expect(await refusal { try await test.delete(text, from: "q") }?.name == .receiptHandleError)
        }
        let foreign = await refusal { try await test.delete(second.receiptHandle, from: "other") }
        #expect(foreign?.name == .receiptHandleError)
        try await test.delete(second.receiptHandle, from: "q")
    }

    @Test func `a guessed handle of a message that somebody has is refused`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        try await test.send("m", to: "q")
        let text = try #require(try await test.receive("q").first?.receiptHandle)
        let handle = try #require(ReceiptHandle(text: text))
        let guess = ReceiptHandle(message: handle.message, receive: handle.receive, chance: handle.chance + 1)
        #expect(await refusal { try await test.delete(guess.text, from: "q") }?.name == .receiptHandleError)
        #expect(handle.text == text)
    }

    @Test func `a worker keeps its message longer, or gives it back`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        try await test.send("m", to: "q")
        let message = try #require(try await test.receive("q", visibility: 10).first)
        await test.loop.advance(by: .seconds(9))
        let kept = try await test.hide(message.receiptHandle, in: "q", 60)
        #expect(kept.nextVisibleTime == "2026-11-23T09:31:09.000Z")
        let old = await refusal { try await test.delete(message.receiptHandle, from: "q") }
        #expect(old?.name == .receiptHandleError && old?.message.contains("ChangeMessageVisibility") == true)
        await test.loop.advance(by: .seconds(59))
        #expect(try await test.receive("q").isEmpty)
        let given = try await test.hide(kept.receiptHandle, in: "q", 0)
        #expect(
            await refusal { try await test.delete(given.receiptHandle, from: "q") }?.name
                == .receiptHandleError)
        #expect(try await test.receive("q").first?.dequeueCount == 2)
    }

    @Test func `a delayed message is not there before its time`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q") { $0.delaySeconds = 5 }
        try await test.send("by the queue", to: "q")
        try await test.send("own", to: "q", delay: 20)
        try await test.send("at once", to: "q", delay: 0)
        #expect(try await test.receive("q", count: 16).bodies == ["at once"])
        #expect(try await test.show("q").delayMessages == 2)
        await test.loop.advance(by: .seconds(5))
        #expect(try await test.receive("q", count: 16).bodies == ["by the queue"])
        await test.loop.advance(by: .seconds(15))
        #expect(try await test.receive("q", count: 16).bodies == ["own"])
    }

    @Test func `a message is removed when its retention has ended`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q") { $0.messageRetentionPeriod = 60 }
        try await test.send("old", to: "q")
        await test.loop.advance(by: .seconds(40))
        try await test.send("young", to: "q")
        await test.loop.advance(by: .seconds(20))
        #expect(try await test.peek("q").bodies == ["young"])
        #expect(try await test.receive("q", count: 16).bodies == ["young"])
        #expect(test.metrics.value("fnf_engine_messages_expired_total") == 1)
    }

    @Test func `what was received too often goes to the dead-letter queue`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("dead")
        try await test.make("q") {
            $0.deadLetterQueue = "dead"
            $0.maxReceiveCount = 2
            $0.visibilityTimeout = 10
        }
        let sent = try await test.send("poison", to: "q", priority: 2)
        try await test.send("good", to: "q")
        for _ in 0..<2 {
            #expect(try await test.receive("q").bodies == ["poison"])
            await test.loop.advance(by: .seconds(10))
        }
        #expect(try await test.receive("q").bodies == ["good"])
        let dead = try #require(try await test.receive("dead").first)
        #expect(dead.messageBody == "poison" && dead.messageId == sent.messageId && dead.priority == 2)
        #expect(dead.dequeueCount == 1 && dead.enqueueTime == "2026-11-23T09:30:20.000Z")
        #expect(test.metrics.value("fnf_engine_messages_dead_lettered_total") == 1)
        #expect(try await test.show("q").activeMessages == 0)
    }

    @Test func `a dead message stays where it is when its other queue is gone`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("dead")
        try await test.make("q") {
            $0.deadLetterQueue = "dead"
            $0.maxReceiveCount = 1
        }
        _ = try await test.door(.admin).call(DeleteQueue.self, .with { $0.queueName = "dead" })
        try await test.send("m", to: "q")
        for count in 1...3 {
            #expect(try await test.receive("q").first?.dequeueCount == Int64(count))
            await test.loop.advance(by: .seconds(30))
        }
    }

    @Test func `looking takes nothing`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        for body in ["a", "b", "c"] { try await test.send(body, to: "q") }
        let seen = try await test.peek("q", count: 2)
        #expect(seen.bodies == ["a", "b"])
        #expect(
            seen.allSatisfy { $0.receiptHandle == nil && $0.firstDequeueTime == nil && $0.dequeueCount == 0 })
        #expect(try await test.receive("q", count: 16).bodies == ["a", "b", "c"])
        #expect(try await test.peek("q").isEmpty)
    }

    @Test func `bodies and parameters out of bounds are named`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q") { $0.maximumMessageSize = 1024 }
        let large = await refusal { try await test.send(String(repeating: "ü", count: 513), to: "q") }
        #expect(large?.name == .entityTooLarge && large?.details["bytesMax"] == 1024)
        try await test.send(String(repeating: "ü", count: 512), to: "q")
        #expect(await refusal { try await test.send("", to: "q") }?.details["parameter"] == "MessageBody")
        #expect(
            await refusal { try await test.send("m", to: "q", priority: 17) }?.details["parameter"]
                == "Priority")
        #expect(await refusal { try await test.send("m", to: "q", priority: 0) }?.name == .invalidArgument)
        let delay = await refusal { try await test.send("m", to: "q", delay: 604_801) }
        #expect(delay?.details["parameter"] == "DelaySeconds")
        #expect(await refusal { try await test.receive("q", wait: 31) }?.name == .invalidArgument)
        #expect(await refusal { try await test.receive("q", count: 17) }?.name == .invalidArgument)
        #expect(await refusal { try await test.receive("q", visibility: 0) }?.name == .invalidArgument)
        #expect(await refusal { try await test.send("m", to: "none") }?.name == .queueNotExist)
    }

    @Test func `a full queue refuses until there is room, and expired messages make room`() async throws {
        var settings = FlowEngineSettings()
        settings.queueMessagesMax = 2
        let test = try await EngineUnderTest(settings: settings)
        try await test.make("q") { $0.messageRetentionPeriod = 60 }
        try await test.send("a", to: "q")
        try await test.send("b", to: "q", delay: 30)
        let full = await refusal { try await test.send("c", to: "q") }
        #expect(full?.name == .queueFull && full?.retryable == true)
        #expect(full?.message.contains("queueMessagesMax") == true)
        try await test.delete(try await test.receive("q").first?.receiptHandle, from: "q")
        try await test.send("c", to: "q")
        await test.loop.advance(by: .seconds(60))
        try await test.send("d", to: "q")
        #expect(try await test.receive("q", count: 16).bodies == ["d"])
    }

    @Test func `a page of messages is no larger than a reply`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q") { $0.maximumMessageSize = 262_144 }
        for _ in 0..<6 { try await test.send(String(repeating: "m", count: 250_000), to: "q") }
        #expect(try await test.receive("q", count: 16).count == 4)
        #expect(try await test.receive("q", count: 16).count == 2)
    }
}

import FlowEngineAPI
import FlowStore
import LoopSupport
import RPCProtocol
import Testing

@testable import FlowEngine

/// Receives that wait: nobody asks again and again.
@Suite(.timeLimit(.minutes(1))) struct ReceiveWaitTests {
    @Test func `a send ends the wait`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        async let waiting = test.receive("q", wait: 30)
        await test.untilWaiting(1)
        #expect(await !test.engine.isIdle)
        try await test.send("m", to: "q")
        #expect(try await waiting.bodies == ["m"])
        #expect(test.metrics.value("fnf_engine_messages_received_total") == 1)
        #expect(test.loop.armed.isEmpty)
        #expect(await test.engine.isIdle)
    }

    @Test func `the wait ends with its time and no message, by the call or by the queue`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q") { $0.pollingWaitSeconds = 10 }
        async let byCall = test.receive("q", wait: 5)
        await test.untilWaiting(1)
        async let byQueue = test.receive("q")
        await test.untilWaiting(2)
        #expect(test.metrics.snapshot["fnf_engine_receives_waiting"] == 2)
        await test.loop.advance(by: .seconds(5))
        #expect(try await byCall.isEmpty)
        await test.loop.advance(by: .seconds(5))
        #expect(try await byQueue.isEmpty)
        #expect(try await test.receive("q", wait: 0).isEmpty)
        #expect(test.metrics.snapshot["fnf_engine_receives_waiting"] == 0)
        #expect(await test.engine.isIdle)
    }

    @Test func `a message that becomes visible again ends the wait at that moment`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        try await test.send("m", to: "q")
        _ = try await test.receive("q", visibility: 20)
        async let waiting = test.receive("q", wait: 30)
        await test.untilWaiting(1)
        #expect(test.loop.armed == [.seconds(20), .seconds(30)])
        await test.loop.advance(by: .seconds(19))
        await test.untilWaiting(1)
        await test.loop.advance(by: .seconds(1))
        #expect(try await waiting.first?.dequeueCount == 2)
    }

    @Test func `a delay that passes ends the wait`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        async let waiting = test.receive("q", wait: 30)
        await test.untilWaiting(1)
        try await test.send("later", to: "q", delay: 12)
        #expect(test.loop.armed == [.seconds(12), .seconds(30)])
        await test.loop.advance(by: .seconds(12))
        #expect(try await waiting.bodies == ["later"])
    }

    @Test func `a message given back ends the wait`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        try await test.send("m", to: "q")
        let message = try #require(try await test.receive("q").first)
        async let waiting = test.receive("q", wait: 30)
        await test.untilWaiting(1)
        _ = try await test.hide(message.receiptHandle, in: "q", 0)
        #expect(try await waiting.bodies == ["m"])
    }

    @Test func `who came first is served first`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q") { $0.visibilityTimeout = 100 }
        async let first = test.receive("q", wait: 30, count: 2)
        await test.untilWaiting(1)
        async let second = test.receive("q", wait: 30)
        await test.untilWaiting(2)
        async let third = test.receive("q", wait: 30)
        await test.untilWaiting(3)
        try await test.send("a", to: "q")
        try await test.send("b", to: "q")
        #expect(try await first.bodies == ["a"])
        #expect(try await second.bodies == ["b"])
        await test.loop.advance(by: .seconds(30))
        #expect(try await third.isEmpty)
    }

    @Test func `a dead letter wakes who waits at its queue`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("dead")
        try await test.make("q") {
            $0.deadLetterQueue = "dead"
            $0.maxReceiveCount = 1
            $0.visibilityTimeout = 5
        }
        try await test.send("m", to: "q")
        _ = try await test.receive("q")
        async let undertaker = test.receive("dead", wait: 30)
        await test.untilWaiting(1)
        await test.loop.advance(by: .seconds(5))
        #expect(try await test.receive("q").isEmpty)
        #expect(try await undertaker.bodies == ["m"])
    }

    @Test func `who waits at a queue that is deleted is told`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        let waiting = Task { await refusal { try await test.receive("q", wait: 30) } }
        await test.untilWaiting(1)
        _ = try await test.door(.admin).call(DeleteQueue.self, .with { $0.queueName = "q" })
        #expect(await waiting.value?.name == .queueNotExist)
    }

    @Test func `a receiver that went away takes no message with it`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        let gone = Task { try await test.receive("q", wait: 30) }
        await test.untilWaiting(1)
        gone.cancel()
        await test.untilWaiting(0)
        _ = await gone.result
        try await test.send("m", to: "q")
        #expect(try await test.receive("q").first?.dequeueCount == 1)
    }

    @Test func `a stop ends the wait`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("q")
        let waiting = Task { await refusal { try await test.receive("q", wait: 30) } }
        await test.untilWaiting(1)
        await test.engine.drain()
        #expect(await waiting.value?.name == .canceled)
    }

    @Test func `a receive that could not be written took nothing`() async throws {
        let store = FaultyStore()
        let test = try await EngineUnderTest(store)
        try await test.make("q")
        try await test.send("m", to: "q")
        store.fault = FaultyStore.full
        #expect(await refusal { try await test.receive("q") }?.name == .serviceUnavailable)
        store.fault = nil
        let message = try #require(try await test.receive("q").first)
        #expect(message.dequeueCount == 1)
        #expect(test.metrics.value("fnf_engine_messages_received_total") == 1)
    }

    @Test func `who is served in a tick that the disk refuses is told, the next one waits on`() async throws {
        let store = FaultyStore()
        let test = try await EngineUnderTest(store)
        try await test.make("q")
        try await test.send("m", to: "q", delay: 5)
        let first = Task { await refusal { try await test.receive("q", wait: 30) } }
        await test.untilWaiting(1)
        async let second = test.receive("q", wait: 30)
        await test.untilWaiting(2)
        store.commitFault = FaultyStore.full
        await test.loop.advance(by: .seconds(5))
        #expect(await first.value?.name == .serviceUnavailable)
        store.commitFault = nil
        await test.loop.advance(by: .seconds(1))
        #expect(try await second.first?.dequeueCount == 1)
    }

    @Test func `a disk that takes no change keeps those who wait in their order`() async throws {
        let store = FaultyStore()
        let test = try await EngineUnderTest(store)
        try await test.make("q") { $0.visibilityTimeout = 100 }
        try await test.send("m", to: "q", delay: 5)
        async let first = test.receive("q", wait: 30)
        await test.untilWaiting(1)
        async let second = test.receive("q", wait: 30)
        await test.untilWaiting(2)
        store.fault = FaultyStore.full
        await test.loop.advance(by: .seconds(5))
        await test.loop.advance(by: .seconds(1))
        store.fault = nil
        await test.loop.advance(by: .seconds(1))
        #expect(try await first.bodies == ["m"])
        await test.loop.advance(by: .seconds(30))
        #expect(try await second.isEmpty)
    }
}

import FlowEngineAPI
import FlowStore
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

@Suite(.timeLimit(.minutes(1))) struct StoreFaultTests {
    @Test func `a full disk refuses a start with the path, and nothing of it is left`() async throws {
        let store = FaultyStore()
        let test = try await EngineUnderTest(store)
        try await test.apply(Definitions.ask)
        store.fault = FaultyStore.full
        let error = try #require(await refusal { try await test.begin() })
        #expect(error.name == .serviceUnavailable && error.retryable)
        #expect(error.message.contains("/state/flow-engine.sqlite") && error.message.contains("full"))
        #expect(await refusal { try await test.describe() }?.name == .executionNotExists)
        #expect(test.services.calls("Ask").isEmpty)
        #expect(test.log.lines(of: "storeFault").count == 1)
        store.fault = nil
        #expect(try await test.begin().status == "Running")
        let services = test.services
        await test.loop.until { services.calls("Ask").count == 1 }
    }

    @Test func `a report that could not be written may be repeated`() async throws {
        let store = FaultyStore()
        let test = try await EngineUnderTest(store)
        try await test.apply(Definitions.ask)
        try await test.begin()
        let token = try await test.submitted()
        store.fault = FaultyStore.full
        #expect(
            await refusal { try await test.succeed(token, #"{"answer":1}"#, key: "k") }?.retryable == true)
        #expect(try await test.describe().status == "Running")
        store.fault = nil
        _ = try await test.succeed(token, #"{"answer":1}"#, key: "k")
        #expect(try await test.describe().output == #"{"answer":1}"#)
    }

    @Test func `an answer that could not be written is asked for again`() async throws {
        let store = FaultyStore()
        let test = try await EngineUnderTest(store)
        try await test.apply(Definitions.work())
        let services = test.services
        services.on("Work") { (_, _) async throws(RPCError) in
            if services.calls("Work").count == 1 { store.fault = FaultyStore.full }
            return ["done": true]
        }
        try await test.begin()
        let engine = test.engine
        await test.loop.until { engine.assumeIsolated { $0.toRevive.count == 1 } }
        #expect(try await test.describe().status == "Running")
        store.fault = nil
        await test.loop.advance(by: .seconds(2))
        #expect(try await test.end().output == #"{"done":true}"#)
        #expect(services.calls("Work").count == 2)
        #expect(Set(services.calls("Work").map(\.key)).count == 1)
    }

    @Test func `a timer that could not be written fires again`() async throws {
        let store = FaultyStore()
        let test = try await EngineUnderTest(store)
        try await test.apply(Definitions.wait)
        try await test.begin()
        store.fault = FaultyStore.full
        await test.loop.advance(by: .seconds(60))
        #expect(try await test.describe().status == "Running")
        store.fault = nil
        await test.loop.advance(by: .seconds(2))
        #expect(try await test.end().status == "Succeeded")
    }

    @Test func `after a failed sync nothing is acknowledged and the process is told to end`() async throws {
        let store = FaultyStore()
        let test = try await EngineUnderTest(store)
        try await test.apply(Definitions.ask)
        store.fault = .broken(path: "/state/flow-engine.sqlite", reason: "a sync to disk failed")
        #expect(await refusal { try await test.begin() }?.retryable == true)
        #expect(test.faults.all == [store.fault])
        store.fault = nil
        #expect(await refusal { try await test.begin() }?.name == .serviceUnavailable)
        #expect(store.commits == 0)
    }

    @Test func `a history that cannot be read refuses that execution only`() async throws {
        let store = MemoryStore()
        let test = try await EngineUnderTest(store)
        try await test.apply(Definitions.ask)
        try await test.begin("good")
        let token = try await test.submitted("good")
        try await test.begin("bad")
        _ = try await test.submitted("bad")
        await test.engine.drain()
        let last = try #require(store.entries(ExecutionFilter(flow: 1), before: .max, limit: 1).first)
        var damaged = last
        damaged.lastSequence = 999
        store.write(
            IndexChange(
                entries: [damaged], lowWaterMark: store.lowWaterMark(), tallyMark: store.tallyMark()))
        let next = try await EngineUnderTest(store, services: test.services, loop: test.loop)
        #expect(await refusal { try await next.history("bad") }?.name == .internalFault)
        _ = try await next.succeed(token, #"{"answer":1}"#)
        #expect(try await next.describe("good").status == "Succeeded")
    }
}

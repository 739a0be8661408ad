import FlowEngineAPI
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

/// Executions whose starter waits for the end. Source: fdl §7.5.
@Suite(.timeLimit(.minutes(1))) struct ExpressTests {
    private func test(_ definition: String) async throws -> EngineUnderTest {
        let test = try await EngineUnderTest()
        _ = try await test.door(.admin).call(
            CreateFlow.self,
            .with {
                $0.name = "Quote"
                $0.definition = definition
                $0.executionMode = "Express"
            })
        return test
    }

    private func run(_ test: EngineUnderTest, _ name: String? = nil) async throws
        -> StartSyncExecution.Result
    {
        try await test.client.call(
            StartSyncExecution.self,
            .with {
                $0.flowName = "Quote"
                $0.executionName = name
            })
    }

    @Test func `the answer is the end, and a name may be used again`() async throws {
        let test = try await test(Definitions.work())
        test.services.on("Work") { (_, _) async throws(RPCError) in ["price": 80] }
        let first = try await run(test, "q-1")
        let second = try await run(test, "q-1")
        #expect(first.status == "Succeeded" && first.output == #"{"price":80}"#)
        #expect(first.name.hasPrefix("q-1:") && first.name != second.name)
        #expect(try await run(test).name.split(separator: ":").map(\.count) == [36, 36])
        let record = try await test.describe(first.name, flow: "Quote")
        #expect(record.status == "Succeeded")
    }

    @Test func `a failure is answered with its name and cause`() async throws {
        let test = try await test(Definitions.work())
        test.services.on("Work") { (_, _) async throws(RPCError) in throw RPCError("SoldOut", "none left") }
        let result = try await run(test)
        #expect(result.status == "Failed" && result.errorCode == "SoldOut")
        #expect(result.errorMessage == "none left" && result.output.isEmpty)
    }

    @Test func `an express execution ends after five minutes`() async throws {
        let test = try await test(Definitions.wait.replacing("60", with: "3600"))
        let loop = test.loop
        async let result = run(test)
        let engine = test.engine
        await loop.until { engine.assumeIsolated { !$0.endWaiters.isEmpty } }
        await loop.advance(by: .seconds(300))
        #expect(try await result.status == "TimedOut")
    }

    @Test func `tasks that wait for a report, and the wrong way to start, are refused`() async throws {
        let test = try await test(Definitions.pass)
        let update = await refusal {
            try await test.door(.admin).call(
                UpdateFlow.self,
                .with {
                    $0.name = "Quote"
                    $0.definition = Definitions.ask
                })
        }
        #expect(update?.message.contains("step ask has pattern waitForCallback") == true)
        #expect(await refusal { try await test.begin(flow: "Quote") }?.name == .invalidArgument)
        try await test.apply(Definitions.pass)
        let standard = await refusal {
            try await test.client.call(StartSyncExecution.self, .with { $0.flowName = "Demo" })
        }
        #expect(standard?.name == .invalidArgument)
    }
}

import FlowEngineAPI
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

/// How many of everything there may be. Source: fdl §9.
@Suite(.timeLimit(.minutes(1))) struct CountLimitTests {
    @Test func `one execution too many is refused until another ends`() async throws {
        var settings = FlowEngineSettings()
        settings.openExecutionsMax = 2
        let test = try await EngineUnderTest(settings: settings)
        try await test.apply(Definitions.wait)
        try await test.begin("a")
        try await test.begin("b")
        let refused = await refusal { try await test.begin("c") }
        #expect(refused?.name == .resourceThrottled && refused?.retryable == true)
        #expect(refused?.message.contains("openExecutionsMax") == true)
        #expect(try await test.begin("a").status == "Running")
        await test.loop.advance(by: .seconds(60))
        #expect(try await test.begin("c").status == "Running")
    }

    @Test func `one flow too many is refused until another is deleted`() async throws {
        var settings = FlowEngineSettings()
        settings.flowsMax = 1
        let test = try await EngineUnderTest(settings: settings)
        try await test.apply(Definitions.pass, as: "One")
        let refused = await refusal { try await test.apply(Definitions.pass, as: "Two") }
        #expect(refused?.name == .resourceThrottled && refused?.message.contains("flowsMax") == true)
        _ = try await test.door(.admin).call(DeleteFlow.self, .with { $0.name = "One" })
        try await test.apply(Definitions.pass, as: "Two")
    }
}

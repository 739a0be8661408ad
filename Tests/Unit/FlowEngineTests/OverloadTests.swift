import FlowEngineAPI
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

@Suite(.timeLimit(.minutes(1))) struct OverloadTests {
    /// An engine whose only function is held at a gate, with a short line before it.
    private func engine(_ gate: Gate) async throws -> EngineUnderTest {
        var settings = FlowEngineSettings()
        settings.taskBacklogMax = 8
        let services = TaskServices()
        services.on("Work") { (_, _) async throws(RPCError) in
            await gate.pass()
            return [:]
        }
        let test = try await EngineUnderTest(services: services, settings: settings)
        try await test.apply(Definitions.work())
        return test
    }

    @Test func `starts are refused while too many tasks wait, and nothing that was taken is lost`()
        async throws
    {
        let gate = Gate()
        let test = try await engine(gate)
        var started: [String] = []
        var refusal: RPCError?
        for number in 0..<40 where refusal == nil {
            do {
                try await test.begin("run-\(number)")
                started.append("run-\(number)")
            } catch RPCFailure.answered(let error) {
                refusal = error
            }
        }
        #expect(refusal?.name == .resourceThrottled && refusal?.retryable == true)
        #expect(refusal?.details["retryAfterMs"]?.integerValue ?? 0 >= 50)
        #expect(refusal?.message.contains("taskBacklogMax") == true)
        #expect(started.count > 8 && started.count < 16)
        gate.open()
        for name in started { #expect(try await test.end(name).status == "Succeeded") }
        try await test.begin("afterwards")
        #expect(try await test.end("afterwards").status == "Succeeded")
    }

    @Test func `what waits for a service that is not there keeps no other flow from starting`() async throws {
        var settings = FlowEngineSettings()
        settings.taskBacklogMax = 8
        let services = TaskServices()
        services.on("Work") { (_, _) async throws(RPCError) in [:] }
        let test = try await EngineUnderTest(services: services, settings: settings)
        try await test.apply(Definitions.work())
        services.shop.way = .down
        for number in 0..<40 { try await test.begin("run-\(number)") }
        services.shop.way = .open
        await test.loop.advance(by: .seconds(30))
        for number in 0..<40 { #expect(try await test.end("run-\(number)").status == "Succeeded") }
    }
}

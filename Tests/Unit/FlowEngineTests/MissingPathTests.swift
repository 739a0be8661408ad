import FlowEngineAPI
import FlowModel
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

/// What a mapping makes of a path that is not there. Source: fdl §13 no. 1.
@Suite(.timeLimit(.minutes(1))) struct MissingPathTests {
    /// Waits first, so that a restart comes before the mappings that miss something.
    private static let flow = """
        version: v1
        type: flow
        inputMappings:
          - target: role
            source: $input.role
          - target: order
            source: $input.order
        steps:
          - type: wait
            name: rest
            duration: 60
          - type: task
            name: work
            resourceArn: acs:fc:::services/Shop/functions/work
            inputMappings:
              - target: note
                source: $local.note
              - target: role
                source: $input.role
        outputMappings:
          - target: all
            source: $local.nothing
          - target: order
            source: $input.order
        """

    private var lenient: FlowEngineSettings {
        var settings = FlowEngineSettings()
        settings.limits.missingPathIsNull = true
        return settings
    }

    @Test func `by default the first missing path fails the flow and is named`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Self.flow)
        let record = try await test.begin()
        #expect(record.status == "Failed" && record.error == "FnF.InvalidMapping")
        #expect(record.cause?.contains("$input.role") == true)
    }

    @Test func `a lenient engine maps null, and its executions keep that under a strict one`() async throws {
        let test = try await EngineUnderTest(settings: lenient)
        try await test.apply(Self.flow)
        try await test.begin()
        let next = try await test.restarted()
        await next.loop.advance(by: .seconds(60))
        #expect(try await next.end().output == #"{"all":null,"order":"o-1"}"#)
        #expect(next.services.calls("Work").map(\.params) == [["note": nil, "role": nil]])
        let last = try await next.restarted()
        #expect(try await last.history().last?.eventDetail == #"{"output":{"all":null,"order":"o-1"}}"#)
    }
}

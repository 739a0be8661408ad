import FlowEngineAPI
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

/// More executions with news in one tick than may be in memory.
@Suite(.timeLimit(.minutes(1))) struct CrowdedTickTests {
    @Test func `two reports of one task in a tick are one, however full the memory is`() async throws {
        var settings = FlowEngineSettings()
        settings.residentMax = 1
        settings.endedResidentMax = 1
        let test = try await EngineUnderTest(settings: settings)
        try await test.apply(Definitions.ask)
        for number in 0..<6 { try await test.begin("run-\(number)", input: #"{"order":\#(number)}"#) }
        let (services, engine) = (test.services, test.engine)
        await test.loop.until { services.calls("Ask").count == 6 }
        let tokens = services.calls("Ask").map(\.task.token)
        let events = try await test.loop.together(
            (tokens + tokens).map { token in
                { () async throws -> Int64 in
                    var params = ReportTaskSucceeded.Params()
                    params.taskToken = token
                    params.output = #"{"answer":1}"#
                    return try await engine.reportTaskSucceeded(params, key: "report").eventId
                }
            })
        #expect(Array(events[..<6]) == Array(events[6...]))
        for number in 0..<6 {
            let history = try await test.history("run-\(number)")
            #expect(history.count { $0.type == "TaskSucceeded" } == 1)
            #expect(try await test.describe("run-\(number)").status == "Succeeded")
        }
    }

    @Test func `an execution that starts in a full tick is found by who asks in the same tick`() async throws
    {
        var settings = FlowEngineSettings()
        settings.residentMax = 1
        settings.endedResidentMax = 1
        let test = try await EngineUnderTest(settings: settings)
        try await test.apply(Definitions.ask)
        let engine = test.engine
        let names = (0..<5).map { "run-\($0)" }
        let started = try await test.loop.together(
            (names + names).map { name in
                { () async throws -> String in
                    var params = StartExecution.Params()
                    params.flowName = "Demo"
                    params.executionName = name
                    params.input = #"{"order":"o-1"}"#
                    return try await engine.startExecution(params).name
                }
            })
        #expect(started == names + names)
    }
}

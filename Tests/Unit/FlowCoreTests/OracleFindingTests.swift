import FlowCore
import FlowDefinition
import FlowModel
import Primitives
import Testing

/// What the machine did otherwise than a plain evaluator of the language, until `make simulate` found it.
struct OracleFindingTests {
    private func flow(_ attributes: String) -> String {
        """
        version: v1
        type: flow
        steps:
        - type: task
          name: t
          resourceArn: acs:fc:::services/S/functions/F
        \(attributes)
        - {type: pass, name: caught}
        """
    }

    @Test func `a result that is no object fails the attempt, which may be retried`() throws {
        var scenario = try Scenario(
            flow("  retry: [{errors: [FnF.InvalidLocal], intervalSeconds: 5, maxAttempts: 1}]"))
        try scenario.start()
        #expect(try scenario.answer([1]).lines == ["TaskStarted t", "TaskFailed t"])
        #expect(try scenario.step(.timerFired, at: 5).lines == ["TaskScheduled t"])
        #expect(
            try scenario.answer("text", at: 6).lines == [
                "TaskStarted t", "TaskFailed t", "StepFailed t", "ExecutionFailed",
            ])
        #expect(scenario.machine.failure?.error == "FnF.InvalidLocal")
    }

    @Test func `errorMappings see the mapped input of a call whose parameters are not there`() throws {
        var scenario = try Scenario(
            flow(
                """
                  inputMappings: [{target: a, source: 7}]
                  serviceParams: {MessageBody: $.none}
                  catch: [{errors: [FnF.InvalidMapping], goto: caught}]
                  errorMappings: [{target: b, source: $input.a}]
                """))
        try scenario.start()
        #expect(scenario.output == ["b": 7])
    }

    @Test func `a pause that shrinks is computed from the whole interval before the longest one cuts it`() {
        let policy = RetryPolicy(
            errors: ["E"], intervalSeconds: 20, maxIntervalSeconds: 12, multiplier: 0.5)
        #expect(
            (1...4).map { policy.delay(beforeRetry: $0) } == [
                .seconds(12), .seconds(10), .seconds(5), .milliseconds(2500),
            ])
    }
}

import FlowCore
import FlowModel
import Primitives
import Testing

struct TaskTests {
    private func task(_ attributes: String, then rest: String = "") -> String {
        """
        version: v1
        type: flow
        steps:
          - type: task
            name: t
            resourceArn: acs:fc:::functions/f
            \(attributes)
        \(rest)
        """
    }

    private let after = "  - {type: pass, name: after}\n  - {type: pass, name: caught}"

    @Test func `a task is retried after growing pauses with a new token each time`() throws {
        var scenario = try Scenario(
            task("retry: [{errors: [E], intervalSeconds: 10, maxAttempts: 3, maxIntervalSeconds: 25}]"))
        var call = try #require(try scenario.start().calls.first)
        #expect(call.attempt == 0)
        var now = 0.0
        var tokens = [call.token]
        for (attempt, pause) in [(1, 10.0), (2, 20.0), (3, 25.0)] {
            let failed = try scenario.refuse("E", at: now)
            #expect(failed.lines == ["TaskStarted t", "TaskFailed t"] && failed.commands.isEmpty)
            #expect(try scenario.step(.timerFired, at: now + pause - 0.001).isEmpty)
            now += pause
            let again = try scenario.step(.timerFired, at: now)
            #expect(again.lines == ["TaskScheduled t"])
            call = try #require(again.calls.first)
            #expect(call.attempt == Int64(attempt))
            tokens.append(call.token)
        }
        #expect(Set(tokens).count == 4)
        #expect(try scenario.refuse("E", at: now).lines.last == "ExecutionFailed")
    }

    @Test func `each retry policy counts its own retries and only the first that matches is asked`() throws {
        var scenario = try Scenario(
            task(
                """
                retry:
                      - {errors: [A], maxAttempts: 1}
                      - {errors: [FnF.ALL], maxAttempts: 1}
                """))
        try scenario.start()
        try scenario.refuse("A", at: 0)
        try scenario.step(.timerFired, at: 1)
        try scenario.refuse("B", at: 1)
        try scenario.step(.timerFired, at: 2)
        #expect(try scenario.refuse("A", at: 2).lines.last == "ExecutionFailed")
    }

    @Test func `a timeout is per attempt and may be retried`() throws {
        var scenario = try Scenario(task("timeoutSeconds: 5\n    retry: [{errors: [FnF.TaskTimeout]}]"))
        try scenario.start()
        #expect(try scenario.step(.timerFired, at: 5).lines == ["TaskTimedOut t"])
        let again = try scenario.step(.timerFired, at: 6)
        #expect(again.calls.first?.deadline == Scenario.epoch.advanced(by: .seconds(11)))
        try scenario.answer(["x": 1], at: 7)
        #expect(scenario.output == ["x": 1])
    }

    @Test func `a catch goes to its step with the output of errorMappings`() throws {
        var scenario = try Scenario(
            task(
                """
                catch: [{errors: [Other], goto: after}, {errors: [FnF.ALL], goto: caught}]
                    errorMappings:
                      - {target: code, source: $local.error}
                      - {target: msg, source: $local.cause}
                """, then: after))
        try scenario.start(["a": 1])
        #expect(
            try scenario.refuse("E").lines == [
                "TaskStarted t", "TaskFailed t", "StepExited t", "StepEntered caught", "StepStarted caught",
                "StepSucceeded caught", "StepExited caught", "ExecutionSucceeded",
            ])
        #expect(scenario.output == ["code": "E", "msg": "why"])
    }

    @Test func `without errorMappings nothing of the error is seen`() throws {
        var scenario = try Scenario(task("catch: [{errors: [FnF.ALL], goto: caught}]", then: after))
        try scenario.start(["a": 1])
        try scenario.refuse("E")
        #expect(scenario.output == [:])
    }

    @Test func `a mapping that reads nothing fails the step before it is called, and can be caught`() throws {
        let mapping = "inputMappings: [{target: x, source: $input.none}]"
        var scenario = try Scenario(task(mapping))
        #expect(try scenario.start().commands == [.executionEnded(.failed)])
        scenario = try Scenario(
            task("\(mapping)\n    catch: [{errors: [FnF.InvalidMapping], goto: caught}]", then: after))
        #expect(
            try scenario.start().lines.prefix(4) == [
                "ExecutionStarted", "StepEntered t", "StepExited t", "StepEntered caught",
            ])
        #expect(scenario.machine.status == .succeeded)
        scenario = try Scenario(task("serviceParams: {Body: $.none}"))
        try scenario.start()
        #expect(scenario.machine.failure?.cause.hasPrefix("serviceParams: ") == true)
    }

    @Test func `an output mapping that reads nothing is caught and not retried`() throws {
        var scenario = try Scenario(
            task(
                """
                retry: [{errors: [FnF.ALL]}]
                    catch: [{errors: [FnF.ALL], goto: caught}]
                    outputMappings: [{target: x, source: $local.none}]
                """, then: after))
        try scenario.start()
        #expect(
            try scenario.answer(["y": 1]).lines.prefix(4) == [
                "TaskStarted t", "TaskSucceeded t", "StepExited t", "StepEntered caught",
            ])
    }

    @Test func `a result that is no object needs outputMappings`() throws {
        var scenario = try Scenario(task(""))
        try scenario.start()
        try scenario.answer([1, 2])
        #expect(scenario.machine.failure?.error == "FnF.InvalidLocal")
        scenario = try Scenario(task("outputMappings: [{target: list, source: $local}]"))
        try scenario.start()
        try scenario.answer([1, 2])
        #expect(scenario.output == ["list": [1, 2]])
    }

    @Test func `the context tells names, event and token, in output mappings too`() throws {
        var scenario = try Scenario(
            task(
                """
                outputMappings:
                      - {target: token, source: $context.task.token}
                      - {target: step, source: $context.step.name}
                      - {target: event, source: $context.step.eventId}
                      - {target: execution, source: $context.execution.name}
                      - {target: flow, source: $context.flow.name}
                      - {target: all, source: $context.execution}
                """))
        try scenario.start()
        try scenario.answer([:])
        #expect(
            scenario.output == [
                "token": "token-F-1-3", "step": "t", "event": 2, "execution": "1", "flow": "F",
                "all": ["name": "1"],
            ])
    }

    @Test func `a sync task waits for its report like a callback`() throws {
        var scenario = try Scenario(task("pattern: sync\n    timeoutSeconds: 9"))
        try scenario.start()
        #expect(try scenario.answer(["started": true]).lines == ["TaskStarted t", "TaskSubmitted t"])
        #expect(try scenario.answer(["again": true]).isEmpty)
        #expect(try scenario.refuse("late").isEmpty)
        try scenario.report(["done": true])
        #expect(scenario.output == ["done": true])
    }

    @Test func `a reported failure is the task's`() throws {
        var scenario = try Scenario(task("pattern: waitForCallback"))
        try scenario.start()
        let failure = FlowFailure(error: "Mine", cause: "")
        let transition = try scenario.step(
            .taskFailed(scheduledEventID: 3, failure, by: .token(reportKey: "k")))
        #expect(
            transition.lines == [
                "TaskStarted t", "TaskSubmitted t", "TaskFailed t", "StepFailed t", "ExecutionFailed",
            ])
        #expect(
            scenario.machine.taskOutcome(scheduledEventID: 3)
                == TaskOutcome(eventID: 6, type: .taskFailed, reportKey: "k"))
    }

    @Test func `a clock set back moves no event before another`() throws {
        var scenario = try Scenario(task("timeoutSeconds: 5"))
        try scenario.start(at: 100.0004567)
        let transition = try scenario.answer([:], at: 50)
        #expect(transition.events.allSatisfy { $0.time == scenario.events[0].time })
    }
}

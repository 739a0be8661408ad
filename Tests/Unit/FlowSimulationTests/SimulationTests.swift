import FlowCore
import FlowDefinition
import FlowModel
import FlowParsing
import FlowSimulation
import Primitives
import Testing

struct SimulationTests {
    static func definition(_ steps: String, location: Testing.SourceLocation = #_sourceLocation) throws
        -> FlowDefinition
    {
        let text = "version: v1\ntype: flow\nsteps:\n\(steps)"
        let result = FlowParser.parse(text)
        return try #require(result.definition, "\(result.diagnostics)", sourceLocation: location)
    }

    static func run(
        _ steps: String, _ mocks: Mocks = .empty, input: JSONObject = [:],
        bounds: SimulationBounds = .standard, location: Testing.SourceLocation = #_sourceLocation
    ) throws -> SimulationOutcome {
        let definition = try definition(steps, location: location)
        var simulation = Simulation(definition, tasks: MockedTasks(mocks), bounds: bounds)
        return simulation.run(input: input)
    }

    static func mocks(_ step: String, _ answers: MockAnswer...) -> Mocks {
        Mocks(steps: [step: Mock(sequence: answers)])
    }

    static let failure = MockAnswer(.failure(FlowFailure(error: "E", cause: "why")))
    static let task = "- {type: task, name: t, resourceArn: 'acs:fc:::services/S/functions/F'"

    @Test func `thirty days pass in no time`() throws {
        let begun = ContinuousClock.now
        let outcome = try Self.run(
            """
            - {type: wait, name: month, duration: 2592000}
            - {type: pass, name: after}
            """)
        #expect(outcome.status == .succeeded && outcome.duration == .seconds(30 * 86_400))
        #expect(outcome.path == ["month", "after"])
        #expect(begun.duration(to: .now) < .seconds(1))
    }

    @Test func `a sequence answers call after call, the last for all further ones`() throws {
        let steps = Self.task + ", retry: [{errors: [E], intervalSeconds: 10, maxAttempts: 2}]}"
        let mocks = Self.mocks("t", Self.failure, Self.failure, MockAnswer(.result(["v": 1])))
        let outcome = try Self.run(steps, mocks)
        #expect(outcome.output == ["v": 1] && outcome.duration == .seconds(30))
        let failing = try Self.run(steps, Self.mocks("t", Self.failure))
        #expect(failing.status == .failed && failing.failure == FlowFailure(error: "E", cause: "why"))
    }

    @Test func `a rule answers by the call's input`() throws {
        let rule = Mock.Rule(
            condition: try Condition("$.n == 2"), answer: MockAnswer(.result(["v": "two"])))
        let mock = Mock(rules: [rule], sequence: [MockAnswer(.result(["v": "other"]))])
        let outcome = try Self.run(
            """
            - type: foreach
              name: each
              iterationMapping: {collection: $.list, item: n}
              steps:
              - {type: task, name: t, resourceArn: 'acs:fc:::services/S/functions/F'}
              outputMappings: [{target: all, source: '$local[*].v'}]
            """, Mocks(steps: ["t": mock]), input: ["list": [1, 2, 3]])
        #expect(outcome.output == ["all": ["other", "two", "other"]])
    }

    @Test func `mocks are found by step, then by resource, then by default`() throws {
        let arn = "acs:fc:::services/S/functions/F"
        let one = Mock(sequence: [MockAnswer(.result(1))])
        let two = Mock(sequence: [MockAnswer(.result(2))])
        let three = Mock(sequence: [MockAnswer(.result(3))])
        let pattern = try ResourcePattern("acs:fc:*:*:services/*")
        let mocks = Mocks(steps: ["a": one], resources: [.init(pattern: pattern, mock: two)], fallback: three)
        #expect(mocks.mock(step: "a", resourceArn: arn) == one)
        #expect(mocks.mock(step: "b", resourceArn: arn) == two)
        #expect(mocks.mock(step: "b", resourceArn: "acs:mns:::/topics/T/messages") == three)
        #expect(mocks.overridden(by: Mocks(steps: ["a": three])).mock(step: "a", resourceArn: arn) == three)
    }

    @Test func `a task without a mock ends the simulation and says which`() throws {
        let outcome = try Self.run(Self.task + "}", Mocks())
        #expect(outcome.ending == .notMocked(step: "t", resourceArn: "acs:fc:::services/S/functions/F"))
        #expect("\(outcome.ending)".contains("the task t has no mock"))
    }

    @Test func `what never comes is timed out, or waited for and told`() throws {
        let timed = try Self.run(Self.task + ", timeoutSeconds: 60}", Self.mocks("t", MockAnswer(.never)))
        #expect(timed.failure?.error == "FnF.TaskTimeout" && timed.duration == .seconds(60))
        let endless = try Self.run(Self.task + "}", Self.mocks("t", MockAnswer(.never)))
        #expect(endless.ending == .waitsForever(steps: ["t"]) && endless.status == .running)
    }

    @Test func `an answer at the very time of the timeout is in time, a later one is not heard`() throws {
        let steps = Self.task + ", timeoutSeconds: 60}"
        let result = MockAnswer.Ending.result(["v": 1])
        let last = try Self.run(steps, Self.mocks("t", MockAnswer(result, after: .seconds(60))))
        #expect(last.status == .succeeded)
        let late = try Self.run(steps, Self.mocks("t", MockAnswer(result, after: .milliseconds(60_001))))
        #expect(late.failure?.error == "FnF.TaskTimeout")
    }

    @Test func `a callback task is submitted and then reported`() throws {
        let steps = Self.task + ", pattern: waitForCallback, timeoutSeconds: 99}"
        let answer = MockAnswer(
            .result(["v": 1]), after: .seconds(9), submission: .accepted(["MessageId": "m"]))
        let outcome = try Self.run(steps, Self.mocks("t", answer))
        #expect(
            outcome.lines == [
                "ExecutionStarted", "StepEntered t", "TaskScheduled t", "TaskStarted t", "TaskSubmitted t",
                "TaskSucceeded t", "StepExited t", "ExecutionSucceeded",
            ])
        let failure = FlowFailure(error: "E", cause: "")
        let refused = try Self.run(
            steps, Self.mocks("t", MockAnswer(.never, submission: .refused(failure))))
        #expect(refused.failure == failure && refused.lines.contains("TaskSubmitFailed t"))
    }

    @Test func `a loop without end meets the bounds`() throws {
        let loop = """
            - {type: pass, name: again}
            - {type: WAIT
            - {type: choice, name: c, choices: [{condition: 'true', goto: again}]}
            """
        var bounds = SimulationBounds()
        bounds.eventsMax = 500
        let busy = loop.replacing("- {type: WAIT\n", with: "")
        #expect(try Self.run(busy, bounds: bounds).ending == .tooManyEvents(500))
        bounds.eventsMax = 100_000
        bounds.durationMax = .seconds(3600)
        let slow = loop.replacing("{type: WAIT", with: "{type: wait, name: w, duration: 60}")
        #expect(try Self.run(slow, bounds: bounds).ending == .tooLong(.seconds(3600)))
    }

    @Test func `equal runs are equal`() throws {
        let steps = Self.task + ", inputMappings: [{target: token, source: $context.task.token}]}"
        #expect(try Self.run(steps) == Self.run(steps))
    }
}

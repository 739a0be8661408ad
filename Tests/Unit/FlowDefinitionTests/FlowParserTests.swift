import FlowDefinition
import FlowModel
import FlowParsing
import Primitives
import Testing

struct FlowParserTests {
    private func definition(_ text: String) throws -> FlowDefinition {
        let result = FlowParser.parse(text)
        return try #require(
            result.definition, "\(result.diagnostics.map { $0.text(file: "flow", source: text) })")
    }

    @Test func `every step type with every attribute is read`() throws {
        let flow = try definition(Samples.everything)
        #expect(flow.timeoutSeconds == 3600)
        #expect(
            flow.allSteps.map(\.name) == [
                "call", "choose", "inner", "both", "left", "right", "each", "one", "pause", "until", "done",
                "broken",
            ])
        guard case .task(let task) = flow.steps[0].body else { Issue.record("no task"); return }
        #expect(task.pattern == .waitForCallback && task.timeoutSeconds == 300)
        #expect(
            task.retry == [
                RetryPolicy(
                    errors: ["FC.Unknown", "404"], intervalSeconds: 3, maxIntervalSeconds: 60,
                    maxAttempts: 10,
                    multiplier: 1.5)
            ])
        #expect(task.catches == [CatchClause(errors: ["FnF.ALL"], goto: "broken")])
        #expect(task.errorMappings?.count == 2)
        #expect(task.serviceParams.written == ["MessageBody": "$", "Priority": 1])
        #expect(
            flow.steps[0].inputMappings?.map(\.source) == [
                .context(JSONPath(components: [.key("task"), .key("token")])),
                .constant([1, ["a": "$input.b"]]),
                .constant("yes"), .constant(-1), .constant(0.5), .constant(nil),
            ])
        guard case .foreach(let foreach) = flow.steps[3].body else { Issue.record("no foreach"); return }
        #expect(foreach.item == "name" && foreach.index == "i" && foreach.collection.text == ".names")
        #expect(flow.steps[4].body == .wait(.secondsAt(JSONPath(components: [.key("pause")]))))
        #expect(flow.steps[5].body == .wait(.until(Timestamp(microseconds: 1_893_456_000_000_000))))
        #expect(flow.steps[7].body == .fail(FailStep(error: "E", cause: "because")))
        #expect(
            flow.resourceArns.map(\.arn) == [
                "acs:mns:::/topics/t/messages", "acs:fnf:::actions/StartExecution",
            ])
        #expect(flow.resourceArns.map(\.line) == [7, 39])
    }

    @Test func `a definition may be JSON`() throws {
        let flow = try definition(
            #"{"version":"v1","type":"flow","steps":[{"type":"pass","name":"a","outputMappings":"#
                + #"[{"target":"x","source":"\ud83d\ude00"}]}]}"#)
        #expect(flow.steps[0].outputMappings == [Mapping(target: "x", source: .constant("😀"))])
    }

    @Test func `aliases are written out`() throws {
        let flow = try definition(
            """
            version: v1
            type: flow
            steps:
              - type: task
                name: a
                resourceArn: acs:fc:::functions/a
                retry: &retry [{errors: [FnF.ALL], maxAttempts: 1}]
              - type: task
                name: b
                resourceArn: acs:fc:::functions/b
                retry: *retry
                inputMappings: [{target: x, source: "a *b c"}]
            """)
        guard case .task(let task) = flow.steps[1].body else { Issue.record("no task"); return }
        #expect(task.retry == [RetryPolicy(errors: ["FnF.ALL"], maxAttempts: 1)])
        #expect(flow.steps[1].inputMappings?.first?.source == .constant("a *b c"))
    }

    @Test func `the synonym requestComplete is the first pattern`() throws {
        let flow = try definition(
            "{version: v1, type: flow, steps: [{type: task, name: a, resourceArn: 'acs:fc:::f',"
                + " pattern: requestComplete}]}"
        )
        guard case .task(let task) = flow.steps[0].body else { Issue.record("no task"); return }
        #expect(task.pattern == .requestResponse)
    }
}

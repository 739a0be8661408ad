import FlowDefinition
import FlowModel
import FlowParsing
import Testing

/// For every rule a flow that breaks it, and one that nearly does.
struct ValidationRuleTests {
    @Test(arguments: [
        ("pattern: waitForCallback", ["callback-without-timeout"]),
        ("pattern: waitForCallback, timeoutSeconds: 5", []),
        ("pattern: sync", []),
        (
            "pattern: waitForCallback, timeoutSeconds: 5, catch: [{errors: [FnF.TaskTimeout], goto: z}]",
            ["only-timeout-caught"]
        ),
        (
            "pattern: waitForCallback, timeoutSeconds: 5, catch: [{errors: [FnF.TaskTimeout], goto: z},"
                + " {errors: [Refused], goto: z}]", []
        ),
        ("pattern: sync, timeoutSeconds: 5, catch: [{errors: [FnF.TaskTimeout], goto: z}]", []),
        ("catch: [{errors: [FnF.ALL], goto: z}, {errors: [E], goto: z}]", ["clause-never-applies"]),
        ("catch: [{errors: [E], goto: z}, {errors: [FnF.ALL], goto: z}]", []),
        ("retry: [{errors: [A, B]}, {errors: [B, A]}]", ["clause-never-applies"]),
        ("retry: [{errors: [A, B]}, {errors: [B, C]}]", []),
        ("errorMappings: [{target: e, source: $local.error}]", ["error-mappings-without-catch"]),
        (
            "catch: [{errors: [FnF.ALL], goto: z}], errorMappings: [{target: e, source: $local.error}]", []
        ),
        ("catch: []", []),
    ]) func `a task with these attributes is warned about`(attributes: String, codes: [String]) {
        let last = "- {type: pass, name: z}"
        #expect(Validated.codes("- \(Validated.task("t", attributes))\n\(last)") == codes)
    }

    @Test(arguments: [
        // 10 + 20 + 40 s
        ("retry: [{errors: [E], intervalSeconds: 10}]", "timeoutSeconds: 69", true),
        ("retry: [{errors: [E], intervalSeconds: 10}]", "timeoutSeconds: 70", false),
        ("retry: [{errors: [E], intervalSeconds: 10}]", "", false),
        // and four calls of 10 s
        ("timeoutSeconds: 10, retry: [{errors: [E]}]", "timeoutSeconds: 46", true),
        ("timeoutSeconds: 10, retry: [{errors: [E]}]", "timeoutSeconds: 47", false),
        // 10 + 15 + 15 s
        (
            "retry: [{errors: [E], intervalSeconds: 10, maxIntervalSeconds: 15}]", "timeoutSeconds: 39", true
        ),
        (
            "retry: [{errors: [E], intervalSeconds: 10, maxIntervalSeconds: 15}]", "timeoutSeconds: 40", false
        ),
        ("retry: [{errors: [E], multiplier: 1, maxAttempts: 10000}]", "timeoutSeconds: 9999", true),
        ("retry: [{errors: [E], multiplier: 1, maxAttempts: 10000}]", "timeoutSeconds: 10000", false),
        ("retry: [{errors: [E], multiplier: 0.5, maxAttempts: 10000}]", "timeoutSeconds: 3", false),
        ("retry: [{errors: [E], intervalSeconds: 0, maxAttempts: 10000}]", "timeoutSeconds: 1", false),
        // the pauses alone: 1 + 2 + 4 s
        ("timeoutSeconds: 6, retry: [{errors: [E]}]", "", true),
        ("timeoutSeconds: 7, retry: [{errors: [E]}]", "", false),
    ]) func `a retry that outlives its timeout is told to`(attributes: String, flow: String, told: Bool) {
        #expect(
            Validated.codes("- \(Validated.task("t", attributes))", flow: flow)
                == (told ? ["retry-outlives-timeout"] : []))
    }

    @Test(arguments: [
        ("outputMappings: [{target: t, source: $input.token}]", true),
        ("outputMappings: [{target: t, source: $input}]", true),
        ("outputMappings: [{target: t, source: $context.task.token}]", true),
        ("outputMappings: [{target: t, source: $local.token}]", false),
        ("outputMappings: [{target: t, source: $input.order}]", false),
        ("", false),
    ]) func `a token that leaves its task is spent`(attributes: String, told: Bool) {
        let step =
            "pattern: waitForCallback, timeoutSeconds: 9, inputMappings: "
            + "[{target: token, source: $context.task.token}, {target: order, source: $input.order}]"
        let all = attributes.isEmpty ? step : "\(step), \(attributes)"
        #expect(Validated.codes("- \(Validated.task("t", all))") == (told ? ["token-spent"] : []))
    }

    @Test func `a token that came with the input may be passed on`() {
        let step =
            "outputMappings: [{target: t, source: $input.token}], "
            + "inputMappings: [{target: token, source: $input.taskToken}]"
        #expect(Validated.codes("- \(Validated.task("t", step))") == [])
    }

    @Test func `only a task has a token`() {
        let mapping = "inputMappings: [{target: t, source: $context.task.token}]"
        #expect(Validated.codes("- {type: pass, name: p, \(mapping)}") == ["token-outside-task"])
        #expect(Validated.codes("- \(Validated.task("p", mapping))") == [])
        #expect(Validated.codes("- {type: pass, name: p}", flow: mapping) == ["token-outside-task"])
        let name = "inputMappings: [{target: t, source: $context.step.name}]"
        #expect(Validated.codes("- {type: pass, name: p, \(name)}") == [])
    }

    @Test(arguments: [
        ("parallel", "branches: [{steps: [STEP]}]"),
        ("foreach", "iterationMapping: {collection: $.all, item: one}, steps: [STEP]"),
    ]) func `results that nobody takes are lost`(type: String, content: String) {
        func codes(_ step: String, _ rest: String = "") -> [String] {
            Validated.codes(
                "- {type: \(type), name: p, \(content.replacing("STEP", with: step))\(rest)}")
        }
        #expect(codes(Validated.task("t")) == ["result-lost"])
        #expect(codes(Validated.task("t"), ", outputMappings: [{target: r, source: $local}]") == [])
        #expect(codes(Validated.task("t"), ", outputMappings: []") == [])
        #expect(codes(Validated.sets("t", "{target: x, source: 1}")) == ["result-lost"])
        #expect(codes("{type: wait, name: t, duration: 1}") == [])
        #expect(codes(Validated.task("t", "outputMappings: []")) == [])
    }

    @Test(arguments: [
        ("$inputs.x", "write $input.x"), ("$Input.x", "write $input.x"),
        ("$.x", "write $input.x or $local.x"),
        ("$Local", "write $local"), ("$['a b']", "write $input['a b'] or $local['a b']"),
        ("$order.id", "a path begins with $input, $local or $context"),
    ]) func `a constant that looks like a path is told what it should be`(text: String, fix: String) {
        let found = Validated.diagnostics("- " + Validated.sets("p", "{target: t, source: \"\(text)\"}"))
        #expect(found.map(\.code) == ["constant-looks-like-path"])
        #expect(found.first?.fix?.hasPrefix(fix) == true, "\(found.first?.fix ?? "")")
        #expect(found.first?.line == 4)
    }

    @Test(arguments: [
        "$", "$5", "$HOME", "$USD 5", "costs $input.x", "$1.50", "$a b.c", "$.", "$$.x", "$100.x",
    ])
    func `a text with a dollar is a text`(text: String) {
        #expect(Validated.codes("- " + Validated.sets("p", "{target: t, source: \"\(text)\"}")) == [])
    }

    @Test func `paths are looked for in parameters and in constants too`() throws {
        let parameter = Validated.diagnostics(
            "- " + Validated.task("t", "serviceParams: {MessageBody: $input.x}"))
        #expect(parameter.map(\.code) == ["constant-looks-like-path"])
        #expect(parameter.first?.fix?.hasPrefix("write $.x") == true)
        let inside = Validated.codes("- " + Validated.sets("p", "{target: t, source: {a: [$input.x]}}"))
        #expect(inside == ["constant-looks-like-path"])
        #expect(Validated.codes("- " + Validated.sets("p", "{target: t, source: {a: $HOME}}")) == [])
        #expect(Validated.codes("- " + Validated.task("t", "serviceParams: {MessageBody: $.x}")) == [])
    }

    @Test(arguments: [
        RetryPolicy(errors: ["E"]),
        RetryPolicy(errors: ["E"], intervalSeconds: 3, maxAttempts: 10, multiplier: 1.5),
        RetryPolicy(
            errors: ["E"], intervalSeconds: 10, maxIntervalSeconds: 4, maxAttempts: 9, multiplier: 0.8),
        RetryPolicy(errors: ["E"], intervalSeconds: 10, maxIntervalSeconds: 4, maxAttempts: 9),
        RetryPolicy(errors: ["E"], maxIntervalSeconds: 60, maxAttempts: 40, multiplier: 1.1),
    ]) func `the pauses of a retry add up without a loop`(policy: RetryPolicy) {
        let pauses = (1...policy.maxAttempts).reduce(Duration.zero) { $0 + policy.delay(beforeRetry: $1) }
        let limit = pauses.components.seconds
        let retry =
            "retry: [{errors: [E], intervalSeconds: \(policy.intervalSeconds), multiplier: "
            + "\(policy.multiplier), maxIntervalSeconds: \(policy.maxIntervalSeconds), "
            + "maxAttempts: \(policy.maxAttempts)}]"
        let task = "- " + Validated.task("t", retry)
        #expect(Validated.codes(task, flow: "timeoutSeconds: \(limit - 1)") == ["retry-outlives-timeout"])
        #expect(Validated.codes(task, flow: "timeoutSeconds: \(limit + 1)") == [])
    }

    @Test(arguments: [
        ("acs:mns:::/queues/q/messages", "MessageBody: $, DelaySeconds: 604800, Priority: 16", []),
        ("acs:mns:::/queues/q/messages", "messageBody: $", ["unknown-parameter"]),
        ("acs:mns:::/queues/q/messages", "DelaySeconds: 604801", ["parameter-out-of-range"]),
        ("acs:mns:::/queues/q/messages", "DelaySeconds: $.delay", []),
        ("acs:mns:::/queues/q/messages", "Priority: 0", ["parameter-out-of-range"]),
        ("acs:mns:::/queues/q/messages", "Priority: '1'", []),
        ("acs:mns:::/queues/q/messages", "Priority: high", ["parameter-out-of-range"]),
        ("acs:mns:::/topics/t/messages", "MessageBody: $, MessageTag: a, Priority: 99", []),
        ("acs:mns:::/topics/t/messages", "MessageBdy: $", ["unknown-parameter"]),
        ("acs:fnf:::flow/f", "Input: $, ExecutionName: $.n", []),
        ("acs:fnf:::flow/f", "input: $", ["unknown-parameter"]),
        ("acs:fnf:::actions/StartExecution", "FlowName: f", []),
        ("acs:fnf:::actions/StartExecution", "Input: $", ["missing-parameter"]),
        ("acs:fnf:::actions/DescribeFlow", "Input: $", []),
        ("acs:fc:::services/s/functions/f", "Anything: 1", []),
    ]) func `parameters that a resource does not take are warned about`(
        arn: String, parameters: String, codes: [String]
    ) {
        #expect(
            Validated.codes("- {type: task, name: t, resourceArn: '\(arn)', serviceParams: {\(parameters)}}")
                == codes)
    }

    @Test func `each rule has a code of its own and a sentence`() {
        let rules = FlowValidation.rules
        #expect(Set(rules.map { $0.code }).count == rules.count)
        for rule in rules {
            #expect(rule.summary.hasSuffix("."))
            #expect(rule.code.utf8.allSatisfy { $0 == UInt8(ascii: "-") || (97...122).contains($0) })
        }
    }

    @Test func `every finding says what to write instead`() {
        let steps = """
            - {type: task, name: a, resourceArn: 'acs:fc:::f', pattern: waitForCallback}
            - {type: pass, name: b, inputMappings: [{target: x, source: $local.gone}], end: true}
            - {type: choice, name: c, choices: [{condition: $.x > 1}]}
            """
        let found = Validated.diagnostics(steps)
        #expect(!found.isEmpty)
        for diagnostic in found {
            #expect(diagnostic.fix?.isEmpty == false && diagnostic.severity == .warning)
            #expect(diagnostic.line > 3 && diagnostic.column > 0)
        }
    }

    @Test func `with errors elsewhere only steps that were read are judged, one at a time`() {
        let steps = """
            - {type: task, name: a, resourceArn: 'acs:fc:::f', pattern: waitForCallback}
            - {type: task, name: b, resourceArn: 'acs:fc:::f', pattern: waitForCallback, timeoutSeconds: x}
            - {type: pass, name: c, inputMappings: [{target: x, source: $local.gone}], end: true}
            - {type: pass, name: d}
            """
        #expect(Validated.codes(steps) == ["callback-without-timeout", "wrong-type"])
        #expect(FlowParser.validate(Validated.text(steps)).definition == nil)
        #expect(FlowParser.parse(Validated.text(steps)).diagnostics.map(\.code) == ["wrong-type"])
    }
}

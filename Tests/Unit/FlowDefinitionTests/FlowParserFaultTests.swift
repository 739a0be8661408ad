import FlowDefinition
import FlowModel
import FlowParsing
import Testing

struct FlowParserFaultTests {
    private func codes(_ text: String) -> [String] {
        FlowParser.parse(text).diagnostics.map { "\($0.line):\($0.column) \($0.code)" }
    }

    /// A flow whose steps begin on line 4.
    private func flow(_ steps: String) -> String { "version: v1\ntype: flow\nsteps:\n\(steps)" }

    @Test func `all faults are found at once, each at its place`() {
        let text = flow(
            """
            - type: taks
              name: a
            - type: task
              name: b
              pattern: waitForCallBack
            - type: task
              name: c
              resourceArn: acs:mns
              timeoutSeconds: "5"
              catch:
                - errors: [FnF.ALL]
                  goto: nowhere
            - type: pass
              name: c
              inputMapings: []
            - type: choice
              name: d
              choices:
                - condition: $.a = 1
            - type: pass
            """)
        let result = FlowParser.parse(text)
        #expect(result.definition == nil)
        #expect(
            codes(text) == [
                "4:9 unknown-step-type", "6:3 missing-key", "8:12 unknown-pattern", "11:16 bad-arn",
                "12:19 wrong-type",
                "15:13 goto-unknown", "17:9 duplicate-step-name", "18:3 unknown-key",
                "22:22 bad-condition", "23:3 missing-key",
            ])
        let unknown = result.diagnostics[0]
        #expect(unknown.fix == "did you mean \"task\"?" && unknown.stepPath == "a")
        #expect(result.diagnostics[4].fix == "write 5 without quotes")
        #expect(result.diagnostics[7].fix == "did you mean \"inputMappings\"?")
        #expect(result.diagnostics[7].severity == .warning)
    }

    @Test func `a goto out of its list is refused and the siblings are named`() {
        let text = flow(
            """
            - type: choice
              name: choose
              choices:
                - condition: $.x
                  steps:
                    - type: choice
                      name: inner
                      choices: [{condition: $.y, goto: last}]
                      default: {goto: other}
                    - {type: pass, name: other}
                  goto: other
              default: {goto: last}
            - {type: pass, name: last}
            """)
        #expect(codes(text) == ["11:44 goto-not-sibling", "14:13 goto-not-sibling"])
        #expect(FlowParser.parse(text).diagnostics[0].stepPath == "choose/inner")
        #expect(FlowParser.parse(text).diagnostics[0].fix?.contains("\"other\"") == true)
    }

    @Test(arguments: [
        ("", "empty"), ("[1]", "wrong-type"), ("a: [", "yaml-syntax"), ("a: 1\na: 2", "duplicate-key"),
        ("Type: StateMachine\nSpecVersion: v1", "other-language"), ("a: *b", "unknown-alias"),
        ("a: 99999999999999999999", "number-too-large"), ("[a]: 1", "wrong-type"),
        ("a: b\n---\nc: d", "several-documents"), ("a:\n\t- b", "yaml-syntax"),
        ("StartAt: A\nStates: {A: {Type: Pass}}", "other-language"),
        ("Resources: {f: {Properties: {DefinitionUri: f.yml}}}", "template"),
    ]) func `a text that is no definition has one fault`(text: String, code: String) {
        let result = FlowParser.parse(text)
        #expect(result.definition == nil)
        #expect(result.diagnostics.first { $0.severity == .error }?.code == code)
    }

    @Test(arguments: [
        ("{type: wait, name: w}", "missing-key"), ("{type: wait, name: w, duration: -1}", "out-of-range"),
        ("{type: wait, name: w, duration: 1, timestamp: x}", "two-times"),
        ("{type: wait, name: w, timestamp: tomorrow}", "bad-timestamp"),
        ("{type: wait, name: w, duration: $input.x}", "bad-path"),
        ("{type: pass, name: p, outputMappings: [{target: a, source: $local..a}]}", "bad-path"),
        ("{type: pass, name: p, outputMappings: {target: a}}", "wrong-type"),
        ("{type: pass, name: p, outputMappings: [{source: 1}]}", "missing-key"),
        (
            "{type: pass, name: p, outputMappings: [{target: a, source: $inputs.a}]}",
            "constant-looks-like-path"
        ),
        (
            "{type: pass, name: p, outputMappings: [{target: a, source: $context.task.tokn}]}",
            "unknown-context"
        ),
        ("{type: pass, name: p, end: 1}", "wrong-type"), ("{type: pass, name: 1}", "wrong-type"),
        ("{type: pass, name: a b}", "unusual-name"), ("{type: pass, name: p, retry: []}", "misplaced-key"),
        ("{type: choice, name: c}", "missing-key"), ("{type: parallel, name: p}", "missing-key"),
        ("{type: foreach, name: f, steps: []}", "missing-key"),
        ("{type: foreach, name: f, steps: [], iterationMapping: {collection: names, item: n}}", "bad-path"),
        ("{type: task, name: t, action: x}", "bad-action"),
        ("{type: task, name: t, action: 'a:b', resourceArn: 'acs:a:::b'}", "two-resources"),
        ("{type: task, name: t, resourceArn: 'acs:a:::b', timeoutSeconds: 0}", "out-of-range"),
        (
            "{type: task, name: t, resourceArn: 'acs:a:::b', pattern: waitForCallback}",
            "callback-without-timeout"
        ),
        ("{type: task, name: t, resourceArn: 'acs:a:::b', retry: [{maxAttempts: 1}]}", "missing-key"),
        (
            "{type: task, name: t, resourceArn: 'acs:a:::b', retry: [{errors: [E], multiplier: 0}]}",
            "out-of-range"
        ),
        ("{type: task, name: t, resourceArn: 'acs:a:::b', catch: [{errors: [E]}]}", "missing-key"),
        ("{type: loop, name: l, steps: []}", "unknown-step-type"),
    ]) func `this step has this fault`(step: String, code: String) {
        #expect(FlowParser.validate(flow("- \(step)")).diagnostics.map(\.code) == [code])
    }

    @Test func `a definition is refused when it is too large, too deep or too long`() {
        var limits = FlowLimits()
        limits.stepsMax = 2
        limits.nestingMax = 2
        let three = flow("- {type: pass, name: a}\n- {type: pass, name: b}\n- {type: pass, name: c}")
        #expect(FlowParser.parse(three, limits: limits).diagnostics.map(\.code) == ["too-many-steps"])
        func nested(_ depth: Int) -> String {
            depth == 0
                ? "[]" : "[{type: parallel, name: p\(depth), branches: [{steps: \(nested(depth - 1))}]}]"
        }
        let deep = "{version: v1, type: flow, steps: \(nested(3))}"
        #expect(FlowParser.parse(deep, limits: limits).diagnostics.map(\.code).contains("too-deep"))
        #expect(FlowParser.parse("{version: v1, type: flow, steps: \(nested(32))}").definition != nil)
        limits.definitionBytesMax = 10
        #expect(FlowParser.parse(three, limits: limits).diagnostics.map(\.code) == ["too-large"])
    }

    @Test func `bombs are refused in time and memory`() {
        var bomb = "a0: &a0 [x, x]\n"
        for level in 1..<60 { bomb += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        #expect(codes(bomb).contains { $0.hasSuffix("too-many-nodes") })
        var chain = "a0: &a0 [x]\n"
        for level in 1..<20_000 { chain += "a\(level): &a\(level) [*a\(level - 1)]\n" }
        #expect(codes(chain).contains { $0.hasSuffix("too-deep") })
        #expect(codes(String(repeating: "[", count: 1_000_000)).count == 1)
        #expect(codes(String(repeating: "- ", count: 500_000)).count == 1)
        #expect(codes("? *a : [x]\n: y").count == 1)
        #expect(codes(String(repeating: "{a: ", count: 900) + String(repeating: "}", count: 900)).count == 1)
    }
}

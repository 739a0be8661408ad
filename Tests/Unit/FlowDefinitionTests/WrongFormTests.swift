import FlowModel
import FlowParsing
import Testing

/// Mistakes that are often made, and what is said of them.
struct WrongFormTests {
    @Test(arguments: [
        ("end: \"true\"", "write end: true"), ("end: yes", "write end: true"), ("end: 0", "write end: false"),
        ("timeoutSeconds: \"60\"", "write 60 without quotes"),
        ("retry: [{errors: E}]", "write errors: [E]"), ("retry: {errors: [E]}", "put \"- \" in front"),
        ("retry: [{errors: [E], multiplier: \"1.5\"}]", "write 1.5 without quotes"),
        ("inputMappings: {target: a, source: 1}", "put \"- \" in front"),
        ("resourceArn: {Ref: x}", "Ref belongs to a template"),
    ]) func `a wrong type is told the right form`(attribute: String, fix: String) {
        let resource = attribute.hasPrefix("resourceArn") ? "" : "resourceArn: 'acs:fc:::functions/f', "
        let found = Validated.diagnostics("- {type: task, name: t, \(resource)\(attribute)}")
        #expect(found.map(\.code) == ["wrong-type"])
        #expect(found.first?.fix?.hasPrefix(fix) == true, "\(found.first?.fix ?? "")")
    }

    @Test(arguments: [
        ("duration: $input.x", "write $.x"), ("duration: $local", "write $,"),
        ("duration: $context.flow.name", "write $.key"), ("timestamp: 1893456000", "e.g. 2030"),
    ]) func `a wait is told which path it reads`(attribute: String, fix: String) {
        let found = Validated.diagnostics("- {type: wait, name: w, \(attribute)}")
        #expect(found.count == 1 && found.first?.fix?.hasPrefix(fix) == true, "\(found)")
    }

    @Test(arguments: ["goto: b", "retry: []", "catch: []", "timeoutSeconds: 5", "errorMappings: []"])
    func `a key in the wrong place is told the right one`(key: String) {
        let found = Validated.diagnostics("- {type: pass, name: a, \(key)}\n- {type: pass, name: b}")
        #expect(found.map(\.code) == ["misplaced-key"] && found.first?.fix != nil)
    }

    @Test func `keys that begin with x- are the author's own`() {
        #expect(Validated.codes("- {type: pass, name: a, x-owner: Lin}", flow: "x-common: {a: 1}") == [])
        #expect(Validated.codes("- {type: pass, name: a, xowner: Lin}") == ["unknown-key"])
    }

    @Test func `a step that could not be read hides no fault of others and makes none`() {
        let steps = """
            - {type: task, name: broken, resourceArn: x}
            - type: lop
              name: outer
              steps:
                - {type: pass, name: inner}
                - {type: pass, name: outer}
                - {type: wait, name: waits}
            - {type: pass, name: inner}
            - type: choice
              name: c
              choices: [{condition: $.x, goto: broken}, {condition: $.y, goto: outer}]
              default: {goto: nowhere}
            """
        #expect(
            Validated.diagnostics(steps).map { "\($0.line) \($0.code) \($0.stepPath)" } == [
                "4 bad-arn broken", "5 unknown-step-type outer", "9 duplicate-step-name outer/outer",
                "10 missing-key outer/waits", "11 duplicate-step-name inner", "15 goto-unknown c",
            ])
    }

    @Test func `faults in the branches of an unknown step are found as well`() {
        let steps = """
            - {type: switch, name: s, choices: [{steps: [{type: x, name: a}]}], default: {steps: [{type: y, name: b}]}}
            - {type: map, name: m, branches: [{steps: [{type: z, name: c}]}]}
            """
        #expect(
            Validated.diagnostics(steps).map(\.stepPath).sorted() == ["m", "m/c", "s", "s/a", "s/b"])
    }

    @Test func `the undocumented loop is told to be a goto`() {
        let found = Validated.diagnostics("- {type: loop, name: l, preCondition: $.x, steps: []}")
        #expect(found.map(\.code) == ["unknown-step-type"])
        #expect(found.first?.message.contains("never documented") == true)
        #expect(found.first?.fix?.contains("goto") == true)
    }

    @Test(arguments: ["end", "End"]) func `a goto to the end is told how a list ends`(target: String) {
        let found = Validated.diagnostics(
            "- {type: choice, name: c, choices: [{condition: $.x, goto: \(target)}], default: {}}")
        #expect(found.map(\.code) == ["goto-unknown"] && found.first?.fix?.contains("succeed") == true)
    }

    @Test(arguments: [
        ("Type: StateMachine\nSpecVersion: v1\nStates: []", "CloudFlow"), ("States: []", "CloudFlow"),
        ("StartAt: A\nStates: {}", "Amazon"), ("id: x\nspecVersion: '0.8'\nstates: []", "CNCF"),
    ]) func `a flow of another language is told which one it is`(text: String, name: String) {
        let found = FlowParser.validate(text).diagnostics
        #expect(found.map(\.code) == ["other-language"])
        #expect(found.first?.message.contains(name) == true && found.first?.fix?.contains("FDL") == true)
    }

    @Test(arguments: [
        ("Resources: {f: {Type: x, Properties: {DefinitionUri: flows/a.yml}}}", "the file flows/a.yml"),
        ("Resources:\n  f:\n    Properties:\n      Definition: |\n        a", "below line 4"),
        ("resources: {f: {props: {definition: ./flow.yaml}}}", "the file ./flow.yaml"),
        ("Resources: {}", "version: v1"),
    ]) func `a template is told where its flow stands`(text: String, fix: String) {
        let found = FlowParser.validate(text).diagnostics
        #expect(found.map(\.code) == ["template"] && found.first?.fix?.contains(fix) == true, "\(found)")
    }

    /// For each warning of reading a flow that has it, and one that nearly does.
    @Test(arguments: [
        (
            "unknown-key", "{type: pass, name: a, inputMapping: []}",
            "{type: pass, name: a, inputMappings: []}"
        ),
        ("misplaced-key", "{type: pass, name: a, duration: 1}", "{type: wait, name: a, duration: 1}"),
        (
            "unknown-context",
            "{type: pass, name: a, inputMappings: [{target: t, source: $context.step.id}]}",
            "{type: pass, name: a, inputMappings: [{target: t, source: $context.step.eventId}]}"
        ),
        (
            "unknown-context", "{type: pass, name: a, inputMappings: [{target: t, source: $context.steps}]}",
            "{type: pass, name: a, inputMappings: [{target: t, source: $context.step}]}"
        ),
        (
            "missing-source", "{type: pass, name: a, inputMappings: [{target: t}]}",
            "{type: pass, name: a, inputMappings: [{target: t, source: null}]}"
        ),
        (
            "no-errors", "{type: task, name: a, resourceArn: 'acs:fc:::f', retry: [{errors: []}]}",
            "{type: task, name: a, resourceArn: 'acs:fc:::f', retry: [{errors: [E]}]}"
        ),
        ("unusual-name", "{type: pass, name: 1a}", "{type: pass, name: a1}"),
        ("unusual-name", "{type: pass, name: a.b}", "{type: pass, name: a_b-c}"),
        (
            "unusual-arn", "{type: task, name: a, resourceArn: 'acs:mns:::/queues/q'}",
            "{type: task, name: a, resourceArn: 'acs:mns:::/queues/q/messages'}"
        ),
        (
            "template-tag", "{type: task, name: a, resourceArn: !Ref s/f}",
            "{type: task, name: a, resourceArn: !!str 'acs:fc:::s/f'}"
        ),
        (
            "placeholder", "{type: task, name: a, resourceArn: 'acs:fc:::functions/<f>'}",
            "{type: task, name: a, resourceArn: 'acs:fc:::functions/{f}'}"
        ),
    ]) func `a warning of reading has a flow that has it and one that nearly does`(
        code: String, wrong: String, right: String
    ) {
        #expect(Validated.codes("- \(wrong)") == [code])
        #expect(Validated.codes("- \(right)") == [])
    }
}

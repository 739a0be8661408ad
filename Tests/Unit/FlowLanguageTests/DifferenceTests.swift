import FlowDefinition
import FlowParsing
import Testing

@Suite struct DifferenceTests {
    private func definition(_ text: String) throws -> FlowDefinition {
        try #require(FlowParser.parse(text).definition)
    }

    private func difference(_ old: String, _ new: String) throws -> FlowDifference {
        FlowDifference(from: try definition(old), to: try definition(new))
    }

    private func texts(_ changes: [FlowDifference.Change]) -> [String] {
        changes.map { "\($0.step) \($0.what): \($0.old ?? "-") → \($0.new ?? "-")" }
    }

    @Test func `layout, comments and order of keys are no difference`() throws {
        let other = FormatterTests.flow.replacing("type: flow", with: "type: flow # c")
            .replacing("    name: three", with: "    name: three\n    description: \"words\"")
        #expect(try difference(FormatterTests.flow, other).isEmpty)
        #expect(try difference(FormatterTests.flow, FlowFormatter.format(other)).isEmpty)
    }

    @Test func `an attribute is told with its old and its new value`() throws {
        let new = FormatterTests.flow.replacing("maxAttempts: 2", with: "maxAttempts: 5")
            .replacing("source: $input.a", with: "source: $input.b")
            .replacing("type: flow", with: "type: flow\ntimeoutSeconds: 9")
        let difference = try difference(FormatterTests.flow, new)
        #expect(
            texts(difference.changed) == [
                " inputMappings.a: $input.a → $input.b", " timeoutSeconds: - → 9",
                "one retry[0].maxAttempts: 2 → 5",
            ])
        #expect(difference.rewired.isEmpty && difference.added.isEmpty && difference.removed.isEmpty)
    }

    @Test func `steps that come and go rewire what led past them`() throws {
        let new = FormatterTests.flow + "\n  - type: succeed\n    name: four"
        let added = try difference(FormatterTests.flow, new)
        #expect(added.added.map { "\($0.step) \($0.type) \($0.container)" } == ["four succeed "])
        #expect(texts(added.rewired) == ["three next: the end → four"])
        let removed = try difference(new, FormatterTests.flow)
        #expect(removed.removed.map(\.step) == ["four"])
        #expect(texts(removed.rewired) == ["three next: four → the end"])
    }

    @Test func `a changed target and a changed condition are told apart`() throws {
        let goto = FormatterTests.flow.replacing("goto: three}", with: "goto: two}")
        #expect(
            texts(try difference(FormatterTests.flow, goto).rewired) == ["one catch FnF.ALL: three → two"])
        let condition = FormatterTests.flow.replacing("$.x == \"y\"", with: "$.x == \"z\"")
        let difference = try difference(FormatterTests.flow, condition)
        #expect(texts(difference.changed) == ["two condition: $.x == \"y\" → $.x == \"z\""])
        #expect(difference.rewired.isEmpty)
    }

    @Test func `the order of steps and of conditions is part of the meaning`() throws {
        let two = "version: v1\ntype: flow\nsteps:\n  - {type: pass, name: a}\n  - {type: pass, name: b}\n"
        let swapped =
            "version: v1\ntype: flow\nsteps:\n  - {type: pass, name: b}\n  - {type: pass, name: a}\n"
        #expect(
            texts(try difference(two, swapped).rewired) == [
                " start: a → b", "b next: the end → a", "a next: b → the end",
            ])
        let choice = "version: v1\ntype: flow\nsteps:\n  - type: choice\n    name: c\n    choices:\n"
        let (one, other) = ("      - condition: $.a\n", "      - condition: $.b\n")
        #expect(
            texts(try difference(choice + one + other, choice + other + one).changed) == [
                "c order of conditions: $.a; $.b → $.b; $.a"
            ])
    }
}

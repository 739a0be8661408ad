import FlowModel
import FlowParsing
import Testing

/// Steps that are not reached, and choices that leave gaps.
struct ValidationFlowTests {
    /// The names of the steps that no way leads to.
    private func unreachable(_ steps: String) -> [String] {
        Validated.diagnostics(steps).filter { $0.code == "unreachable-step" }.map(\.stepPath)
    }

    @Test func `what stands behind an end is unreachable, unless a goto names it`() {
        let behind = "\n- {type: pass, name: b}\n- {type: pass, name: c}"
        for end in ["pass, name: a, end: true", "succeed, name: a", "fail, name: a"] {
            #expect(unreachable("- {type: \(end)}\(behind)") == ["b", "c"])
        }
        #expect(unreachable("- \(Validated.task("a", "end: true"))\(behind)") == ["b", "c"])
        let caught = "end: true, catch: [{errors: [FnF.ALL], goto: c}]"
        #expect(unreachable("- \(Validated.task("a", caught))\(behind)") == ["b"])
    }

    @Test func `what an unreachable step contains is not named as well`() {
        let steps = """
            - {type: succeed, name: a}
            - {type: parallel, name: p, branches: [{steps: [{type: pass, name: q}]}], outputMappings: []}
            """
        #expect(unreachable(steps) == ["p"])
    }

    @Test func `a choice leads where its branches lead`() {
        func flow(_ branches: String) -> String {
            "- {type: choice, name: c, \(branches)}\n- {type: pass, name: n, end: true}\n"
                + "- {type: pass, name: m}"
        }
        #expect(unreachable(flow("choices: [{condition: $.x, goto: m}], default: {goto: m}")) == ["n"])
        #expect(unreachable(flow("choices: [{condition: $.x, goto: m}]")) == [])
        #expect(unreachable(flow("choices: [{condition: $.x, goto: m}], default: {}")) == [])
        let fails = "{steps: [{type: fail, name: f}]}"
        #expect(unreachable(flow("choices: [{condition: $.x, goto: m}], default: \(fails)")) == ["n"])
        let failsFirst = "choices: [{condition: $.x, goto: m, steps: [{type: fail, name: f}]}], default: {}"
        #expect(unreachable(flow(failsFirst)) == ["m"])
        let always =
            "choices: [{condition: 'true', goto: m}, {condition: $.x, steps: [{type: pass, name: f}]}]"
        #expect(unreachable(flow(always)) == ["c/f", "n"])
        let succeeds = "choices: [{condition: $.x, goto: m, steps: [{type: succeed, name: f}]}], default: {}"
        #expect(unreachable(flow(succeeds)) == [])
    }

    @Test func `a container goes on only if what is in it can end`() {
        let fails = "[{type: fail, name: f}]"
        let after = "\n- {type: pass, name: n}"
        let parallel = "type: parallel, name: p, outputMappings: []"
        #expect(unreachable("- {\(parallel), branches: [{steps: \(fails)}, {steps: []}]}\(after)") == ["n"])
        #expect(unreachable("- {\(parallel), branches: [{steps: []}]}\(after)") == [])
        let foreach = "type: foreach, name: p, iterationMapping: {collection: $.a, item: i}, steps: \(fails)"
        #expect(unreachable("- {\(foreach), outputMappings: []}\(after)") == [])
    }

    @Test func `a loop backwards is a way`() {
        let steps = """
            - {type: pass, name: start}
            - {type: choice, name: more, choices: [{condition: $.more, goto: start}], default: {goto: last}}
            - {type: pass, name: last}
            """
        #expect(Validated.codes(steps) == [])
    }

    @Test(arguments: [
        ("$.s == \"a\"", "$.s = \"other\""), ("$.x", "$.x = false"), ("$.n > 5|$.n < 5", "$.n = 5"),
        ("$.n == 1|$.n == 2", "$.n = 3"), ("$.a && $.b|!$.a", "$.a = true, $.b = false"),
        ("$.a == $.b|$.a > $.b", "$.a"), ("$.x == true", "$.x = false"), ("'false'", ""),
        ("$.s in [\"a\", \"b\"]", "$.s = \"other\""), ("$.n < 0.5|$.n > 0.5", "$.n = 0.5"),
        ("$.n >= -1", "$.n = -2"),
    ]) func `a choice that leaves a gap is told an example`(conditions: String, example: String) {
        let found = Validated.diagnostics(choice(conditions))
        #expect(found.map(\.code) == ["choice-without-default"])
        #expect(found.first?.message.contains(example) == true, "\(found.first?.message ?? "")")
    }

    @Test(arguments: [
        "$.x|!$.x", "$.n > 5|$.n <= 5", "$.n < 5|$.n == 5|$.n > 5", "$.a == $.b|$.a != $.b", "'true'",
        "$.s == \"a\"|$.s != \"a\"", "$.x == true|$.x == false", "$.a == $.b|$.a > $.b|$.b > $.a",
        "$.n < 5|$.n > 3", "$.n <= 4|$.n >= 5", "$.s in [\"a\"]|!($.s in [\"a\"])", "$.x in $.list",
        "$.a && $.b|!$.a|!$.b",
    ]) func `an exhaustive choice needs no default`(conditions: String) {
        #expect(Validated.codes(choice(conditions)) == [])
    }

    @Test func `a default, even an empty one, is an answer`() {
        #expect(Validated.codes("- {type: choice, name: c, choices: [{condition: $.x}], default: {}}") == [])
    }

    private func choice(_ conditions: String) -> String {
        let branches = conditions.split(separator: "|", omittingEmptySubsequences: true).map {
            $0.hasPrefix("'") ? "{condition: \($0)}" : "{condition: '\($0)'}"
        }
        return "- {type: choice, name: c, choices: [\(branches.joined(separator: ", "))]}"
    }
}

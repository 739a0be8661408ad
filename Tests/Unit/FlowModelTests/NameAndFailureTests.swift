import FlowModel
import Testing

struct NameAndFailureTests {
    @Test(arguments: ["OrderDemo-Jiyuan", "_x", "a", String(repeating: "a", count: 128)])
    func `a flow may have this name`(name: String) { #expect(NameRule.check(name, kind: .flow) == nil) }

    @Test(arguments: ["", "1a", "-a", "a b", "a.b", "ä", "a/b", "a#b", String(repeating: "a", count: 129)])
    func `a flow may not have this name`(name: String) { #expect(NameRule.check(name, kind: .flow) != nil) }

    @Test func `an execution may be named by a UUID`() {
        #expect(NameRule.check("69f71f89-3329-42c4-b508-b41617432db1", kind: .execution) == nil)
    }

    @Test func `a failure is cut to its limits at whole characters`() {
        let failure = FlowFailure(
            error: String(repeating: "ä", count: 100), cause: String(repeating: "日", count: 2000))
        #expect(failure.error == String(repeating: "ä", count: 64))
        #expect(failure.cause == String(repeating: "日", count: 1365))
        #expect(FlowFailure(error: "", cause: "").error == "FnF.RuntimeError")
    }

    @Test func `a diagnostic shows its place with a caret`() {
        let diagnostic = Diagnostic(
            severity: .error, code: "unknown-step-type", message: "the step type \"taks\" is unknown",
            fix: "did you mean \"task\"?", line: 2, column: 11, stepPath: "payment")
        let text = diagnostic.text(file: "flow.yaml", source: "steps:\n  - type: taks\n")
        #expect(
            text == """
                flow.yaml:2:11: error[unknown-step-type]: the step type "taks" is unknown (step payment)
                    - type: taks
                            ^
                  fix: did you mean "task"?
                """)
        #expect(diagnostic.text(file: "flow.yaml").split(separator: "\n").count == 2)
    }

    @Test(arguments: ["\n", "\r\n"])
    func `a caret stands under wide signs and behind tabs, whatever ends a line`(
        ending: String
    ) {
        let diagnostic = Diagnostic(severity: .error, code: "c", message: "m", line: 2, column: 8)
        let text = diagnostic.text(file: "f", source: "a:\(ending)\t步骤: 值 x\(ending)b:\(ending)")
        #expect(text == "f:2:8: error[c]: m\n   步骤: 值 x\n            ^")
    }
}

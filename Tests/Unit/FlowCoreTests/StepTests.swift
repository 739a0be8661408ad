import FlowCore
import FlowModel
import Primitives
import Testing

struct StepTests {
    private func flow(_ steps: String, _ attributes: String = "") -> String {
        "version: v1\ntype: flow\n\(attributes)\nsteps:\n\(steps)"
    }

    @Test func `two pass steps leave the published history`() throws {
        var scenario = try Scenario(flow("- {type: pass, name: pass1}\n- {type: pass, name: pass2}"))
        try scenario.start()
        #expect(
            scenario.lines == [
                "1←0 ExecutionStarted", "2←1 StepEntered pass1", "3←2 StepStarted pass1",
                "4←3 StepSucceeded pass1",
                "5←4 StepExited pass1", "6←5 StepEntered pass2", "7←6 StepStarted pass2",
                "8←7 StepSucceeded pass2",
                "9←8 StepExited pass2", "10←9 ExecutionSucceeded",
            ])
        #expect(
            scenario.events.map(\.detail) == [
                ["input": [:]], ["input": [:], "local": [:]], ["input": [:]], ["output": [:]], ["local": [:]],
                ["input": [:], "local": [:]], ["input": [:]], ["output": [:]], ["local": [:]],
                ["output": [:]],
            ])
    }

    @Test func `an empty flow succeeds at once`() throws {
        var scenario = try Scenario(flow("  []"))
        try scenario.start(["a": 1])
        #expect(scenario.lines.last == "2←1 ExecutionSucceeded" && scenario.output == [:])
    }

    @Test func `outputs merge into the parent's local and are inherited by the next step`() throws {
        var scenario = try Scenario(
            flow(
                """
                - type: pass
                  name: a
                  outputMappings: [{target: x, source: 1}, {target: y, source: $input.in}]
                - type: pass
                  name: b
                  outputMappings: [{target: x, source: 2}, {target: seen, source: $input}]
                """))
        try scenario.start(["in": "i", "x": 0])
        #expect(scenario.output == ["x": 2, "y": "i", "seen": ["in": "i", "x": 1, "y": "i"]])
    }

    @Test func `the flow's own mappings frame it`() throws {
        var scenario = try Scenario(
            flow(
                "- {type: pass, name: a, outputMappings: [{target: b, source: $input.a}]}",
                """
                inputMappings: [{target: a, source: $input.raw}]
                outputMappings: [{target: out, source: $local.b}, {target: "in", source: $input}]
                """))
        try scenario.start(["raw": 7])
        #expect(scenario.output == ["out": 7, "in": ["a": 7]])
        var failing = try Scenario(flow("  []", "inputMappings: [{target: a, source: $input.raw}]"))
        try failing.start()
        #expect(failing.lines == ["1←0 ExecutionStarted", "2←1 ExecutionFailed"])
        failing = try Scenario(flow("  []", "outputMappings: [{target: a, source: $local.raw}]"))
        try failing.start()
        #expect(failing.machine.failure?.error == "FnF.InvalidMapping")
    }

    @Test func `a wait holds until its time, once`() throws {
        var scenario = try Scenario(flow("- {type: wait, name: w, duration: $.s}\n- {type: pass, name: p}"))
        try scenario.start(["s": 1.5])
        #expect(scenario.events.last?.detail["until"] == "2025-11-23T10:10:01.500Z")
        #expect(scenario.machine.nextDeadline == Scenario.epoch.advanced(by: .milliseconds(1500)))
        #expect(try scenario.step(.timerFired, at: 1.4).isEmpty)
        #expect(try scenario.step(.timerFired, at: 1.5).lines.first == "StepSucceeded w")
        #expect(scenario.machine.status == .succeeded)
    }

    @Test(
        arguments: [
            ("duration: $.x", ["x": "soon"]), ("duration: $.x", ["x": -1]), ("duration: $.x", [:]),
            ("duration: $.x", ["x": 1e9]), ("timestamp: $.x", ["x": "soon"]),
            ("timestamp: $.x", ["x": "9999-01-01T00:00:00Z"]),
        ] as [(String, JSONObject)]) func `a wait without a usable time fails`(
            attribute: String, input: JSONObject
        ) throws
    {
        var scenario = try Scenario(flow("- {type: wait, name: w, \(attribute)}"))
        try scenario.start(input)
        #expect(scenario.machine.failure?.error == "FnF.InvalidInput")
    }

    @Test func `a wait for the past ends at once`() throws {
        var scenario = try Scenario(flow("- {type: wait, name: w, timestamp: 2001-01-01T00:00:00Z}"))
        try scenario.start()
        #expect(scenario.machine.status == .succeeded)
    }

    @Test func `succeed ends its list, end too, and fail fails all containers`() throws {
        var scenario = try Scenario(
            flow(
                """
                - type: choice
                  name: c
                  default: {steps: [{type: succeed, name: s, outputMappings: [{target: a, source: 1}]},
                          {type: pass, name: x}]}
                - {type: pass, name: p, end: true}
                - {type: fail, name: f}
                """))
        try scenario.start()
        #expect(scenario.machine.status == .succeeded && scenario.output == ["a": 1])
        #expect(!scenario.lines.contains { $0.hasSuffix(" x") })
        scenario = try Scenario(
            flow(
                """
                - type: choice
                  name: c
                  default: {steps: [{type: fail, name: f, error: E, cause: why}]}
                """))
        try scenario.start()
        #expect(
            scenario.lines.suffix(4) == [
                "5←4 StepStarted f", "6←5 StepFailed f", "7←6 StepFailed c", "8←7 ExecutionFailed",
            ])
        #expect(scenario.machine.failure == FlowFailure(error: "E", cause: "why"))
    }

    @Test func `a backward goto loops until its condition holds`() throws {
        var scenario = try Scenario(
            flow(
                """
                - {type: pass, name: init, outputMappings: [{target: status, source: running}]}
                - type: task
                  name: poll
                  resourceArn: acs:fc:::functions/poll
                - type: choice
                  name: check
                  inputMappings: [{target: status, source: $local.status}]
                  choices:
                    - {condition: $.status == "running", goto: poll}
                - {type: pass, name: after}
                """))
        try scenario.start()
        for _ in 0..<3 { #expect(try scenario.answer(["status": "running"]).calls.count == 1) }
        try scenario.answer(["status": "done"])
        #expect(scenario.output == ["status": "done"])
    }

    @Test func `a goto behind a branch whose list ended early is still performed`() throws {
        var scenario = try Scenario(
            flow(
                """
                - type: choice
                  name: c
                  end: true
                  choices:
                    - condition: "true"
                      steps: [{type: pass, name: e, end: true}, {type: fail, name: never}]
                      goto: last
                - {type: fail, name: skipped}
                - {type: pass, name: last}
                """))
        try scenario.start()
        #expect(scenario.machine.status == .succeeded)
        #expect(scenario.lines.contains { $0.hasSuffix("StepEntered last") })
    }

    @Test func `a choice in which nothing holds goes on with empty output`() throws {
        var scenario = try Scenario(
            flow("- {type: choice, name: c, choices: [{condition: $.x}]}\n- {type: pass, name: p}"))
        try scenario.start()
        #expect(scenario.machine.status == .succeeded && scenario.output == [:])
    }
}

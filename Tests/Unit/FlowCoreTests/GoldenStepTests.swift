import FlowCore
import FlowModel
import Primitives
import Testing

/// The history of each step that calls nobody, event by event: number←cause, type, step, seconds, detail. Source: fdl §8.
struct GoldenStepTests {
    @Test func `a pass step gives its outputMappings`() throws {
        var scenario = try Scenario(
            """
            version: v1
            type: flow
            steps:
              - type: pass
                name: one
                inputMappings: [{target: a, source: $input.n}]
                outputMappings: [{target: b, source: $input.a}, {target: c, source: fixed}]
              - {type: pass, name: two}
            """)
        try scenario.start(["n": 1])
        #expect(
            scenario.golden == #"""
                1←0 ExecutionStarted +0 {"input":{"n":1}}
                2←1 StepEntered one +0 {"input":{"n":1},"local":{}}
                3←2 StepStarted one +0 {"input":{"a":1}}
                4←3 StepSucceeded one +0 {"output":{"b":1,"c":"fixed"}}
                5←4 StepExited one +0 {"local":{"b":1,"c":"fixed"}}
                6←5 StepEntered two +0 {"input":{"n":1},"local":{"b":1,"c":"fixed"}}
                7←6 StepStarted two +0 {"input":{"b":1,"c":"fixed","n":1}}
                8←7 StepSucceeded two +0 {"output":{}}
                9←8 StepExited two +0 {"local":{"b":1,"c":"fixed"}}
                10←9 ExecutionSucceeded +0 {"output":{"b":1,"c":"fixed"}}
                """#)
    }

    @Test func `a choice runs its branch, merges its local and goes where the branch says`() throws {
        var scenario = try Scenario(
            """
            version: v1
            type: flow
            steps:
              - type: choice
                name: which
                choices:
                  - condition: $.n > 5
                    steps: [{type: pass, name: large}]
                  - condition: $.n > 0
                    steps: [{type: pass, name: small, outputMappings: [{target: size, source: small}]}]
                    goto: last
                default: {goto: last}
              - {type: pass, name: skipped}
              - {type: pass, name: last}
            """)
        try scenario.start(["n": 1])
        #expect(
            scenario.golden == #"""
                1←0 ExecutionStarted +0 {"input":{"n":1}}
                2←1 StepEntered which +0 {"input":{"n":1},"local":{}}
                3←2 StepStarted which +0 {"branch":1,"input":{"n":1}}
                4←3 StepEntered small +0 {"input":{"n":1},"local":{}}
                5←4 StepStarted small +0 {"input":{"n":1}}
                6←5 StepSucceeded small +0 {"output":{"size":"small"}}
                7←6 StepExited small +0 {"local":{"size":"small"}}
                8←7 StepSucceeded which +0 {"output":{"size":"small"}}
                9←8 StepExited which +0 {"goto":"last","local":{"size":"small"}}
                10←9 StepEntered last +0 {"input":{"n":1},"local":{"size":"small"}}
                11←10 StepStarted last +0 {"input":{"n":1,"size":"small"}}
                12←11 StepSucceeded last +0 {"output":{}}
                13←12 StepExited last +0 {"local":{"size":"small"}}
                14←13 ExecutionSucceeded +0 {"output":{"size":"small"}}
                """#)
    }

    @Test func `a choice without a true condition and without default goes on`() throws {
        var scenario = try Scenario(
            """
            version: v1
            type: flow
            steps:
              - type: choice
                name: which
                choices: [{condition: $.n > 5, goto: last}]
              - {type: pass, name: last}
            """)
        try scenario.start(["n": 1])
        #expect(
            scenario.golden == #"""
                1←0 ExecutionStarted +0 {"input":{"n":1}}
                2←1 StepEntered which +0 {"input":{"n":1},"local":{}}
                3←2 StepStarted which +0 {"input":{"n":1}}
                4←3 StepSucceeded which +0 {"output":{}}
                5←4 StepExited which +0 {"local":{}}
                6←5 StepEntered last +0 {"input":{"n":1},"local":{}}
                7←6 StepStarted last +0 {"input":{"n":1}}
                8←7 StepSucceeded last +0 {"output":{}}
                9←8 StepExited last +0 {"local":{}}
                10←9 ExecutionSucceeded +0 {"output":{}}
                """#)
    }

    @Test func `a wait ends with its time`() throws {
        var scenario = try Scenario(
            """
            version: v1
            type: flow
            steps:
              - {type: wait, name: pause, duration: 30}
            """)
        try scenario.start()
        try scenario.step(.timerFired, at: 30)
        #expect(
            scenario.golden == #"""
                1←0 ExecutionStarted +0 {"input":{}}
                2←1 StepEntered pause +0 {"input":{},"local":{}}
                3←2 StepStarted pause +0 {"input":{},"until":"2025-11-23T10:10:30.000Z"}
                4←3 StepSucceeded pause +30 {"output":{}}
                5←4 StepExited pause +30 {"local":{}}
                6←5 ExecutionSucceeded +30 {"output":{}}
                """#)
    }

    @Test func `a succeed step ends its list`() throws {
        var scenario = try Scenario(
            """
            version: v1
            type: flow
            steps:
              - type: choice
                name: which
                choices: [{condition: "true", steps: [{type: succeed, name: enough}, {type: pass, name: never}]}]
              - {type: succeed, name: done}
              - {type: pass, name: never2}
            """)
        try scenario.start()
        #expect(
            scenario.golden == #"""
                1←0 ExecutionStarted +0 {"input":{}}
                2←1 StepEntered which +0 {"input":{},"local":{}}
                3←2 StepStarted which +0 {"branch":0,"input":{}}
                4←3 StepEntered enough +0 {"input":{},"local":{}}
                5←4 StepStarted enough +0 {"input":{}}
                6←5 StepSucceeded enough +0 {"output":{}}
                7←6 StepExited enough +0 {"local":{}}
                8←7 StepSucceeded which +0 {"output":{}}
                9←8 StepExited which +0 {"local":{}}
                10←9 StepEntered done +0 {"input":{},"local":{}}
                11←10 StepStarted done +0 {"input":{}}
                12←11 StepSucceeded done +0 {"output":{}}
                13←12 StepExited done +0 {"local":{}}
                14←13 ExecutionSucceeded +0 {"output":{}}
                """#)
    }

    @Test func `a fail step fails the flow`() throws {
        var scenario = try Scenario(
            """
            version: v1
            type: flow
            steps:
              - {type: fail, name: broken, error: Mine, cause: because}
            """)
        try scenario.start()
        #expect(
            scenario.golden == #"""
                1←0 ExecutionStarted +0 {"input":{}}
                2←1 StepEntered broken +0 {"input":{},"local":{}}
                3←2 StepStarted broken +0 {"input":{}}
                4←3 StepFailed broken +0 {"cause":"because","error":"Mine"}
                5←4 ExecutionFailed +0 {"cause":"because","error":"Mine"}
                """#)
    }

    @Test func `an execution that is stopped ends with the failure it is given`() throws {
        var scenario = try Scenario(
            """
            version: v1
            type: flow
            steps:
              - {type: wait, name: pause, duration: 30}
            """)
        try scenario.start()
        try scenario.step(.stop(FlowFailure(error: "Enough", cause: "by hand")), at: 3)
        #expect(
            scenario.golden == #"""
                1←0 ExecutionStarted +0 {"input":{}}
                2←1 StepEntered pause +0 {"input":{},"local":{}}
                3←2 StepStarted pause +0 {"input":{},"until":"2025-11-23T10:10:30.000Z"}
                4←3 ExecutionStopped +3 {"cause":"by hand","error":"Enough"}
                """#)
    }

    @Test func `an execution that runs too long times out`() throws {
        var scenario = try Scenario(
            """
            version: v1
            type: flow
            timeoutSeconds: 20
            steps:
              - {type: wait, name: pause, duration: 30}
            """)
        try scenario.start()
        try scenario.step(.timerFired, at: 20)
        #expect(
            scenario.golden == #"""
                1←0 ExecutionStarted +0 {"input":{}}
                2←1 StepEntered pause +0 {"input":{},"local":{}}
                3←2 StepStarted pause +0 {"input":{},"until":"2025-11-23T10:10:30.000Z"}
                4←3 ExecutionTimedOut +20 {}
                """#)
    }
}

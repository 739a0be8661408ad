import FlowCore
import FlowModel
import Primitives
import Testing

/// The history of steps that fork, event by event. Source: fdl §8.
struct GoldenForkTests {
    @Test func `a parallel runs its branches and collects their locals`() throws {
        var scenario = try Scenario(
            """
            version: v1
            type: flow
            steps:
              - type: parallel
                name: both
                branches:
                  - steps: [{type: pass, name: left, outputMappings: [{target: a, source: 1}]}]
                  - steps: [{type: wait, name: right, duration: 5}]
                outputMappings: [{target: all, source: $local}]
            """)
        try scenario.start()
        try scenario.step(.timerFired, at: 5)
        #expect(
            scenario.golden == #"""
                1←0 ExecutionStarted +0 {"input":{}}
                2←1 StepEntered both +0 {"input":{},"local":{}}
                3←2 StepStarted both +0 {"input":{}}
                4←3 BranchEntered both +0 {"index":0}
                5←4 StepEntered left +0 {"input":{},"local":{}}
                6←5 StepStarted left +0 {"input":{}}
                7←6 StepSucceeded left +0 {"output":{"a":1}}
                8←7 StepExited left +0 {"local":{"a":1}}
                9←8 BranchExited both +0 {"index":0,"local":{"a":1}}
                10←3 BranchEntered both +0 {"index":1}
                11←10 StepEntered right +0 {"input":{},"local":{}}
                12←11 StepStarted right +0 {"input":{},"until":"2025-11-23T10:10:05.000Z"}
                13←12 StepSucceeded right +5 {"output":{}}
                14←13 StepExited right +5 {"local":{}}
                15←14 BranchExited both +5 {"index":1,"local":{}}
                16←15 StepSucceeded both +5 {"output":{"all":[{"a":1},{}]}}
                17←16 StepExited both +5 {"local":{"all":[{"a":1},{}]}}
                18←17 ExecutionSucceeded +5 {"output":{"all":[{"a":1},{}]}}
                """#)
    }

    @Test func `a parallel fails with its first branch that fails`() throws {
        var scenario = try Scenario(
            """
            version: v1
            type: flow
            steps:
              - type: parallel
                name: both
                branches:
                  - steps: [{type: wait, name: left, duration: 5}]
                  - steps: [{type: fail, name: right, error: Mine}]
            """)
        try scenario.start()
        #expect(
            scenario.golden == #"""
                1←0 ExecutionStarted +0 {"input":{}}
                2←1 StepEntered both +0 {"input":{},"local":{}}
                3←2 StepStarted both +0 {"input":{}}
                4←3 BranchEntered both +0 {"index":0}
                5←4 StepEntered left +0 {"input":{},"local":{}}
                6←5 StepStarted left +0 {"input":{},"until":"2025-11-23T10:10:05.000Z"}
                7←3 BranchEntered both +0 {"index":1}
                8←7 StepEntered right +0 {"input":{},"local":{}}
                9←8 StepStarted right +0 {"input":{}}
                10←9 StepFailed right +0 {"cause":"","error":"Mine"}
                11←10 BranchExited both +0 {"cause":"","error":"Mine","index":1}
                12←11 StepFailed both +0 {"cause":"","error":"Mine"}
                13←12 ExecutionFailed +0 {"cause":"","error":"Mine"}
                """#)
    }

    @Test func `a foreach runs its steps for each item`() throws {
        var scenario = try Scenario(
            """
            version: v1
            type: flow
            steps:
              - type: foreach
                name: each
                iterationMapping: {collection: $.names, item: name, index: i}
                steps: [{type: pass, name: greet, outputMappings: [{target: greeted, source: $input.name}]}]
                outputMappings: [{target: all, source: "$local[*].greeted"}]
            """)
        try scenario.start(["names": ["ann", "bob"]])
        #expect(
            scenario.golden == #"""
                1←0 ExecutionStarted +0 {"input":{"names":["ann","bob"]}}
                2←1 StepEntered each +0 {"input":{"names":["ann","bob"]},"local":{}}
                3←2 StepStarted each +0 {"input":{"names":["ann","bob"]}}
                4←3 IterationEntered each +0 {"index":0}
                5←4 StepEntered greet +0 {"input":{"i":0,"name":"ann","names":["ann","bob"]},"local":{}}
                6←5 StepStarted greet +0 {"input":{"i":0,"name":"ann","names":["ann","bob"]}}
                7←6 StepSucceeded greet +0 {"output":{"greeted":"ann"}}
                8←7 StepExited greet +0 {"local":{"greeted":"ann"}}
                9←8 IterationExited each +0 {"index":0,"local":{"greeted":"ann"}}
                10←3 IterationEntered each +0 {"index":1}
                11←10 StepEntered greet +0 {"input":{"i":1,"name":"bob","names":["ann","bob"]},"local":{}}
                12←11 StepStarted greet +0 {"input":{"i":1,"name":"bob","names":["ann","bob"]}}
                13←12 StepSucceeded greet +0 {"output":{"greeted":"bob"}}
                14←13 StepExited greet +0 {"local":{"greeted":"bob"}}
                15←14 IterationExited each +0 {"index":1,"local":{"greeted":"bob"}}
                16←15 StepSucceeded each +0 {"output":{"all":["ann","bob"]}}
                17←16 StepExited each +0 {"local":{"all":["ann","bob"]}}
                18←17 ExecutionSucceeded +0 {"output":{"all":["ann","bob"]}}
                """#)
    }

    @Test func `a foreach over nothing runs nothing`() throws {
        var scenario = try Scenario(
            """
            version: v1
            type: flow
            steps:
              - type: foreach
                name: each
                iterationMapping: {collection: $.names, item: name}
                steps: [{type: pass, name: greet}]
            """)
        try scenario.start(["names": []])
        #expect(
            scenario.golden == #"""
                1←0 ExecutionStarted +0 {"input":{"names":[]}}
                2←1 StepEntered each +0 {"input":{"names":[]},"local":{}}
                3←2 StepStarted each +0 {"input":{"names":[]}}
                4←3 StepSucceeded each +0 {"output":{}}
                5←4 StepExited each +0 {"local":{}}
                6←5 ExecutionSucceeded +0 {"output":{}}
                """#)
    }

    @Test func `steps nest: a choice in an iteration of a branch`() throws {
        var scenario = try Scenario(
            """
            version: v1
            type: flow
            steps:
              - type: parallel
                name: outer
                branches:
                  - steps:
                    - type: foreach
                      name: each
                      iterationMapping: {collection: $.names, item: name}
                      steps:
                        - type: choice
                          name: which
                          choices: [{condition: $.name == "ann", steps: [{type: pass, name: inner}]}]
            """)
        try scenario.start(["names": ["ann"]])
        #expect(
            scenario.golden == #"""
                1←0 ExecutionStarted +0 {"input":{"names":["ann"]}}
                2←1 StepEntered outer +0 {"input":{"names":["ann"]},"local":{}}
                3←2 StepStarted outer +0 {"input":{"names":["ann"]}}
                4←3 BranchEntered outer +0 {"index":0}
                5←4 StepEntered each +0 {"input":{"names":["ann"]},"local":{}}
                6←5 StepStarted each +0 {"input":{"names":["ann"]}}
                7←6 IterationEntered each +0 {"index":0}
                8←7 StepEntered which +0 {"input":{"name":"ann","names":["ann"]},"local":{}}
                9←8 StepStarted which +0 {"branch":0,"input":{"name":"ann","names":["ann"]}}
                10←9 StepEntered inner +0 {"input":{"name":"ann","names":["ann"]},"local":{}}
                11←10 StepStarted inner +0 {"input":{"name":"ann","names":["ann"]}}
                12←11 StepSucceeded inner +0 {"output":{}}
                13←12 StepExited inner +0 {"local":{}}
                14←13 StepSucceeded which +0 {"output":{}}
                15←14 StepExited which +0 {"local":{}}
                16←15 IterationExited each +0 {"index":0,"local":{}}
                17←16 StepSucceeded each +0 {"output":{}}
                18←17 StepExited each +0 {"local":{}}
                19←18 BranchExited outer +0 {"index":0,"local":{}}
                20←19 StepSucceeded outer +0 {"output":{}}
                21←20 StepExited outer +0 {"local":{}}
                22←21 ExecutionSucceeded +0 {"output":{}}
                """#)
    }
}

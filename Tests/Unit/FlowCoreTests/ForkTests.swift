import FlowCore
import FlowModel
import Primitives
import Testing

struct ForkTests {
    private func flow(_ steps: String) -> String { "version: v1\ntype: flow\nsteps:\n\(steps)" }

    static let parallel = """
        - type: parallel
          name: p
          branches:
            - steps: [{type: pass, name: a, outputMappings: [{target: result, source: pass1}]}]
            - steps:
                - {type: task, name: b, resourceArn: 'acs:fc:::f'}
                - {type: task, name: c, resourceArn: 'acs:fc:::f'}
            - steps:
              - {type: wait, name: w, duration: 9}
              - {type: pass, name: z, outputMappings: [{target: result, source: 3}]}
          outputMappings: [{target: result, source: "$local[*].result"}, {target: all, source: $local}]
        - {type: pass, name: last}
        """

    @Test func `a parallel joins its branches in their order`() throws {
        var scenario = try Scenario(flow(Self.parallel))
        let transition = try scenario.start()
        #expect(
            scenario.lines == [
                "1←0 ExecutionStarted", "2←1 StepEntered p", "3←2 StepStarted p",
                "4←3 BranchEntered p", "5←4 StepEntered a", "6←5 StepStarted a", "7←6 StepSucceeded a",
                "8←7 StepExited a",
                "9←8 BranchExited p",
                "10←3 BranchEntered p", "11←10 StepEntered b", "12←11 TaskScheduled b",
                "13←3 BranchEntered p", "14←13 StepEntered w", "15←14 StepStarted w",
            ])
        #expect(transition.calls.count == 1)
        try scenario.step(.timerFired, at: 9)
        #expect(try scenario.answer(["result": 2], at: 10).calls.map(\.stepName) == ["c"])
        #expect(
            try scenario.answer(["x": 1], at: 11).lines == [
                "TaskStarted c", "TaskSucceeded c", "StepExited c", "BranchExited p", "StepSucceeded p",
                "StepExited p",
                "StepEntered last", "StepStarted last", "StepSucceeded last", "StepExited last",
                "ExecutionSucceeded",
            ])
        #expect(
            scenario.output == [
                "result": ["pass1", 2, 3],
                "all": [["result": "pass1"], ["result": 2, "x": 1], ["result": 3]],
            ])
    }

    @Test func `a branch that fails takes the others and the flow with it`() throws {
        var scenario = try Scenario(flow(Self.parallel))
        try scenario.start()
        #expect(
            try scenario.refuse("E", at: 1).lines == [
                "TaskStarted b", "TaskFailed b", "StepFailed b", "BranchExited p", "StepFailed p",
                "ExecutionFailed",
            ])
        #expect(scenario.machine.failure?.error == "E")
    }

    @Test func `calls decided in the transition that fails are taken back`() throws {
        var scenario = try Scenario(
            flow(
                """
                - type: parallel
                  name: p
                  branches:
                    - steps: [{type: task, name: t, resourceArn: 'acs:fc:::f'}]
                    - steps: [{type: fail, name: f}]
                """))
        #expect(try scenario.start().commands == [.executionEnded(.failed)])
    }

    @Test func `without outputMappings parallel and foreach give nothing`() throws {
        var scenario = try Scenario(
            flow(
                """
                - type: parallel
                  name: p
                  branches: [{steps: [{type: pass, name: a, outputMappings: [{target: x, source: 1}]}]}]
                - type: foreach
                  name: f
                  iterationMapping: {collection: $.names, item: name}
                  steps: [{type: pass, name: b, outputMappings: [{target: x, source: 1}]}]
                - {type: parallel, name: none, branches: []}
                """))
        try scenario.start(["names": [1, 2]])
        #expect(scenario.machine.status == .succeeded && scenario.output == [:])
    }

    @Test func `a foreach gives each iteration its element and index over the step's input`() throws {
        var scenario = try Scenario(
            flow(
                """
                - type: foreach
                  name: f
                  iterationMapping: {collection: $.names, item: name, index: i}
                  steps:
                    - type: pass
                      name: b
                      outputMappings: [{target: seen, source: $input}]
                  outputMappings: [{target: r, source: "$local[*].seen"}]
                """))
        try scenario.start(["names": ["a", "b"], "name": "outer"])
        #expect(
            scenario.output == [
                "r": [
                    ["name": "a", "names": ["a", "b"], "i": 0], ["name": "b", "names": ["a", "b"], "i": 1],
                ]
            ])
        #expect(scenario.lines[3...4] == ["4←3 IterationEntered f", "5←4 StepEntered b"])
    }

    @Test func `an empty collection succeeds and a missing one fails`() throws {
        let text = flow(
            """
            - type: foreach
              name: f
              iterationMapping: {collection: $.names, item: name}
              steps: [{type: pass, name: b}]
              outputMappings: [{target: r, source: "$local[*].x"}]
            """)
        var scenario = try Scenario(text)
        try scenario.start(["names": []])
        #expect(scenario.output == ["r": []])
        scenario = try Scenario(text)
        try scenario.start()
        #expect(scenario.machine.failure?.error == "FnF.InvalidInput")
    }

    @Test func `only so many iterations run at one time`() throws {
        var limits = FlowLimits()
        limits.iterationsAtOnceMax = 3
        var scenario = try Scenario(
            flow(
                """
                - type: foreach
                  name: f
                  iterationMapping: {collection: $.names, item: name}
                  steps: [{type: task, name: t, resourceArn: 'acs:fc:::f'}]
                  outputMappings: [{target: r, source: "$local[*].v"}]
                """), limits: limits)
        try scenario.start(["names": .array((0..<10).map { .integer($0) })])
        var served = 0
        while let open = scenario.machine.openTasks.last {
            #expect(scenario.machine.openTasks.count == min(3, 10 - served))
            let call = scenario.machine.outstanding(mint: PlainMint()).last
            guard case .invokeTask(let invocation) = call else { break }
            try scenario.step(
                .taskSucceeded(
                    scheduledEventID: open.scheduledEventID, output: ["v": invocation.input["name"] ?? nil],
                    by: .service))
            served += 1
        }
        #expect(served == 10)
        #expect(scenario.output == ["r": .array((0..<10).map { .integer($0) })])
    }

    @Test func `forks nest, catch inside and flatten`() throws {
        var scenario = try Scenario(
            flow(
                """
                - type: foreach
                  name: outer
                  iterationMapping: {collection: $.groups, item: group}
                  steps:
                    - type: foreach
                      name: inner
                      iterationMapping: {collection: $.group, item: n}
                      steps:
                        - type: task
                          name: t
                          resourceArn: acs:fc:::f
                          catch: [{errors: [FnF.ALL], goto: ignore}]
                          end: true
                        - {type: pass, name: ignore, outputMappings: [{target: n, source: -1}]}
                      outputMappings: [{target: parts, source: "$local[*].n"}]
                  outputMappings: [{target: all, source: "$local[*].parts[*]"}]
                """))
        try scenario.start(["groups": [[1, 2], [], [3]]])
        #expect(scenario.machine.openTasks.count == 3)
        try scenario.refuse("E")
        for case .invokeTask(let call) in scenario.machine.outstanding(mint: PlainMint()).reversed() {
            try scenario.step(
                .taskSucceeded(
                    scheduledEventID: call.scheduledEventID, output: ["n": call.input["n"] ?? nil],
                    by: .service))
        }
        #expect(scenario.output == ["all": [-1, 2, 3]])
    }
}

import FlowDefinition
import FlowModel
import FlowSimulation
import Primitives
import Testing

struct CoverageTests {
    static let steps = """
        - type: task
          name: t
          resourceArn: acs:fc:::services/S/functions/F
          catch: [{errors: [A], goto: c}, {errors: [FnF.ALL], goto: c}]
        - type: choice
          name: c
          choices: [{condition: $.n > 1, steps: [{type: pass, name: large}]}]
        """

    private func add(_ answer: MockAnswer, _ coverage: inout Coverage) throws {
        coverage.add(try SimulationTests.run(Self.steps, SimulationTests.mocks("t", answer)).events)
    }

    @Test func `steps, branches, the lack of a default and catches are counted`() throws {
        var coverage = Coverage(try SimulationTests.definition(Self.steps))
        #expect(coverage.stepsPercent == 0 && coverage.branches.count == 4)
        try add(MockAnswer(.result(["n": 1])), &coverage)
        #expect(coverage.stepsMissed == ["large"] && coverage.stepsPercent == 66)
        #expect(
            coverage.branchesMissed == [
                "t: catch A → c", "t: catch FnF.ALL → c", "c: $.n > 1",
            ])
        try add(MockAnswer(.result(["n": 2])), &coverage)
        try add(MockAnswer(.failure(FlowFailure(error: "B", cause: ""))), &coverage)
        #expect(coverage.branchesMissed == ["t: catch A → c"] && coverage.branchesPercent == 75)
        try add(MockAnswer(.failure(FlowFailure(error: "A", cause: ""))), &coverage)
        #expect(coverage.stepsPercent == 100 && coverage.branchesPercent == 100)
    }

    @Test func `a flow without branches is covered by its steps`() throws {
        let coverage = Coverage(try SimulationTests.definition("- {type: pass, name: p}"))
        #expect(coverage.branchesPercent == 100 && coverage.stepsPercent == 0)
    }
}

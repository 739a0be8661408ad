import FlowModel
import FlowSimulation
import Primitives
import Testing

struct ExpectationTests {
    private func differences(_ set: (inout FlowSimulation.Expectation) -> Void) throws -> [String] {
        let outcome = try SimulationTests.run(
            """
            - type: pass
              name: a
              outputMappings: [{target: o, source: {x: 1, y: [1, {z: 2}]}}]
            - {type: wait, name: b, duration: 5}
            """)
        var expectation = FlowSimulation.Expectation()
        set(&expectation)
        return expectation.differences(from: outcome)
    }

    @Test func `what is as expected has no differences`() throws {
        let lines = try differences {
            $0.output = ["o": ["x": 1, "y": [1, ["z": 2]]]]
            $0.outputContains = ["o": ["x": 1.0]]
            $0.path = ["a", "b"]
            $0.events = ["StepEntered a", "StepEntered b"]
            $0.took = .seconds(5)
        }
        #expect(lines.isEmpty)
        #expect(try differences { _ in }.isEmpty, "nothing said is: Succeeded")
    }

    @Test func `each difference names its place, what was expected and what was found`() throws {
        #expect(
            try differences { $0.output = ["o": ["x": 2, "y": [1, ["z": 2, "w": 3]]], "p": 1] } == [
                "output.o.x: expected 2, found 1", "output.o.y[1].w: expected 3, but it is not there",
                "output.p: expected 1, but it is not there",
            ])
        #expect(try differences { $0.output = ["o": [:]] }.count == 2)
        #expect(
            try differences { $0.outputContains = ["o": ["y": []]] } == [
                "output.o.y: expected [], found [1,{\"z\":2}]"
            ])
        #expect(
            try differences { $0.error = "E" } == [
                "status: expected Failed, found Succeeded", "error: expected E, found none",
            ])
        #expect(
            try differences { $0.path = ["a", "c"] } == [
                "path: differs from entry 2 on", "    a", "  - c", "  + b",
            ])
        #expect(
            try differences { $0.events = ["StepEntered b", "StepEntered a"] } == [
                "events: StepEntered a does not happen behind StepEntered b"
            ])
        #expect(try differences { $0.took = .milliseconds(500) } == ["took: expected 0.5 s, found 5 s"])
    }
}

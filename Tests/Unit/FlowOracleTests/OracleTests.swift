import FlowModel
import FlowOracle
import FlowParsing
import Testing

/// Random flows and random task behaviour: the machine beside a plain recursive evaluator of FDL that shares
/// no code with it, nor with the definition or its parser. `make simulate` runs ten times as many.
struct OracleTests {
    static let seed: UInt64 = 20_261_123
    static let parts: UInt64 = 4
    static let cases = 10_000

    @Test func `the machine and a plain evaluator agree on 10,000 random runs`() async {
        let whole = await withTaskGroup(of: OracleRun.self) { group in
            for part in 0..<Self.parts {
                group.addTask {
                    var run = OracleRun()
                    run.run(
                        cases: Self.cases / Int(Self.parts), seed: Self.seed &* 64 &+ part, runsPerFlow: 4)
                    return run
                }
            }
            var whole = OracleRun()
            for await part in group { whole.add(part) }
            return whole
        }
        print("FlowOracle: \(whole.summary), seed \(Self.seed)")
        for disagreement in whole.disagreements { Issue.record("\(disagreement)") }
        #expect(whole.cases == Self.cases)
        #expect(whole.notSeen.isEmpty, "event types that no run recorded: \(whole.notSeen)")
        #expect(whole.discarded * 100 < whole.cases, "too many flows are too long to compare")
    }

    /// The test of the test: one step taken away or one mapping turned is seen.
    @Test func `a machine that runs a slightly other flow is found out`() throws {
        var compared = 0
        var found = 0
        for seed in 0..<300 as Range<UInt64> {
            var generator = FlowGenerator(seed: seed)
            let flow = generator.flow()
            var other = flow
            if seed % 2 == 0 { other.steps.removeLast() } else { other.steps[0].end.toggle() }
            if case .fail = flow.steps[0].body { continue }
            if case .succeed = flow.steps[0].body { continue }
            guard let definition = FlowParser.parse(other.text).definition else { continue }
            for _ in 0..<4 {
                compared += 1
                guard case .different = OracleCase(flow, definition, &generator).compare() else { continue }
                found += 1
                break
            }
        }
        #expect(found > 120, "\(found) of \(compared) comparisons")
    }
}

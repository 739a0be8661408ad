import FlowModel
import FlowOracle
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
}

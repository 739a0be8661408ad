import FlowModel
import FlowSimulation
import Primitives

/// What came of the cases of one test file.
struct FlowTestResult {
    struct Case {
        let name: String
        /// Empty: as expected.
        let differences: [String]
        let outcome: SimulationOutcome
    }

    let file: String
    let cases: [Case]
    let coverage: Coverage
    let stepsMin: Int
    let branchesMin: Int

    var failedCount: Int { cases.count { !$0.differences.isEmpty } }

    /// What the file asks for and the cases do not cover.
    var shortfall: [String] {
        var lines: [String] = []
        if coverage.stepsPercent < stepsMin {
            lines.append("steps: \(coverage.stepsPercent) % covered, \(stepsMin) % wanted")
        }
        if coverage.branchesPercent < branchesMin {
            lines.append("branches: \(coverage.branchesPercent) % covered, \(branchesMin) % wanted")
        }
        return lines
    }

    var isOK: Bool { failedCount == 0 && shortfall.isEmpty }

    static func report(_ results: [FlowTestResult]) -> Report {
        Report(
            json: .array(results.map(\.json)), names: results.filter(\.isOK).map(\.file),
            blocks: results.flatMap(\.blocks))
    }

    private var blocks: [Report.Block] {
        var lines: [String] = []
        for one in cases {
            lines.append("\(one.differences.isEmpty ? "ok    " : "failed")  \(one.name)")
            lines += one.differences.map { "          \($0)" }
            if !one.differences.isEmpty { lines += trace(one) }
        }
        lines.append(
            "\(cases.count - failedCount) of \(DefinitionCheck.count(cases.count, "case")) ok; "
                + "steps \(coverage.stepsPercent) %, branches \(coverage.branchesPercent) % covered")
        if !coverage.stepsMissed.isEmpty {
            lines.append("not entered: \(coverage.stepsMissed.joined(separator: ", "))")
        }
        lines += coverage.branchesMissed.map { "not taken: \($0)" }
        lines += shortfall.map { "failed  coverage: \($0)" }
        return [.heading(file), .text(lines.joined(separator: "\n"))]
    }

    /// The last things that happened, so that nobody has to run it once more to see them.
    private func trace(_ one: Case) -> [String] {
        let last = one.outcome.lines.suffix(5)
        return ["          the last of \(one.outcome.events.count) events:"]
            + last.map { "            \($0)" }
    }

    private var json: JSONValue {
        [
            "file": .string(file), "ok": .bool(isOK),
            "cases": .array(
                cases.map { one in
                    [
                        "name": .string(one.name), "ok": .bool(one.differences.isEmpty),
                        "status": .string(one.outcome.status.rawValue),
                        "differences": .array(one.differences.map(JSONValue.string)),
                        "path": .array(one.outcome.path.map(JSONValue.string)),
                        "output": one.outcome.output ?? .null,
                    ]
                }),
            "coverage": [
                "stepsPercent": .integer(Int64(coverage.stepsPercent)),
                "branchesPercent": .integer(Int64(coverage.branchesPercent)),
                "stepsMissed": .array(coverage.stepsMissed.map(JSONValue.string)),
                "branchesMissed": .array(coverage.branchesMissed.map(JSONValue.string)),
            ],
        ]
    }
}

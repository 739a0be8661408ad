import CrashPoints
import Foundation
import Testing

/// Flows on a disk that fails at each of its writes and syncs in turn.
@Suite(.serialized) struct CrashPointTests {
    /// `FNF_CRASHPOINTS=deep` tries every kind of power cut at each operation.
    private static var depth: CrashDepth {
        ProcessInfo.processInfo.environment["FNF_CRASHPOINTS"] == "deep" ? .deep : .standard
    }

    private static let seedOrder: CrashScenario = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let text = try? String(
            contentsOf: root.appending(path: "docs/examples/order-demo.yaml"), encoding: .utf8)
        return Corpus.order(text ?? "")
    }()

    @Test(arguments: Corpus.all + [seedOrder])
    func `whatever fails at whatever write or sync, nothing acknowledged is lost or done again`(
        _ scenario: CrashScenario
    ) throws {
        let summary = try Exhaustion(scenario, depth: Self.depth).run(threads: 2)
        print(summary)
        for finding in summary.findings.prefix(10) { Issue.record("\(finding)") }
        #expect(summary.findings.isEmpty)
        #expect(summary.points > 0 && summary.operations > 0)
        #expect(summary.missed == 0, "faults that did not come to pass: runs are not deterministic")
    }
}

import ArgumentParser
import CrashPoints
import Foundation

/// `make crashpoints`: every flow of the corpus with a fault at each write and each sync, deeper than the tests do.
@main
struct CrashPointsMain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fnf-crashpoints",
        abstract: "Runs flows with a fault at every write and sync, and checks what is left.",
        discussion:
            "Run from the checkout's root. Exit code 1: something acknowledged was lost, or done twice.")

    @Flag(help: "Every kind of power cut at every operation, several times, and second kills.")
    var deep = false

    @Option(help: "Only scenarios whose name contains this.")
    var only = ""

    @Option(help: "How many runs go on at once.")
    var threads = 2

    @Option(help: "How many findings of a scenario are printed.")
    var findings = 5

    func run() throws {
        let seed = try String(contentsOfFile: "docs/examples/order-demo.yaml", encoding: .utf8)
        var (points, found) = (0, 0)
        for scenario in Corpus.all + [Corpus.order(seed)] where only.isEmpty || scenario.name.contains(only) {
            let summary = try Exhaustion(scenario, depth: deep ? .deep : .standard).run(threads: threads)
            print(summary)
            for finding in summary.findings.prefix(findings) { print("    \(finding)") }
            if summary.missed > 0 { print("    \(summary.missed) faults did not come to pass") }
            points += summary.points
            found += summary.findings.count + summary.missed
        }
        print("\(points) runs, \(found) findings")
        if found > 0 || points == 0 { throw ExitCode(1) }
    }
}

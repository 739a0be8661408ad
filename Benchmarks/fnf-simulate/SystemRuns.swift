import ArgumentParser
import Foundation
import Primitives
import Synchronization
import SystemSimulation

/// Many seeds of the whole system, in as many processes as there are processors: `make simulate`.
struct SystemRuns: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "system",
        abstract: "Runs the whole system from seeds: services, network, disks and clocks, with faults.",
        discussion: """
            Prints what was run and what went wrong; exit code 1 when anything did. A seed does the same whenever it is \
            run: `fnf-simulate seed N` prints all of it.
            """)

    @Option(help: "How many seeds.") var seeds = 2000
    @Option(help: "The first seed.") var from: UInt64 = 1
    @Option(help: "Processes at once; as many as processors if not given.") var jobs: Int?
    @Flag(help: "Goes on after the first seed that went wrong.") var keepGoing = false
    @OptionGroup var what: RunOptions

    /// Below this not every fault need have come up.
    private static let wholeSeeds = 500

    func run() throws {
        let begun = ContinuousClock.now
        let workers = SeedWorkers(from: from, count: seeds, stopsAtViolation: !keepGoing, what: what)
        let isTerminal = isatty(STDERR_FILENO) != 0
        let summary = workers.run(jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount) { summary in
            guard isTerminal else { return }
            let line =
                "\r\(summary.seeds)/\(seeds) seeds, \(summary.steps) steps, \(summary.faultCount) faults "
            FileHandle.standardError.write(Data(line.utf8))
        }
        if isTerminal { FileHandle.standardError.write(Data("\n".utf8)) }
        report(summary, ContinuousClock.now - begun)
        guard summary.violations.isEmpty else { throw ExitCode(1) }
        guard summary.seeds >= Self.wholeSeeds, what.bug == nil, !summary.notSeen.isEmpty else { return }
        print("never seen: \(summary.notSeen.joined(separator: ", "))")
        throw ExitCode(1)
    }

    private func report(_ summary: SeedSummary, _ time: Duration) {
        let end = from + UInt64(seeds) - 1
        print(
            """
            seeds \(from) to \(end): \(summary.seeds) run, \(summary.steps) steps, \
            \(summary.commits) commits of the engine, \(summary.promises) answers to clients, \
            \(summary.virtualSeconds / 3600) h of virtual time in \(time)
            """)
        let faults = FaultKind.allCases.map { "\($0.rawValue) \(summary.faults[$0, default: 0])" }
        print("\(summary.faultCount) faults: \(faults.joined(separator: ", "))")
        let outcomes = summary.outcomes.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        print("\(outcomes.joined(separator: ", ")); \(summary.eventTypes.count) event types were seen")
        let bug = what.bug.map { " --bug \($0.rawValue)" } ?? ""
        for result in summary.violations.prefix(5) {
            print("\nseed \(result.seed) (\(result.plan)):\n  \(result.violation ?? "")")
            print("  again, with all that happens: fnf-simulate seed \(result.seed)\(bug)")
        }
    }
}

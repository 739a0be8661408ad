import ArgumentParser
import Glibc

/// Random runs of the whole system, and random flows: `make simulate`, `make simulate-flows`.
@main
struct FnfSimulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fnf-simulate", abstract: "Random runs from seeds, and what is wrong with them.",
        subcommands: [SystemRuns.self, OneRun.self, FlowRuns.self, SeedWorker.self],
        defaultSubcommand: SystemRuns.self)

    static func main() {
        ReplayableProcess.ensure()
        main(nil)
    }
}

/// Sets and dictionaries have an order that a process draws anew each time, unless it is told not to. A seed that is to
/// do the same again needs a process that was told.
enum ReplayableProcess {
    static let variable = "SWIFT_DETERMINISTIC_HASHING"

    /// Starts the program again in such a process, unless it is one.
    static func ensure() {
        guard getenv(variable) == nil else { return }
        setenv(variable, "1", 1)
        var arguments = CommandLine.arguments.map { strdup($0) }
        arguments.append(nil)
        execv("/proc/self/exe", arguments)
        perror("fnf-simulate can't start itself again")
        exit(1)
    }
}

import ArgumentParser
import Glibc
import Primitives
import SystemSimulation

/// A process of `SystemRuns`: what its runs leave in memory goes with it, and a seed that traps ends only it.
struct SeedWorker: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Runs some seeds and writes a line of JSON for each.",
        shouldDisplay: false)

    @Option(help: "The first seed.") var from: UInt64
    @Option(help: "How many.") var count: Int
    @Flag(help: "Ends behind the first seed that goes wrong.") var stop = false
    @OptionGroup var what: RunOptions

    func run() throws {
        let images = try what.images()
        for offset in 0..<UInt64(count) {
            let run = try SimulationRun(seed: from + offset, bug: what.bug, images: images)
            print(SeedResult(run).json.text)
            fflush(nil)
            if stop, run.violation != nil { return }
        }
    }
}

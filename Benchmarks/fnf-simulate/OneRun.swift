import ArgumentParser
import Primitives
import SystemSimulation

/// One seed, with its whole trace.
struct OneRun: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed", abstract: "Runs one seed again and prints everything that happens.")

    @Argument(help: "The seed.") var seed: UInt64
    @OptionGroup var what: RunOptions
    @Flag(help: "Prints only how it ended.") var quiet = false

    func run() throws {
        let run = try SimulationRun(
            seed: seed, bug: what.bug, images: try what.images(), onLine: quiet ? nil : { print($0) })
        print(
            "seed \(seed): \(run.steps) steps, \(run.commits) commits of the engine, "
                + "\(Int(run.virtualSeconds)) s of virtual time, trace \(String(run.traceSum, radix: 16)) "
                + "of \(run.traceLines) lines")
        guard let violation = run.violation else { return }
        print("violation: \(violation)")
        throw ExitCode(1)
    }
}

struct RunOptions: ParsableArguments {
    @Option(help: "A bug to put in: \(SeededBug.allCases.map(\.rawValue).joined(separator: ", ")).")
    var bug: SeededBug?

    @Option(help: "The definition of the order flow.") var orderFlow = "docs/examples/order-demo.yaml"

    func images() throws -> DiskImages { try DiskImages(orderFlow: orderFlow) }
}

extension SeededBug: ExpressibleByArgument {}

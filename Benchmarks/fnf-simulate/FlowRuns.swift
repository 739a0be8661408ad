import ArgumentParser
import Dispatch
import FlowOracle
import Glibc
import Synchronization

/// Random flows by the machine and by a plain evaluator, as many as are asked for: `make simulate-flows`.
struct FlowRuns: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flows",
        abstract: "Compares random flows: the machine's histories and a plain evaluator's.")

    @Argument(help: "How many runs of a flow.") var cases = 100_000
    @Argument(help: "Makes the same run again; any, and it is printed, if not given.") var seed: UInt64?

    func run() throws {
        let seed = seed ?? UInt64.random(in: 0...999_999)
        print("simulating \(cases) cases, seed \(seed)")
        let begun = ContinuousClock.now
        let workers = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        let whole = Mutex(OracleRun())
        DispatchQueue.concurrentPerform(iterations: workers) { worker in
            let share = cases / workers + (worker < cases % workers ? 1 : 0)
            var part = OracleRun()
            part.run(cases: share, seed: seed &* 64 &+ UInt64(worker), runsPerFlow: 2)
            whole.withLock { $0.add(part) }
        }
        let run = whole.withLock { $0 }
        for disagreement in run.disagreements { print("\n\(disagreement)") }
        print("\(run.summary), seed \(seed), \(ContinuousClock.now - begun)")
        guard run.notSeen.isEmpty else {
            print("these event types were never seen: \(run.notSeen.joined(separator: ", "))")
            throw ExitCode(1)
        }
        if !run.disagreements.isEmpty { throw ExitCode(1) }
    }
}

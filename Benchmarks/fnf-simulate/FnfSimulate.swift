import FlowOracle

#if canImport(Glibc)
    import Glibc
#endif

/// Random flows by the machine and by a plain evaluator, as many as are asked for: `make simulate`.
///
/// Usage: fnf-simulate [CASES] [SEED]; the seed is printed, and makes the same run again.
@main
enum FnfSimulate {
    static func main() async {
        let arguments = CommandLine.arguments.dropFirst().map { UInt64($0) }
        guard arguments.count <= 2, !arguments.contains(nil) else {
            print("usage: fnf-simulate [CASES] [SEED]")
            exit(2)
        }
        let wanted = Int(clamping: arguments.first.flatMap { $0 } ?? 100_000)
        let seed = (arguments.count > 1 ? arguments[1] : nil) ?? UInt64.random(in: 0...999_999)
        print("simulating \(wanted) cases, seed \(seed)")
        let clock = ContinuousClock()
        let begun = clock.now
        let workers = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        let run = await withTaskGroup(of: OracleRun.self) { group in
            for worker in 0..<workers {
                let share = wanted / workers + (worker < wanted % workers ? 1 : 0)
                group.addTask {
                    var run = OracleRun()
                    run.run(cases: share, seed: seed &* 64 &+ UInt64(worker), runsPerFlow: 2)
                    return run
                }
            }
            var whole = OracleRun()
            for await part in group { whole.add(part) }
            return whole
        }
        for disagreement in run.disagreements { print("\n\(disagreement)") }
        print("\(run.summary), seed \(seed), \(begun.duration(to: clock.now))")
        guard run.notSeen.isEmpty else {
            print("these event types were never seen: \(run.notSeen.joined(separator: ", "))")
            exit(1)
        }
        exit(run.disagreements.isEmpty ? 0 : 1)
    }
}

import BenchReport
import Synchronization

/// Five times as many starts as can be carried out: what gets through, what is refused and how soon.
struct OverloadFigures: Sendable {
    static let names = [
        "overload_goodput_ratio", "overload_peak_per_s", "overload_offered_per_s", "overload_goodput_per_s",
        "overload_refused_share", "overload_refusal_p50_ms", "overload_refusal_p99_ms",
        "overload_refusals_unlike_promise", "overload_end_p50_ms", "overload_end_p99_ms",
        "overload_unanswered", "overload_rss_mib_before", "overload_rss_mib_most", "overload_rss_mib_after",
    ]
    private static let factor = 5.0

    let place: Workplace

    func measure(quick: Bool) async throws -> [Figure] {
        try await EngineSystem.run(in: place, part: "overload") { system in
            let lanes = (0..<4).map { "Bench\($0)" }
            for flow in lanes { try await system.createFlow(flow, BenchFlow.threeTasks) }
            let first = try await peak(system, lanes, quick, name: "peak")
            let before = try system.facts.residentMiB
            let plan = OpenLoad.Plan(
                flows: lanes, perSecond: Self.factor * first, duration: .seconds(quick ? 5 : 8),
                warmUp: .seconds(3),
                name: "over", afterSequence: try await system.sequence())
            let path = system.socket
            Progress.show("overload: \((Self.factor * first).fixed(0)) starts a second")
            let (outcome, most) = try await watchingMemory(of: system) {
                try await onOwnThread { try OpenLoad(plan, path: path).run() }
            }
            if let refusal = outcome.firstBadRefusal { Progress.note("overload: a start got \(refusal)") }
            try await Task.sleep(for: .seconds(2))
            let after = try system.facts.residentMiB
            // The machine's speed may change meanwhile.
            let second = try await peak(system, lanes, quick, name: "again")
            return figures(outcome, peak: (first + second) / 2, plan: plan) + [
                Figure("overload_rss_mib_before", before, "MiB"),
                Figure("overload_rss_mib_most", most, "MiB"),
                Figure("overload_rss_mib_after", after, "MiB"),
            ]
        }
    }

    /// The best of some levels of load that waits for its answers.
    private func peak(
        _ system: EngineSystem, _ lanes: [String], _ quick: Bool, name: String
    ) async throws -> Double {
        var best = 0.0
        for level in [256, 512] {
            Progress.show("overload: the peak, \(level) in flight")
            let plan = FlowLoad.Plan(
                flows: lanes, inFlight: level, duration: .seconds(quick ? 2 : 4),
                name: "\(name)\(level)", afterSequence: try await system.sequence())
            let path = system.socket
            best = max(best, try await onOwnThread { try FlowLoad(plan, path: path).run() }.perSecond)
        }
        return best
    }

    private func figures(_ outcome: OpenLoad.Outcome, peak: Double, plan: OpenLoad.Plan) -> [Figure] {
        let refusals = Samples(outcome.refusalTimes)
        let ends = Samples(outcome.endTimes)
        let offered = Double(max(1, outcome.offered))
        return [
            Figure("overload_goodput_ratio", outcome.goodput / max(peak, 1), "1", .atLeast(0.9)),
            Figure("overload_peak_per_s", peak, "1/s"),
            Figure(
                "overload_offered_per_s", offered / (plan.warmUp + plan.duration).inSeconds, "1/s"),
            Figure("overload_goodput_per_s", outcome.goodput, "1/s"),
            Figure("overload_refused_share", Double(outcome.refused) / offered, "1"),
            Figure("overload_refusal_p50_ms", refusals.p50, "ms"),
            Figure("overload_refusal_p99_ms", refusals.p99, "ms"),
            Figure("overload_refusals_unlike_promise", Double(outcome.badRefusals), "1", .atMost(0)),
            Figure("overload_end_p50_ms", ends.p50, "ms"),
            Figure("overload_end_p99_ms", ends.p99, "ms"),
            Figure("overload_unanswered", Double(outcome.unanswered), "1", .atMost(0)),
        ]
    }

    /// Returns with the largest resident memory of the engine meanwhile.
    private func watchingMemory<Value: Sendable>(
        of system: EngineSystem, _ body: () async throws -> Value
    ) async throws -> (Value, Double) {
        let facts = try system.facts
        let most = Mutex(facts.residentMiB)
        let watcher = Task {
            while !Task.isCancelled {
                most.withLock { $0 = max($0, facts.residentMiB) }
                try await Task.sleep(for: .milliseconds(50))
            }
        }
        defer { watcher.cancel() }
        let value = try await body()
        return (value, most.withLock { $0 })
    }
}

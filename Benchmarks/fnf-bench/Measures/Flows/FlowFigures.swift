import BenchReport
import FlowEngineAPI
import Primitives
import RPCProtocol

/// Flows a second and how long one takes, with the engine's own process and disk: three tasks in a row, and
/// twenty steps that need nobody.
struct FlowFigures: Sendable {
    static let levels = [1, 4, 16, 64, 256]
    /// The level that the goals speak of.
    static let most = 256
    private static let crowdNames = [
        "three_tasks_per_s", "syncs_per_step", "three_tasks_cpu_us_flow_engine", "three_tasks_cpu_us_bench",
        "three_tasks_commit_max_ms",
    ]
    static let threeNames =
        crowdNames + ["three_tasks_alone_p50_ms", "three_tasks_alone_p99_ms"]
        + levels.flatMap(levelNames)

    private static func levelNames(_ level: Int) -> [String] {
        ["three_tasks_per_s_\(level)", "three_tasks_p50_ms_\(level)", "three_tasks_p99_ms_\(level)"]
    }

    static let chainNames = [
        "chain20_per_s", "chain20_p50_ms", "chain20_commits_alone", "chain20_cpu_us_flow_engine",
        "chain20_cpu_us_bench",
    ]

    /// A flow is some rows of the journal.
    private static let rowLimit = "sqlite_rows_per_s_100"

    let place: Workplace
    let scope: Scope
    /// Of the raw disk. Units: milliseconds.
    let syncP50: Double

    private var lanes: [String] { (0..<4).map { "Bench\($0)" } }
    private var duration: Duration { .seconds(scope.isQuick ? 2 : 6) }

    func threeTasks() async throws -> [Figure] {
        try await EngineSystem.run(in: place, part: "three") { system in
            for flow in lanes { try await system.createFlow(flow, BenchFlow.threeTasks) }
            var figures: [Figure] = []
            if scope.wants(anyOf: ["three_tasks_alone_p50_ms", "three_tasks_alone_p99_ms"]) {
                figures += try await alone(system)
            }
            for level in Self.levels where level != Self.most {
                guard scope.wants(anyOf: Self.levelNames(level)) else { continue }
                let outcome = try await load(system, "three_tasks", level, seconds: scope.isQuick ? 1 : 3)
                figures += self.level(outcome, level)
            }
            let isAsked = scope.wants(anyOf: Self.crowdNames + Self.levelNames(Self.most))
            if isAsked { figures += try await crowd(system) }
            return figures
        }
    }

    private func alone(_ system: EngineSystem) async throws -> [Figure] {
        let outcome = try await load(system, "three_tasks", 1, seconds: scope.isQuick ? 1 : 3)
        let times = Samples(outcome.times)
        let goal = syncP50 <= 0.2 ? 1.5 : 4 * syncP50 + 0.7
        return [
            Figure("three_tasks_alone_p50_ms", times.p50, "ms", .atMost(goal), limit: "disk_sync_p50_ms"),
            Figure("three_tasks_alone_p99_ms", times.p99, "ms"),
        ]
    }

    private func crowd(_ system: EngineSystem) async throws -> [Figure] {
        let before = try await system.counters()
        let cost = try Cost(system)
        let outcome = try await load(system, "three_tasks", Self.most, seconds: nil)
        let spent = try Cost(system).since(cost)
        let syncs = try await system.counters().syncs - before.syncs
        let longest = try await system.caller.call(DescribeEngine.self, NoFields()).commitLatency.maxMicros
        let flows = Double(outcome.started)
        return level(outcome, Self.most) + [
            Figure(
                "three_tasks_per_s", outcome.perSecond, "1/s", .atLeast(3000), limit: Self.rowLimit),
            Figure("syncs_per_step", syncs / (3 * flows), "1", .below(0.05)),
            Figure("three_tasks_cpu_us_flow_engine", spent.engine * 1e6 / flows, "us"),
            Figure("three_tasks_cpu_us_bench", spent.bench * 1e6 / flows, "us"),
            Figure("three_tasks_commit_max_ms", Double(longest) / 1000, "ms"),
        ]
    }

    private func level(_ outcome: FlowLoad.Outcome, _ level: Int) -> [Figure] {
        let times = Samples(outcome.times)
        return [
            Figure("three_tasks_per_s_\(level)", outcome.perSecond, "1/s"),
            Figure("three_tasks_p50_ms_\(level)", times.p50, "ms"),
            Figure("three_tasks_p99_ms_\(level)", times.p99, "ms"),
        ]
    }

    func chain() async throws -> [Figure] {
        try await EngineSystem.run(in: place, part: "chain") { system in
            for flow in lanes { try await system.createFlow(flow, BenchFlow.chain) }
            let before = try await system.counters()
            let single = try await load(system, "chain", 1, seconds: 1)
            let commits = try await system.counters().commits - before.commits
            let cost = try Cost(system)
            let outcome = try await load(system, "chain", Self.most, seconds: nil)
            let spent = try Cost(system).since(cost)
            let flows = Double(outcome.started)
            return [
                Figure(
                    "chain20_per_s", outcome.perSecond, "1/s", .atLeast(5000), limit: Self.rowLimit),
                Figure("chain20_p50_ms", Samples(outcome.times).p50, "ms"),
                Figure("chain20_commits_alone", commits / Double(single.started), "1", .atMost(1.01)),
                Figure("chain20_cpu_us_flow_engine", spent.engine * 1e6 / flows, "us"),
                Figure("chain20_cpu_us_bench", spent.bench * 1e6 / flows, "us"),
            ]
        }
    }

    /// - Parameter seconds: nil: the time of the figures that goals speak of.
    private func load(_ system: EngineSystem, _ title: String, _ level: Int, seconds: Int?) async throws
        -> FlowLoad.Outcome
    {
        Progress.show("\(title): \(level) in flight")
        let time = seconds.map { Duration.seconds($0) } ?? duration
        let sequence = try await system.sequence()
        let plan = FlowLoad.Plan(
            flows: Array(lanes.prefix(level)), inFlight: level, duration: time,
            warmUp: .seconds(level == Self.most ? 2 : 1) / (scope.isQuick ? 2 : 1),
            name: "\(title)-\(level)-\(sequence)", afterSequence: sequence)
        let path = system.socket
        return try await onOwnThread { try FlowLoad(plan, path: path).run() }
    }

    /// Processor time so far. Units: seconds.
    private struct Cost {
        var engine: Double
        var bench: Double

        init(_ system: EngineSystem) throws {
            engine = try system.facts.cpuSeconds
            bench = ProcessFacts.own.cpuSeconds
        }

        func since(_ before: Cost) -> Cost {
            var cost = self
            cost.engine -= before.engine
            cost.bench -= before.bench
            return cost
        }
    }
}

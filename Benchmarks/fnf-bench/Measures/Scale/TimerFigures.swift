import BenchReport
import Primitives

/// Many timers due in one minute, evenly spread: how late each is, as recorded and as told after its commit.
struct TimerFigures: Sendable {
    static let names = [
        "timer_late_p99_ms", "timer_late_p50_ms", "timer_late_max_ms", "timer_seen_p99_ms", "timer_count",
    ]

    private static let flow = "BenchWait"
    private static let definition =
        "type: flow\nversion: v1\nsteps:\n  - {type: wait, name: until, timestamp: $.at}\n"

    let place: Workplace

    func measure(quick: Bool) async throws -> [Figure] {
        // Seven seconds at the same pace, or a minute.
        let count = quick ? 11_667 : 100_000
        let spread = Int64(quick ? 7_000_000 : 60_000_000)
        return try await EngineSystem.run(in: place, part: "timers") { system in
            try await system.createFlow(Self.flow, Self.definition)
            let far = LiveWorld().now.advanced(by: .seconds(86_400))
            let trial = try await system.start(plan("trial", 2000) { _ in far })
            // When the last has surely been started.
            let lead = Duration.seconds(1.4 * Double(count) / trial + 5)
            let begin = LiveWorld().now.advanced(by: lead)
            let due: @Sendable (Int) -> Timestamp = { number in
                // The wire has milliseconds.
                Timestamp(
                    microseconds: (begin.microseconds + spread * Int64(number) / Int64(count)) / 1000 * 1000)
            }
            let feed = EndFeed(flow: Self.flow, path: system.socket)
            defer { feed.stop() }
            _ = try await system.start(plan("timer", count, due))
            guard LiveWorld().now < begin else {
                throw BenchFault("\(count) starts took longer than \(lead): the machine was busy with others")
            }
            let wait = begin.advanced(by: .microseconds(spread))
            let limit = Duration.microseconds(wait.microseconds - LiveWorld().now.microseconds) + .seconds(60)
            return figures(try await feed.ends(count, within: limit, "timers"), due)
        }
    }

    private func plan(
        _ name: String, _ count: Int, _ due: @escaping @Sendable (Int) -> Timestamp
    ) -> StartLoad.Plan {
        StartLoad.Plan(flow: Self.flow, name: name, numbers: 0..<count, input: { #"{"at":"\#(due($0))"}"# })
    }

    private func figures(_ ends: [EndFeed.End], _ due: (Int) -> Timestamp) -> [Figure] {
        var recorded: [Double] = []
        var seen: [Double] = []
        for end in ends {
            guard let number = Int(end.execution.dropFirst("timer-".count)) else { continue }
            let deadline = due(number).microseconds
            recorded.append(Double(end.recorded.microseconds - deadline) / 1000)
            seen.append(Double(end.seen - deadline) / 1000)
        }
        let samples = Samples(recorded)
        return [
            Figure("timer_late_p99_ms", samples.p99, "ms", .atMost(20)),
            Figure("timer_late_p50_ms", samples.p50, "ms"),
            Figure("timer_late_max_ms", samples.largest, "ms"),
            Figure("timer_seen_p99_ms", Samples(seen).p99, "ms"),
            Figure("timer_count", Double(recorded.count), "1"),
        ]
    }
}

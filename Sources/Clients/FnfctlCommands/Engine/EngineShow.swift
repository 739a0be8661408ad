import ArgumentParser
import FlowEngineAPI
import Primitives
import RPCProtocol

/// `fnfctl engine show`
struct EngineShow: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows how long things take, what has piled up, and the room that is left on the disk.",
        discussion: """
            Latencies are of the last hour. A task that awaits a report counts until it is delivered.

            Examples:
              fnfctl engine show
              fnfctl engine show -o json
            """, aliases: ["describe"])

    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let engine = try await global.peers(session).call(DescribeEngine.self, NoFields(), on: .flowEngine)
        session.show(Self.report(engine, now: session.world.now), as: form.output)
    }

    static func report(_ engine: DescribeEngine.Result, now: Timestamp) -> Report {
        let storage = engine.storage
        var fields: [Report.Field] = [
            .init("Serving since", TimeText.full(engine.servingSince, now: now)),
            .init("Executions", "\(engine.executionsOpen) open, \(engine.executionsResident) in memory"),
            .init("Calls under way", "\(engine.tasksInFlight)"),
            .init("Tasks", latency(engine.taskLatency)), .init("Commits", latency(engine.commitLatency)),
            .init("Database", "\(size(storage.databaseBytes)), log \(size(storage.walBytes))"),
            .init("Disk", "\(size(storage.freeBytes)) free of \(size(storage.diskBytes))"),
        ]
        if let trouble = storage.trouble { fields.append(.init("Trouble", Cell(trouble, .bad))) }
        var blocks: [Report.Block] = [.fields(fields)]
        if !engine.queues.isEmpty { blocks += [.heading("Queues"), .table(queues(engine.queues, now: now))] }
        if !engine.topics.isEmpty { blocks += [.heading("Topics"), .table(topics(engine.topics, now: now))] }
        return Report(json: engine.wire, names: ["flow-engine"], blocks: blocks)
    }

    private static func queues(_ queues: [QueueDepth], now: Timestamp) -> Table {
        Table(
            columns: [
                "Queue", .init("Ready", isNumber: true), .init("Received", isNumber: true),
                .init("Delayed", isNumber: true), "Oldest",
            ],
            rows: queues.map { queue in
                [
                    Cell(queue.queueName), Cell("\(queue.activeMessages)"), Cell("\(queue.inactiveMessages)"),
                    Cell("\(queue.delayMessages)"), Cell(TimeText.relative(queue.oldestTime, now: now)),
                ]
            })
    }

    private static func topics(_ topics: [TopicBacklog], now: Timestamp) -> Table {
        Table(
            columns: ["Topic", "Subscription", .init("On their way", isNumber: true), "Next"],
            rows: topics.map { topic in
                [
                    Cell(topic.topicName), Cell(topic.subscriptionName ?? "(resources.d)"),
                    Cell("\(topic.pendingPushes)"), Cell(TimeText.relative(topic.nextTime, now: now)),
                ]
            })
    }

    /// `80, half within 2.1 ms, 99 % within 18.0 ms, longest 19.4 ms`
    private static func latency(_ latency: LatencyRecord) -> String {
        guard latency.count > 0 else { return "none in the last hour" }
        return "\(latency.count) in the last hour, half within \(time(latency.p50Micros)), "
            + "99 % within \(time(latency.p99Micros)), longest \(time(latency.maxMicros))"
    }

    private static func time(_ micros: Int64) -> String {
        switch micros {
        case ..<1000: "\(micros) µs"
        case ..<1_000_000: "\(micros / 1000).\(micros % 1000 / 100) ms"
        default: "\(micros / 1_000_000).\(micros % 1_000_000 / 100_000) s"
        }
    }

    private static func size(_ bytes: Int64) -> String {
        switch bytes {
        case ..<1024: "\(bytes) B"
        case ..<(1 << 20): "\(bytes >> 10) KiB"
        case ..<(1 << 30): "\(bytes >> 20) MiB"
        default: "\(bytes >> 30) GiB"
        }
    }
}

import BenchReport
import FlowEngineAPI
import Primitives
import RPCProtocol
import ServiceSupervisor
import StateBackup

/// What an event takes on the disk, and whether a step costs more when many are stored.
struct GrowthFigures: Sendable {
    static let names =
        [
            "growth_bytes_per_event", "growth_events_early", "growth_events_late", "growth_per_s_early",
            "growth_per_s_late", "growth_cpu_us_early", "growth_cpu_us_late", "growth_ratio",
            "growth_cpu_ratio",
            "growth_file_mib",
        ] + RemovalFigures.names

    let place: Workplace
    /// Events to be stored.
    let target: Int

    private static let lanes = (0..<4).map { "Bench\($0)" }
    private static let chains = (0..<4).map { "Chain\($0)" }

    private struct Rate {
        var events: Double
        var perSecond: Double
        /// Of the engine, for each flow. Units: microseconds.
        var cpu: Double
    }

    func measure(quick: Bool) async throws -> [Figure] {
        let target = quick ? min(target, 200_000) : target
        var figures = try await EngineSystem.run(in: place, part: "growth") { system in
            for flow in Self.lanes { try await system.createFlow(flow, BenchFlow.threeTasks) }
            for flow in Self.chains { try await system.createFlow(flow, BenchFlow.chain) }
            // The first run warms up and makes some 1,000 events.
            var events = try await load(system, Self.lanes, "warm", seconds: 1).events
            let first = events
            let early = try await load(system, Self.lanes, "early", seconds: quick ? 2 : 5)
            events += early.events
            let before = (events: events, bytes: bytes(system))
            var part = 0
            repeat {
                Progress.show("growth: \(events.fixed(0)) of \(target) events stored")
                part += 1
                let seconds = events * 3 > Double(target) ? 1 : 5
                events += try await load(system, Self.chains, "fill\(part)", seconds: seconds).events
            } while events < Double(target)
            let grown = (bytes(system) - before.bytes) / (events - before.events)
            let late = try await load(system, Self.lanes, "late", seconds: quick ? 2 : 5)
            return [
                Figure("growth_bytes_per_event", grown, "B"),
                Figure("growth_events_early", first, "1"),
                Figure("growth_events_late", events, "1"),
                Figure("growth_per_s_early", early.perSecond, "1/s"),
                Figure("growth_per_s_late", late.perSecond, "1/s"),
                Figure("growth_cpu_us_early", early.cpu, "us"),
                Figure("growth_cpu_us_late", late.cpu, "us"),
                Figure("growth_ratio", late.perSecond / early.perSecond, "1", .atLeast(0.9)),
                Figure("growth_cpu_ratio", late.cpu / early.cpu, "1", .atMost(1.1)),
                Figure("growth_file_mib", bytes(system) / 1_048_576, "MiB"),
            ]
        }
        let layout = try place.plan(in: "growth").layout
        let places = StatePlaces(
            stateFolder: layout.stateFolder, runtimeFolder: layout.folder, lockFile: nil)
        figures += try RemovalFigures(places: places).measure()
        return figures
    }

    private func load(_ system: EngineSystem, _ flows: [String], _ name: String, seconds: Int) async throws
        -> Rate
    {
        let plan = FlowLoad.Plan(
            flows: flows, inFlight: FlowFigures.most, duration: .seconds(seconds), warmUp: .milliseconds(500),
            name: name, afterSequence: try await system.sequence())
        let path = system.socket
        let cpu = try system.facts.cpuSeconds
        let outcome = try await onOwnThread { try FlowLoad(plan, path: path).run() }
        let spent = try system.facts.cpuSeconds - cpu
        let started = Double(outcome.started)
        let each = try await system.eventCount(of: "\(name)-0", flow: flows[0])
        return Rate(events: started * each, perSecond: outcome.perSecond, cpu: spent * 1e6 / started)
    }

    private func bytes(_ system: EngineSystem) -> Double {
        FolderTree.bytes(in: system.layout.stateFolder(of: EngineSystem.engine))
    }
}

extension EngineSystem {
    func eventCount(of execution: String, flow: String) async throws -> Double {
        let question = GetExecutionHistory.Params.with {
            $0.flowName = flow
            $0.executionName = execution
            $0.limit = 1
            $0.reverseOrder = true
        }
        return Double(try await caller.call(GetExecutionHistory.self, question).events.first?.eventId ?? 0)
    }
}

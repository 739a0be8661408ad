import BenchReport
import FlowEngineAPI
import Primitives
import RPCProtocol

/// Executions, so many at a time, over some connections, all on one thread: a start is a frame, an end an
/// item of the feed of the flow.
///
/// Each connection has a flow of its own, so that no feed brings more at once than a reader may be behind.
final class FlowLoad {
    struct Plan: Sendable {
        /// One connection each.
        var flows: [String]
        var inFlight: Int
        /// What is counted, after the warm-up.
        var duration: Duration
        var warmUp: Duration = .seconds(1)
        /// The beginning of the executions' names.
        var name: String
        /// Where the feeds begin, so that they do not tell of earlier runs.
        var afterSequence: Int64
    }

    struct Outcome: Sendable {
        /// From sending the start to having the end, of those that ended in the counted time. Units:
        /// milliseconds.
        var times: [Double] = []
        var perSecond = 0.0
        /// With those of the warm-up.
        var started = 0
        /// Answers that asked to come again.
        var refusals = 0
    }

    private struct Lane {
        let flow: String
        let connection: LeanConnection
        var cursor: Int64
    }

    /// The id of the feed's request; starts have the execution's number.
    private static let feedID: Int64 = -1

    private let plan: Plan
    private var lanes: [Lane]
    private let clock = ContinuousClock()
    private var begins: [ContinuousClock.Instant] = []
    private var waiting: [(time: ContinuousClock.Instant, lane: Int, number: Int)] = []
    private var open = 0
    private var outcome = Outcome()

    /// - Parameter path: the engine's socket.
    init(_ plan: Plan, path: String) throws {
        self.plan = plan
        lanes = try plan.flows.map {
            Lane(flow: $0, connection: try LeanConnection(path: path), cursor: plan.afterSequence)
        }
    }

    func run() throws -> Outcome {
        for lane in lanes.indices { watch(lane) }
        let start = clock.now
        let counted = start + plan.warmUp
        let end = counted + plan.duration
        for turn in 0..<plan.inFlight { launch(on: turn % lanes.count) }
        var ended = 0
        while open > 0 {
            for lane in lanes { try lane.connection.flush() }
            let connections = lanes.map(\.connection)
            if waiting.isEmpty {
                try LeanConnection.wait(for: connections, milliseconds: 30_000)
            } else {
                _ = try LeanConnection.wait(for: connections, atMost: 5)
            }
            let now = clock.now
            for lane in lanes.indices {
                try lanes[lane].connection.receive { message in
                    guard let number = try take(message, lane) else { return }
                    if now >= counted, now < end {
                        outcome.times.append((now - begins[number]).milliseconds)
                    }
                    open -= 1
                    ended += 1
                    if now < end { launch(on: lane) }
                }
            }
            startAgain(now)
        }
        outcome.perSecond = Double(outcome.times.count) / plan.duration.inSeconds
        outcome.started = ended
        return outcome
    }

    private func launch(on lane: Int) {
        let number = begins.count
        begins.append(clock.now)
        open += 1
        start(number, on: lane)
    }

    private func start(_ number: Int, on lane: Int) {
        let params: JSONValue = [
            "FlowName": .string(lanes[lane].flow), "ExecutionName": .string("\(plan.name)-\(number)"),
            "Input": .string(#"{"goods":["beef","lotus root"],"address":"West Lake \#(number)","n":1}"#),
        ]
        lanes[lane].connection.append(
            .request(
                id: .integer(Int64(number)), method: StartExecution.name, params: params, meta: RPCMeta()))
    }

    private func watch(_ lane: Int) {
        let params: JSONValue = [
            "FlowName": .string(lanes[lane].flow), "AfterSequence": .integer(lanes[lane].cursor),
        ]
        lanes[lane].connection.append(
            .request(
                id: .integer(Self.feedID), method: WatchExecutions.name, params: params, meta: RPCMeta()))
    }

    private func startAgain(_ now: ContinuousClock.Instant) {
        guard !waiting.isEmpty else { return }
        for again in waiting where again.time <= now { start(again.number, on: again.lane) }
        waiting.removeAll { $0.time <= now }
    }

    /// The number of the execution that has ended, if it tells of one.
    private func take(_ message: RPCMessage, _ lane: Int) throws -> Int? {
        switch message {
        case .item(_, let item):
            lanes[lane].cursor = item["Sequence"]?.integerValue ?? lanes[lane].cursor
            guard let status = item["Status"]?.stringValue, status != "Running",
                let name = item["ExecutionName"]?.stringValue, name.hasPrefix("\(plan.name)-"),
                let number = Int(name.dropFirst(plan.name.count + 1))
            else { return nil }
            guard status == "Succeeded" else {
                throw BenchFault("\(name) ended \(status): \(item["Cause"]?.stringValue ?? "no cause given")")
            }
            return number
        case .failure(.integer(Self.feedID), let error):
            guard error.name == .slowConsumer else { throw BenchFault("the feed ended: \(error)") }
            watch(lane)
        case .failure(.integer(let number), let error):
            guard error.retryable else { throw BenchFault("StartExecution was refused: \(error)") }
            outcome.refusals += 1
            let pause = error.details["retryAfterMs"]?.integerValue ?? 50
            waiting.append((clock.now + .milliseconds(pause), lane, Int(number)))
        case .failure(_, let error): throw BenchFault("a call was refused: \(error)")
        case .reply, .request, .cancel: break
        }
        return nil
    }
}

import BenchReport
import FlowEngineAPI
import Primitives
import RPCProtocol

/// Starts at a fixed pace, whatever the engine makes of it, as a crowd does that knows nothing of each other.
final class OpenLoad {
    struct Plan: Sendable {
        /// One connection each.
        var flows: [String]
        var perSecond: Double
        /// What is counted, after the warm-up.
        var duration: Duration
        var warmUp: Duration = .seconds(1)
        /// How long the rest may take after the last start.
        var patience: Duration = .seconds(60)
        var name: String
        /// Where the feeds begin, so that they do not tell of earlier runs.
        var afterSequence: Int64
    }

    struct Outcome: Sendable {
        var offered = 0
        /// Ended well in the counted time, a second.
        var goodput = 0.0
        var succeeded = 0
        var refused = 0
        /// Refusals that do not say when to come again, or are of another kind.
        var badRefusals = 0
        var firstBadRefusal: String?
        /// Neither refused nor ended when the patience was over.
        var unanswered = 0
        /// Units: milliseconds, from the time at which the start was due.
        var refusalTimes: [Double] = []
        var endTimes: [Double] = []
    }

    private static let feedID: Int64 = -1

    private let plan: Plan
    private let connections: [LeanConnection]
    private var cursors: [Int64]
    private let clock = ContinuousClock()
    private var due: [ContinuousClock.Instant] = []
    private var outcome = Outcome()

    init(_ plan: Plan, path: String) throws {
        self.plan = plan
        connections = try plan.flows.map { _ in try LeanConnection(path: path) }
        cursors = plan.flows.map { _ in plan.afterSequence }
    }

    func run() throws -> Outcome {
        for lane in connections.indices { watch(lane) }
        let begin = clock.now
        let counted = begin + plan.warmUp
        let end = counted + plan.duration
        var good = 0
        while clock.now < end || outcome.succeeded + outcome.refused < due.count {
            let now = clock.now
            guard now < end + plan.patience else { break }
            if now < end { offer(since: begin, now) }
            for connection in connections { try connection.flush() }
            _ = try LeanConnection.wait(for: connections, atMost: 1)
            for lane in connections.indices {
                try connections[lane].receive { message in
                    guard try take(message, lane) else { return }
                    let time = clock.now
                    if time >= counted, time < end { good += 1 }
                }
            }
        }
        outcome.offered = due.count
        outcome.goodput = Double(good) / plan.duration.inSeconds
        outcome.unanswered = due.count - outcome.succeeded - outcome.refused
        return outcome
    }

    private func offer(since begin: ContinuousClock.Instant, _ now: ContinuousClock.Instant) {
        let wanted = Int((now - begin).inSeconds * plan.perSecond)
        while due.count < wanted {
            let number = due.count
            due.append(begin + .seconds(Double(number) / plan.perSecond))
            let lane = number % connections.count
            let params: JSONValue = [
                "FlowName": .string(plan.flows[lane]), "ExecutionName": .string("\(plan.name)-\(number)"),
                "Input": .string(#"{"address":"West Lake \#(number)","n":1}"#),
            ]
            connections[lane].append(
                .request(
                    id: .integer(Int64(number)), method: StartExecution.name, params: params, meta: RPCMeta())
            )
        }
    }

    private func watch(_ lane: Int) {
        let params: JSONValue = [
            "FlowName": .string(plan.flows[lane]), "AfterSequence": .integer(cursors[lane]),
        ]
        connections[lane].append(
            .request(
                id: .integer(Self.feedID), method: WatchExecutions.name, params: params, meta: RPCMeta()))
    }

    /// True when it tells of an execution's good end.
    private func take(_ message: RPCMessage, _ lane: Int) throws -> Bool {
        switch message {
        case .item(_, let item):
            cursors[lane] = item["Sequence"]?.integerValue ?? cursors[lane]
            guard let name = item["ExecutionName"]?.stringValue, name.hasPrefix("\(plan.name)-"),
                let number = Int(name.dropFirst(plan.name.count + 1)),
                let status = item["Status"]?.stringValue,
                status != "Running"
            else { return false }
            guard status == "Succeeded" else { throw BenchFault("\(name) ended \(status)") }
            outcome.succeeded += 1
            outcome.endTimes.append((clock.now - due[number]).milliseconds)
            return true
        case .failure(.integer(Self.feedID), let error):
            guard error.retryable else { throw BenchFault("the feed ended: \(error)") }
            watch(lane)
        case .failure(.integer(let number), let error):
            outcome.refused += 1
            outcome.refusalTimes.append((clock.now - due[Int(number)]).milliseconds)
            let isAsPromised = error.name == .resourceThrottled && error.details["retryAfterMs"] != nil
            guard !isAsPromised else { break }
            outcome.badRefusals += 1
            outcome.firstBadRefusal = outcome.firstBadRefusal ?? "number \(number): \(error)"
        case .failure(nil, let error): throw BenchFault("a call was refused: \(error)")
        default: break
        }
        return false
    }
}

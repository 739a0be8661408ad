import BenchReport
import FlowEngineAPI
import Primitives
import RPCProtocol

/// Starts executions as fast as they are taken, so many requests at a time, and does not wait for their ends. One
/// that is refused comes again when it was told to.
final class StartLoad {
    struct Plan: Sendable {
        var flow: String
        /// The beginning of the executions' names; the number from `numbers` follows.
        var name: String
        var numbers: Range<Int>
        var inFlight = 256
        var connections = 4
        /// The text of an execution's Input.
        var input: @Sendable (Int) -> String = { #"{"address":"West Lake \#($0)"}"# }
    }

    private let plan: Plan
    private let connections: [LeanConnection]
    private var next: Int
    private var open = 0
    private var waiting: [(time: ContinuousClock.Instant, number: Int, connection: LeanConnection)] = []

    /// - Parameter path: the engine's socket.
    init(_ plan: Plan, path: String) throws {
        self.plan = plan
        next = plan.numbers.lowerBound
        connections = try (0..<plan.connections).map { _ in try LeanConnection(path: path) }
    }

    /// Returns how long it took, when each start was answered.
    func run() throws -> Duration {
        let begin = ContinuousClock.now
        for turn in 0..<plan.inFlight { launch(on: connections[turn % connections.count]) }
        while open > 0 {
            for connection in connections { try connection.flush() }
            if waiting.isEmpty {
                try LeanConnection.wait(for: connections, milliseconds: 60_000)
            } else {
                _ = try LeanConnection.wait(for: connections, atMost: 5)
            }
            for connection in connections {
                try connection.receive { message in
                    if case .failure(let id, let error) = message {
                        return try wait(id, error, connection)
                    }
                    open -= 1
                    launch(on: connection)
                }
            }
            startAgain()
        }
        return ContinuousClock.now - begin
    }

    private func wait(_ id: RPCRequestID?, _ error: RPCError, _ connection: LeanConnection) throws {
        guard case .integer(let number) = id, let pause = error.details["retryAfterMs"]?.integerValue else {
            throw BenchFault("StartExecution of \(plan.flow) was refused: \(error)")
        }
        waiting.append((.now + .milliseconds(pause), Int(number), connection))
    }

    private func startAgain() {
        guard !waiting.isEmpty else { return }
        let now = ContinuousClock.now
        for again in waiting where again.time <= now { send(again.number, on: again.connection) }
        waiting.removeAll { $0.time <= now }
    }

    private func launch(on connection: LeanConnection) {
        guard next < plan.numbers.upperBound else { return }
        if next % 5000 == 0 { Progress.show("\(plan.flow): \(next)/\(plan.numbers.upperBound) started") }
        send(next, on: connection)
        next += 1
        open += 1
    }

    private func send(_ number: Int, on connection: LeanConnection) {
        let params: JSONValue = [
            "FlowName": .string(plan.flow), "ExecutionName": .string("\(plan.name)-\(number)"),
            "Input": .string(plan.input(number)),
        ]
        connection.append(
            .request(id: .integer(Int64(number)), method: StartExecution.name, params: params, meta: RPCMeta()))
    }
}

extension EngineSystem {
    /// Starts executions on a thread of the bench; returns how many a second.
    func start(_ plan: StartLoad.Plan) async throws -> Double {
        let path = socket
        let took = try await onOwnThread { try StartLoad(plan, path: path).run() }
        return Double(plan.numbers.count) / took.inSeconds
    }
}

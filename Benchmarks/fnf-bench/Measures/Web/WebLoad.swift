import BenchReport
import FlowEngineAPI
import FlowWebAPI
import Primitives
import RPCProtocol
import RPCTransport
import RequestSigning
import ServiceSupervisor
import Synchronization

/// StartExecution and DescribeExecution through the cloud endpoint, against the same through the socket, and
/// what a client costs that waits.
struct WebLoad: Sendable {
    static let names = [
        "web_requests_per_s", "web_requests_per_s_socket", "web_share_of_socket", "web_p50_ms",
        "web_p50_ms_socket",
        "web_polls", "web_poll_kib_flow_web", "web_poll_kib_flow_engine", "web_p50_ms_beside_polls",
    ]

    /// One task would be measured with the flow; a pass step is only the endpoint's and the engine's work.
    private static let flow = "BenchPass"
    private static let definition = "type: flow\nversion: v1\nsteps:\n  - type: pass\n    name: done\n"
    private static let waiting = "BenchWait"
    private static let waitDefinition =
        "type: flow\nversion: v1\nsteps:\n  - type: wait\n    name: long\n    duration: 3600\n"
    private static let inFlight = 16
    /// Each has a rate of its own, which is not what is measured.
    private static let keys = (0..<16).map { SigningKey(id: "bench-\($0)", secret: "bench-secret-\($0)") }

    let place: Workplace

    func measure(quick: Bool) async throws -> [Figure] {
        Progress.show("cloud endpoint: starting")
        return try await place.withWeb(in: "web") { try await measure($0, $1, quick: quick) }
    }

    private func measure(_ supervisor: Supervisor, _ port: UInt16, quick: Bool) async throws -> [Figure] {
        let layout = supervisor.plan.layout
        try await prepare(layout)
        let count = quick ? 400 : 4000
        let sockets = (0..<4).map { _ in SocketCaller(path: layout.socketPath("flow-engine.sock")) }
        let socket = try await run("socket", count) { worker in
            let caller = sockets[worker % sockets.count]
            return { name in
                let start = StartExecution.Params.with {
                    $0.flowName = Self.flow
                    $0.executionName = name
                }
                _ = try await caller.call(StartExecution.self, start)
                let describe = DescribeExecution.Params.with {
                    $0.flowName = Self.flow
                    $0.executionName = name
                }
                _ = try await caller.call(DescribeExecution.self, describe)
            }
        }
        let web = try await run("web", count) { worker in
            let connection = WebConnection(port: port, key: Self.keys[worker % Self.keys.count])
            try await connection.open()
            return { name in
                let both = [("FlowName", Self.flow), ("ExecutionName", name)]
                _ = try await connection.call("StartExecution", both)
                _ = try await connection.call("DescribeExecution", both)
            }
        }
        return [
            Figure("web_requests_per_s", web.perSecond, "1/s"),
            Figure("web_requests_per_s_socket", socket.perSecond, "1/s"),
            Figure("web_share_of_socket", web.perSecond / socket.perSecond, "1"),
            Figure("web_p50_ms", web.times.p50, "ms"),
            Figure("web_p50_ms_socket", socket.times.p50, "ms"),
        ]
            + (try await polls(supervisor, port, quick ? 500 : 5000))
    }

    private func prepare(_ layout: SupervisorLayout) async throws {
        let engine = SocketCaller(path: layout.socketPath("flow-engine-admin.sock"))
        for (name, definition) in [(Self.flow, Self.definition), (Self.waiting, Self.waitDefinition)] {
            let flow = CreateFlow.Params.with {
                $0.name = name
                $0.definition = definition
                $0.description = "bench"
            }
            _ = try await engine.call(CreateFlow.self, flow)
        }
        for key in Self.keys { try await layout.createKey(key.id, secret: key.secret) }
    }
}

// MARK: - Requests a second

extension WebLoad {
    private struct Outcome {
        var perSecond: Double
        /// Of a pair of requests. Units: milliseconds.
        var times: Samples
    }

    private final class Counter: Sendable {
        private let number = Atomic(0)
        func next() -> Int { number.add(1, ordering: .relaxed).oldValue }
    }

    /// - Parameter client: what one of the workers does with a name.
    private func run(
        _ title: String, _ count: Int,
        _ client: @escaping @Sendable (Int) async throws -> (@Sendable (String) async throws -> Void)
    ) async throws -> Outcome {
        let taken = Counter()
        let start = ContinuousClock.now
        let times = try await withThrowingTaskGroup(of: [Double].self) { group in
            for worker in 0..<Self.inFlight {
                group.addTask {
                    let pair = try await client(worker)
                    var times: [Double] = []
                    while case let number = taken.next(), number < count {
                        let begin = ContinuousClock.now
                        try await pair("\(title)-\(number)")
                        times.append((.now - begin).milliseconds)
                        if number % 100 == 0 { Progress.show("\(title): \(number)/\(count)") }
                    }
                    return times
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let seconds = (ContinuousClock.now - start).inSeconds
        return Outcome(perSecond: Double(2 * times.count) / seconds, times: Samples(times))
    }
}

// MARK: - Clients that wait

extension WebLoad {
    private func polls(_ supervisor: Supervisor, _ port: UInt16, _ count: Int) async throws -> [Figure] {
        let services = ["flow-web", "flow-engine"].compactMap { supervisor.pid(of: $0) }.map(
            ProcessFacts.init)
        guard services.count == 2 else { throw BenchFault("a service does not run") }
        let first = WebConnection(port: port, key: Self.keys[0])
        try await first.open()
        let execution = [("FlowName", Self.waiting), ("ExecutionName", "long")]
        _ = try await first.call("StartExecution", execution)
        let before = services.map(\.ownMiB)
        var waiting: [WebConnection] = []
        for number in 0..<count {
            if number % 100 == 0 { Progress.show("cloud endpoint: \(number)/\(count) wait") }
            let connection = WebConnection(port: port, key: Self.keys[number % Self.keys.count])
            try await connection.open()
            try await connection.send("DescribeExecution", execution + [("WaitTimeSeconds", "60")])
            waiting.append(connection)
        }
        let desk = SocketCaller(path: supervisor.plan.layout.socketPath("flow-web.sock"))
        var arrived = 0
        while arrived < count {
            arrived = Int(try await desk.call(DescribeService.self, NoFields()).requestsInFlight)
        }
        let growth = zip(services, before).map { ($0.ownMiB - $1) * 1024 / Double(count) }
        var times: [Double] = []
        for number in 0..<200 {
            let begin = ContinuousClock.now
            _ = try await first.call(
                "StartExecution", [("FlowName", Self.flow), ("ExecutionName", "beside-\(number)")])
            times.append((.now - begin).milliseconds)
        }
        for connection in waiting { connection.close() }
        return [
            Figure("web_polls", Double(arrived), "1"),
            Figure("web_poll_kib_flow_web", growth[0], "KiB"),
            Figure("web_poll_kib_flow_engine", growth[1], "KiB"),
            Figure("web_p50_ms_beside_polls", Samples(times).p50, "ms"),
        ]
    }
}

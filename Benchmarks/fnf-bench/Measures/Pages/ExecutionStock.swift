import FlowEngineAPI
import Primitives
import RPCProtocol
import RPCTransport
import ServiceSupervisor
import Synchronization

/// Many executions, most of them ended, for what is measured with them stored.
struct ExecutionStock: Sendable {
    /// Of one step that does nothing.
    static let ended = "BenchEnded"
    private static let endedDefinition =
        "type: flow\nversion: v1\nsteps:\n  - type: pass\n    name: done\n"
    /// Waits for a report for a day.
    static let open = "BenchOpen"
    private static let openDefinition = """
        type: flow
        version: v1
        steps:
          - type: task
            name: ask
            resourceArn: acs:mns:::/queues/bench/messages
            pattern: waitForCallback
            timeoutSeconds: 86400
            serviceParams:
              MessageBody: hello

        """
    private static let inFlight = 64

    let layout: SupervisorLayout

    private final class Counter: Sendable {
        private let number = Atomic(0)
        func next() -> Int { number.add(1, ordering: .relaxed).oldValue }
    }

    /// Starts as many of each flow as fast as the engine takes them.
    func fill(ended: Int, open: Int) async throws {
        let admin = SocketCaller(path: layout.socketPath("flow-engine-admin.sock"))
        let flows = [(Self.ended, Self.endedDefinition), (Self.open, Self.openDefinition)]
        for (name, definition) in flows {
            let flow = CreateFlow.Params.with {
                $0.name = name
                $0.definition = definition
            }
            _ = try await admin.call(CreateFlow.self, flow)
        }
        _ = try await admin.call(CreateQueue.self, .with { $0.queueName = "bench" })
        try await start(Self.open, open)
        try await start(Self.ended, ended)
    }

    private func start(_ flow: String, _ count: Int) async throws {
        let taken = Counter()
        let callers = (0..<4).map { _ in SocketCaller(path: layout.socketPath("flow-engine.sock")) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<Self.inFlight {
                group.addTask {
                    while case let number = taken.next(), number < count {
                        if number % 1000 == 0 { Progress.show("\(flow): \(number)/\(count)") }
                        let start = StartExecution.Params.with {
                            $0.flowName = flow
                            $0.executionName = "\(flow)-\(number)"
                            $0.input = #"{"goods":["beef","lotus root"],"address":"West Lake \#(number)"}"#
                            $0.labels = ["order": .string("order-\(flow)-\(number)")]
                        }
                        _ = try await callers[worker % callers.count].call(StartExecution.self, start)
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}

import BenchReport
import FlowEngineAPI
import Glibc
import Primitives
import RPCProtocol
import Synchronization

/// From sending a report until the service has the call of the next task, while nothing else happens.
struct CallbackDelay: Sendable {
    static let names = ["callback_p50_ms", "callback_p99_ms"]

    let place: Workplace

    func measure(quick: Bool) async throws -> [Figure] {
        try await EngineSystem.run(in: place, part: "callback") { system in
            try await system.createFlow("Bench", BenchFlow.callback)
            let calls = Calls()
            system.tasks.observe { calls.note($0) }
            let path = system.socket
            let times = try await onOwnThread {
                let connection = try LeanConnection(path: path)
                return try (0..<(quick ? 100 : 1000)).map { number in
                    if number % 50 == 0 { Progress.show("callback: \(number)") }
                    return try Self.once(number, connection, calls)
                }
            }
            let samples = Samples(times)
            return [
                Figure("callback_p50_ms", samples.p50, "ms", .atMost(1), limit: "disk_sync_p50_ms"),
                Figure("callback_p99_ms", samples.p99, "ms"),
            ]
        }
    }

    /// What the service was called for.
    private final class Calls: Sendable {
        private let seen = Mutex<[String: (token: String, time: ContinuousClock.Instant)]>([:])

        func note(_ task: TaskMeta) {
            let time = ContinuousClock.now
            seen.withLock { $0[task.step] = (task.token, time) }
        }

        /// Waits for the call of a step.
        func take(_ step: String) throws -> (token: String, time: ContinuousClock.Instant) {
            for _ in 0..<100_000 {
                if let call = seen.withLock({ $0.removeValue(forKey: step) }) { return call }
                usleep(100)
            }
            throw BenchFault("the task \(step) was not called within 10 s")
        }
    }

    private static func once(_ number: Int, _ connection: LeanConnection, _ calls: Calls) throws -> Double {
        let start: JSONValue = ["FlowName": "Bench", "ExecutionName": .string("callback-\(number)")]
        try ask(connection, StartExecution.name, start, number)
        let asked = try calls.take("ask")
        // Until the answer of the service is on disk and the engine rests.
        usleep(3000)
        let report: JSONValue = ["TaskToken": .string(asked.token), "Output": #"{"by":"bench"}"#]
        let begin = ContinuousClock.now
        try ask(connection, ReportTaskSucceeded.name, report, number)
        let called = try calls.take("next")
        usleep(1000)
        return (called.time - begin).milliseconds
    }

    private static func ask(
        _ connection: LeanConnection, _ method: String, _ params: JSONValue, _ number: Int
    ) throws {
        let answer = try connection.call(
            .request(id: .integer(Int64(number)), method: method, params: params, meta: RPCMeta()))
        if case .failure(_, let error) = answer { throw BenchFault("\(method) was refused: \(error)") }
    }
}

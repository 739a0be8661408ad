import BenchReport
import FlowEngineAPI
import Glibc
import Primitives
import RPCProtocol
import Synchronization

/// Follows the ends of a flow's executions on a thread of its own.
final class EndFeed: Sendable {
    struct End: Sendable {
        let execution: String
        let status: String
        /// As the engine recorded it.
        let recorded: Timestamp
        /// When it was here. Units: microseconds since 1970.
        let seen: Int64
    }

    private struct State {
        var ends: [End] = []
        var fault: BenchFault?
        var isStopped = false
    }

    private let state = Mutex(State())
    private let path: String
    private let flow: String

    /// - Parameter path: the engine's socket.
    init(flow: String, path: String) {
        self.flow = flow
        self.path = path
        Task {
            do { try await onOwnThread { try self.follow() } } catch {
                self.state.withLock { $0.fault = BenchFault("the feed of \(flow) ended: \(error)") }
            }
        }
    }

    func stop() { state.withLock { $0.isStopped = true } }

    /// Returns the ends once there are so many.
    ///
    /// Throws: within the time there were fewer.
    func ends(_ count: Int, within limit: Duration, _ title: String) async throws -> [End] {
        let deadline = ContinuousClock.now + limit
        while true {
            let (seen, fault) = state.withLock { ($0.ends.count, $0.fault) }
            if let fault { throw fault }
            if seen >= count { return state.withLock { $0.ends } }
            guard ContinuousClock.now < deadline else {
                throw BenchFault("\(title): \(seen) of \(count) executions have ended within \(limit)")
            }
            Progress.show("\(title): \(seen)/\(count)")
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    private func follow() throws {
        let connection = try LeanConnection(path: path)
        var cursor: Int64 = 0
        watch(connection, cursor)
        while !state.withLock({ $0.isStopped }) {
            try connection.flush()
            guard try LeanConnection.wait(for: [connection], atMost: 200) else { continue }
            var ends: [End] = []
            try connection.receive { message in
                switch message {
                case .item(_, let item):
                    cursor = item["Sequence"]?.integerValue ?? cursor
                    if let end = Self.end(item) { ends.append(end) }
                case .failure(_, let error):
                    guard error.retryable else { throw BenchFault("\(error)") }
                    watch(connection, cursor)
                default: break
                }
            }
            state.withLock { $0.ends += ends }
        }
    }

    private func watch(_ connection: LeanConnection, _ cursor: Int64) {
        let params: JSONValue = ["FlowName": .string(flow), "AfterSequence": .integer(cursor)]
        connection.append(
            .request(id: .integer(1), method: WatchExecutions.name, params: params, meta: RPCMeta()))
    }

    private static func end(_ item: JSONValue) -> End? {
        guard let status = item["Status"]?.stringValue, status != "Running",
            let name = item["ExecutionName"]?.stringValue,
            let time = item["Time"]?.stringValue.flatMap(Timestamp.init(rfc3339:))
        else { return nil }
        return End(execution: name, status: status, recorded: time, seen: LiveWorld().now.microseconds)
    }
}

package import Logging
package import Primitives
package import RPCProtocol
import Synchronization

/// What a service gives to whoever asks for a copy of its state.
///
/// Reading, copying and hashing happen beside the loop; the loop only sends.
package final class StateBackup: Sendable {
    private let service: String
    private let version: String
    private let databases: [String]
    private let files: [String]
    private let world: any World
    private let logger: Logger
    private let isBusy = Atomic(false)

    /// - Parameter databases: paths of SQLite files.
    /// - Parameter files: paths of small files that change seldom and by replacement.
    package init(
        service: String, version: String, databases: [String], files: [String] = [], world: any World,
        logger: Logger
    ) {
        self.service = service
        self.version = version
        self.databases = databases
        self.files = files
        self.world = world
        self.logger = logger
        for path in databases { StateSnapshot.removeLeftovers(of: path) }
    }

    package func add(to table: inout HandlerTable) {
        table.on(stream: BackUpService.self) { [self] (_, context, sink) async throws(RPCError) in
            guard isBusy.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged else {
                throw RPCError(
                    .resourceThrottled, "\(service) is being copied already; wait for the end of that backup",
                    retryable: true)
            }
            defer { isBusy.store(false, ordering: .relaxed) }
            return try await send(to: sink, askedBy: context)
        }
    }

    private func send(
        to sink: StreamSink<BackUpService>, askedBy context: RPCContext
    ) async throws(RPCError) -> BackUpService.Result {
        let snapshots = try await aside { [databases] in try databases.map(StateSnapshot.init(of:)) }
        defer { for snapshot in snapshots { snapshot.close() } }
        var result = BackUpService.Result()
        result.service = service
        result.version = version
        result.time = world.now.description
        logger.notice(
            "a copy of all that is kept is made for user \(context.peer.map { "\($0.uid)" } ?? "unknown")")
        try sink.send(BackUpService.Item())
        for snapshot in snapshots {
            let file = try await aside { try snapshot.copy { !Task.isCancelled } }
            result.files.append(try await send(file, to: sink))
        }
        for path in files {
            let file = try await aside { try StateFile(path, name: path.lastComponent) }
            result.files.append(try await send(file, to: sink))
        }
        return result
    }

    private func send(
        _ file: StateFile, to sink: StreamSink<BackUpService>
    ) async throws(RPCError) -> BackedUpFile {
        while true {
            let (offset, next) = (file.offset, try await aside { try file.next().map(Base64Text.encode) })
            guard let content = next else { break }
            try sink.send(
                .with {
                    $0.file = file.name
                    $0.offset = offset
                    $0.size = file.size
                    $0.content = content
                })
            try await sink.room()
        }
        return .with {
            $0.name = file.name
            $0.bytes = file.size
            $0.sha256 = file.sha256
        }
    }

    /// Runs what waits for the disk on another thread than the loop's.
    private func aside<Value: Sendable>(
        _ body: @escaping @Sendable () throws -> Value
    ) async throws(RPCError) -> Value {
        do { return try await Self.run(body) } catch {
            throw .unavailable("\(service) can't be copied: \(error)")
        }
    }

    @concurrent
    private static func run<Value: Sendable>(_ body: @Sendable () throws -> Value) async throws -> Value {
        try body()
    }
}

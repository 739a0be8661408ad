import CPlatform
import Glibc
package import Logging
import NIOCore
import NIOPosix
package import RPCProtocol
import Synchronization

/// Serves the methods of one service on any number of listening sockets, all on one loop.
package final class RPCServer: @unchecked Sendable { // every member that changes is touched on the loop only
    package struct Load: Sendable, Hashable {
        package var connections = 0
        package var requests = 0
        package var waits = 0

        package init() {}

        package var isNone: Bool { connections == 0 && requests == 0 && waits == 0 }
    }

    private let executor: LoopExecutor
    private let limits: WireLimits
    private let logger: Logger
    private let metrics: MetricSet
    private let table: HandlerTable
    private let requestPrefix: String
    private let requestCounters: [String: MetricSet.Counter]
    /// Called on the loop when the last connection has closed and the last request ended.
    private let becameQuiet: @Sendable () -> Void
    private var listeners: [any Channel] = []
    private var connections: [ObjectIdentifier: ServerConnection] = [:]
    private var accepted = 0
    private var isDraining = false
    private var isAccepting = true
    private var drained: CheckedContinuation<Void, Never>?

    /// - Parameter becameQuiet: called on the loop each time nothing is connected and nothing runs any more.
    package init(
        methods: HandlerTable, executor: LoopExecutor, limits: WireLimits = WireLimits(), logger: Logger,
        metrics: MetricSet, becameQuiet: @escaping @Sendable () -> Void = {}
    ) {
        table = methods
        self.executor = executor
        self.limits = limits
        self.logger = logger
        self.metrics = metrics
        self.becameQuiet = becameQuiet
        requestCounters = methods.entries.mapValues { entry in
            metrics.counter("fnf_rpc_requests_total{method=\"\(entry.description.name)\"}")
        }
        requestPrefix = String(UInt32.random(in: .min ... .max), radix: 36)
    }

    /// Begins to accept from a listening socket. The descriptor stays the caller's: a copy of it is used, so
    /// the socket goes on listening when this server has stopped.
    package func listen(on descriptor: Int32, door: RPCDoor) async throws(ListenFault) {
        let copy = fnf_duplicate_cloexec(descriptor, 3)
        guard copy >= 0 else { throw ListenFault(door: door, reason: String(cString: strerror(errno))) }
        let bootstrap = ServerBootstrap(group: executor.eventLoop)
            .serverChannelOption(.maxMessagesPerRead, value: 16)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { [self] child in
                child.eventLoop.makeCompletedFuture { try accept(child, door) }
            }
        do {
            let listener = try await bootstrap.withBoundSocket(copy).get()
            // NIO has listened again with a number of its own, 128, and takes no other for such a socket.
            _ = Glibc.listen(descriptor, Self.backlog)
            executor.run { self.listeners.append(listener) }
        } catch {
            close(copy)
            throw ListenFault(door: door, reason: "\(error)")
        }
    }

    /// Connections that wait to be accepted, as in the socket's unit.
    private static let backlog: Int32 = 1024

    package struct ListenFault: Error, CustomStringConvertible {
        let door: RPCDoor
        let reason: String

        package var description: String {
            "the socket of the door \(door.rawValue) can't be served: \(reason)"
        }
    }

    private func accept(_ child: any Channel, _ door: RPCDoor) throws {
        accepted += 1
        let machine = ConnectionMachine(
            table: table, door: door, limits: limits, requestPrefix: "\(requestPrefix)-\(accepted)")
        let connection = ServerConnection(
            door: door, machine: machine,
            around: ServerConnection.Surroundings(
                executor: executor, limits: limits, logger: logger, metrics: metrics,
                requestCounters: requestCounters,
                becameQuiet: { [weak self] in self?.hasBecomeQuiet($0) }))
        let channel = FrameChannel(executor: executor, readsOnlyWhenWritable: true, owner: connection)
        try child.pipeline.syncOperations.addHandler(channel)
        connections[ObjectIdentifier(connection)] = connection
        metrics.add("fnf_rpc_connections_total")
        if isDraining { connection.drain() }
        holdAccepting()
    }

    /// At `connectionsMax` further clients wait in the socket's queue.
    private func holdAccepting() {
        let mayAccept = connections.count < limits.connectionsMax
        guard mayAccept != isAccepting, !isDraining else { return }
        isAccepting = mayAccept
        for listener in listeners { listener.setOption(.autoRead, value: mayAccept).whenComplete { _ in } }
        if !mayAccept {
            logger.warning("\(connections.count) connections are open, the most there may be: others wait")
        }
    }

    private func hasBecomeQuiet(_ connection: ServerConnection) {
        guard connection.isClosed, connection.machine.isIdle,
            connections.removeValue(forKey: ObjectIdentifier(connection)) != nil
        else { return }
        holdAccepting()
        guard connections.isEmpty else { return }
        becameQuiet()
        drained?.resume()
        drained = nil
    }

    /// What is open now. Called on the loop.
    package var load: Load {
        executor.eventLoop.preconditionInEventLoop()
        var load = Load()
        for connection in connections.values {
            if !connection.isClosed { load.connections += 1 }
            load.requests += connection.machine.workingCount
            load.waits += connection.machine.waitingCount
        }
        return load
    }
}

// MARK: - The end

extension RPCServer {
    /// Stops accepting, serves what is connected until it is silent, then closes.
    ///
    /// Clients that connect meanwhile wait in the socket's queue for the next process. Called on the loop.
    /// - Parameter limit: after this connections are closed even if they are busy.
    package func drain(limit: Duration) async {
        executor.eventLoop.preconditionInEventLoop()
        isDraining = true
        for listener in listeners { listener.close(promise: nil) }
        listeners = []
        for connection in Array(connections.values) { connection.drain() }
        guard !connections.isEmpty else { return }
        let end = executor.eventLoop.scheduleTask(in: TimeAmount(bounded: limit)) { [self] in
            logger.warning("\(connections.count) connections were still busy after \(limit) and are closed")
            for connection in Array(connections.values) { connection.closeNow() }
            drained?.resume()
            drained = nil
        }
        await withCheckedContinuation { drained = $0 }
        end.cancel()
    }
}

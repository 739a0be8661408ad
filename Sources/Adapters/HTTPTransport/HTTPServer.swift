import Glibc
package import HTTPMessage
import HummingbirdCore
package import Logging
package import NIOCore
import NIOHTTPTypesHTTP1
import NIOPosix
import NIOSSL
package import Primitives

/// Serves one endpoint on a listening TCP socket that was passed to the process, on the service's loop.
///
/// Hummingbird's own server opens its sockets itself; its channel is used here on a socket that is there.
package final class HTTPServer: @unchecked Sendable { // every member that changes is touched on the loop only
    package struct Load: Sendable, Hashable {
        package var connections = 0
        /// Requests that are being answered.
        package var requests = 0
    }

    /// What an operator may want counted.
    package enum Count: Sendable, Hashable {
        case connection
        /// The status that a request was answered.
        case answer(Int)
        case refusal(WebFault)
    }

    package let limits: HTTPLimits
    let endpoint: any WebEndpoint
    let loop: any ServiceLoop
    let eventLoop: any EventLoop
    let clock: HTTPClock
    /// Units: bytes of the bodies that all connections hold.
    var bodyBytes = 0
    private(set) var isDraining = false
    private let logger: Logger
    private let count: @Sendable (Count) -> Void
    private let becameQuiet: @Sendable () -> Void
    private var listeners: [any Channel] = []
    private var gates: [ObjectIdentifier: RequestGate] = [:]
    private var drained: CheckedContinuation<Void, Never>?

    /// - Parameter eventLoop: the one under `loop`.
    /// - Parameter count: called on the loop for each of what it names.
    /// - Parameter becameQuiet: called on the loop each time the last connection has closed.
    package init(
        _ endpoint: any WebEndpoint, loop: any ServiceLoop, eventLoop: any EventLoop, world: any World,
        limits: HTTPLimits = HTTPLimits(), logger: Logger,
        count: @escaping @Sendable (Count) -> Void = { _ in },
        becameQuiet: @escaping @Sendable () -> Void = {}
    ) {
        self.endpoint = endpoint
        self.loop = loop
        self.eventLoop = eventLoop
        self.limits = limits
        self.logger = logger
        self.count = count
        self.becameQuiet = becameQuiet
        clock = HTTPClock(world: world)
    }

    /// Begins to accept from a listening socket. The descriptor stays the caller's: a copy of it is used, so
    /// the socket goes on listening when this server has stopped.
    ///
    /// - Parameter tls: asked at each connection; nil: plain.
    package func listen(
        on descriptor: Int32, tls: @escaping @Sendable () -> ServerCertificate? = { nil }
    ) async throws(ListenFault) {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { throw ListenFault(reason: String(cString: strerror(errno))) }
        let bootstrap = ServerBootstrap(group: eventLoop)
            .serverChannelOption(.maxMessagesPerRead, value: 16)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 1024, maximum: 16_384)
            )
            .childChannelInitializer { [self] child in
                child.eventLoop.makeCompletedFuture { try accept(child, tls()) }
            }
        do {
            let listener = try await bootstrap.withBoundSocket(copy).get()
            // NIO has listened again with a number of its own, 128, and takes no other for such a socket.
            _ = Glibc.listen(descriptor, limits.backlog)
            loop.spawn { self.listeners.append(listener) }
        } catch {
            close(copy)
            throw ListenFault(reason: "\(error)")
        }
    }

    /// Who is refused for want of room takes some room until the refusal is read; who comes on top of these
    /// is closed without a word.
    private static let turnedAwayMax = 256

    package struct ListenFault: Error, CustomStringConvertible {
        let reason: String
        package var description: String { "the HTTP socket can't be served: \(reason)" }
    }

    private func accept(_ child: any Channel, _ tls: ServerCertificate?) throws {
        guard !isDraining else { throw ListenFault(reason: "the service ends") }
        guard gates.count < limits.connectionsMax + Self.turnedAwayMax else {
            throw ListenFault(reason: "too many connections")
        }
        let gate = RequestGate(server: self, peer: child.remoteAddress?.ipAddress ?? "", isSecure: tls != nil)
        let pipeline = child.pipeline.syncOperations
        if let tls { try pipeline.addHandler(tls.handler()) }
        try pipeline.addHandler(ByteWatch(gate: gate))
        let channel = HTTP1Channel(
            responder: { _, writer, _ in try await gate.respond(writer) },
            configuration: HTTP1Channel.Configuration(
                httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                    maxHeaderFieldSize: limits.headerBytesMax, maxHeaderListSize: limits.headerBytesMax,
                    maxHeaderFieldCount: limits.headersMax)))
        let prepared = channel.setup(channel: child, logger: logger)
        let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
        try pipeline.addHandler(gate, position: .before(codec))
        let isCrowded = gates.count >= limits.connectionsMax && !makeRoom()
        gates[ObjectIdentifier(gate)] = gate
        count(.connection)
        prepared.whenSuccess { [loop, logger] value in
            loop.spawn { await channel.handle(value: value, logger: logger) }
        }
        if isCrowded { gate.turnAway() }
    }

    /// Closes an idle connection, if there is one.
    private func makeRoom() -> Bool {
        guard let idle = gates.values.first(where: \.isIdle) else { return false }
        idle.close()
        return true
    }

    func closed(_ gate: RequestGate) {
        guard gates.removeValue(forKey: ObjectIdentifier(gate)) != nil, gates.isEmpty else { return }
        becameQuiet()
        drained?.resume()
        drained = nil
    }

    func noteAnswer(_ status: Int) { count(.answer(status)) }
    func noteRefusal(_ fault: WebFault, _ status: Int) {
        count(.refusal(fault))
        count(.answer(status))
    }

    /// What is open now. Called on the loop.
    package var load: Load {
        eventLoop.preconditionInEventLoop()
        return Load(connections: gates.count, requests: gates.values.count { $0.isAnswering })
    }
}

// MARK: - The end

extension HTTPServer {
    /// Stops accepting, closes what is idle and lets answers in flight be written; those that wait for
    /// something are asked to end after `drainPatience`.
    ///
    /// Clients that connect meanwhile wait in the socket's queue for the next process. Called on the loop.
    /// - Parameter limit: after this connections are closed even if they are busy.
    package func drain(limit: Duration) async {
        eventLoop.preconditionInEventLoop()
        isDraining = true
        for listener in listeners { listener.close(promise: nil) }
        listeners = []
        for gate in Array(gates.values) { gate.drain() }
        guard !gates.isEmpty else { return }
        let hurry = loop.after(limits.drainPatience) { [self] in
            for gate in Array(gates.values) { gate.hurry() }
        }
        let end = loop.after(limit) { [self] in
            logger.warning("\(gates.count) HTTP connections were still busy after \(limit) and are closed")
            for gate in Array(gates.values) { gate.close() }
            drained?.resume()
            drained = nil
        }
        await withCheckedContinuation { drained = $0 }
        hurry.cancel()
        end.cancel()
    }
}

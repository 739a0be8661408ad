import Glibc
import HTTPMessage
import HTTPTransport
import Logging
import NIOCore
import NIOPosix
import Primitives
import RPCTransport
import ServiceKit
import Synchronization
import Testing

/// A server on a socket of its own, with a test's endpoint.
final class WebHost: Sendable {
    let port: UInt16
    let endpoint: TestEndpoint

    private let group: MultiThreadedEventLoopGroup
    private let executor: LoopExecutor
    private let server: HTTPServer
    private let descriptor: Int32

    private init(_ limits: HTTPLimits, _ endpoint: TestEndpoint) throws {
        self.endpoint = endpoint
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        executor = LoopExecutor(group.next())
        (descriptor, port) = try Self.listen()
        let counts = CountBox()

        server = HTTPServer(
            endpoint, loop: NIOServiceLoop(executor), eventLoop: executor.eventLoop, world: LiveWorld(),
            limits: limits, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            count: { counts.append($0) }, becameQuiet: {})
        self.box = counts
    }

    private let box: CountBox

    static func run(
        _ limits: HTTPLimits = HTTPLimits(), endpoint: TestEndpoint = TestEndpoint(),
        tls: ServerCertificate? = nil, _ body: (WebHost) async throws -> Void
    ) async throws {
        let host = try WebHost(limits, endpoint)
        try await host.server.listen(on: host.descriptor) { tls }
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(host)) } catch { outcome = .failure(error) }
        await host.drain(limit: .zero)
        close(host.descriptor)
        try await host.group.shutdownGracefully()
        try outcome.get()
    }

    func drain(limit: Duration = .seconds(10)) async {
        let server = server
        await withCheckedContinuation { continuation in
            executor.spawn {
                await server.drain(limit: limit)
                continuation.resume()
            }
        }
    }

    var load: HTTPServer.Load {
        get async {
            let server = server
            return await withCheckedContinuation { continuation in
                executor.run { continuation.resume(returning: server.load) }
            }
        }
    }

    /// What was counted so far.
    var counted: [HTTPServer.Count] { box.all }

    func connect() throws -> WebClient { try WebClient(port: port) }

    /// Sends one request on a connection of its own and takes its answer.
    func answer(to request: String) async throws -> WebClient.Answer {
        let client = try connect()
        client.send(request)
        return try #require(try await client.receive())
    }

    private static func listen() throws -> (Int32, UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                try #require(bind(descriptor, $0, length) == 0)
                try #require(Glibc.listen(descriptor, 1024) == 0)
                try #require(getsockname(descriptor, $0, &length) == 0)
            }
        }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }
}

/// What the server counted, in order.
final class CountBox: Sendable {
    private let counts = Mutex<[HTTPServer.Count]>([])
    var all: [HTTPServer.Count] { counts.withLock { $0 } }
    func append(_ count: HTTPServer.Count) { counts.withLock { $0.append(count) } }
}

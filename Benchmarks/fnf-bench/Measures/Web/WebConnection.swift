import HTTPMessage
import NIOCore
import NIOPosix
import Primitives
import RPCTransport
import RequestSigning

/// A client of the cloud endpoint: one kept connection, one request at a time, signed as the libraries do it.
final class WebConnection: ChannelInboundHandler, @unchecked Sendable { // touched on the shared loop only
    typealias InboundIn = ByteBuffer

    private let key: SigningKey
    private let port: UInt16
    private var channel: (any Channel)?
    private var waiter: CheckedContinuation<String, any Error>?
    private var received = ByteBuffer()

    init(port: UInt16, key: SigningKey) {
        self.port = port
        self.key = key
    }

    func open() async throws {
        channel = try await ClientBootstrap(group: LoopExecutor.shared.eventLoop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(self)
                }
            }
            .connect(host: "127.0.0.1", port: Int(port)).get()
    }

    func close() { channel?.close(promise: nil) }

    /// Returns the answer's body. Throws: another status than 200.
    func call(_ action: String, _ parameters: [(String, String)]) async throws -> String {
        guard let channel else { throw BenchFault("no connection to the cloud endpoint") }
        let text = request(action, parameters)
        return try await withCheckedThrowingContinuation { continuation in
            waiter = continuation
            channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
        }
    }

    /// Sends a request whose answer nobody waits for.
    func send(_ action: String, _ parameters: [(String, String)]) async throws {
        try await channel?.writeAndFlush(ByteBuffer(string: request(action, parameters)))
    }

    private func request(_ action: String, _ parameters: [(String, String)]) -> String {
        var all = FormParameters(
            [("Action", action), ("Version", "2019-03-15"), ("Format", "JSON")] + parameters)
        let world = LiveWorld()
        all.add(RPCSignature.sign("POST", all, key: key, time: world.now, nonce: makeUUID(from: world)))
        let body = all.pairs.map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))" }
            .joined(separator: "&")
        return "POST / HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
            + body
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received.writeImmutableBuffer(unwrapInboundIn(data))
        let text = String(buffer: received)
        guard let end = text.firstRange(of: "\r\n\r\n") else { return }
        let head = text[..<end.lowerBound]
        let length = head.split(separator: "\r\n").first { $0.hasPrefix("Content-Length: ") }
            .flatMap { Int($0.dropFirst("Content-Length: ".count)) }
        guard let length, text[end.upperBound...].utf8.count >= length else { return }
        received.clear()
        let waiter = takeWaiter()
        if head.hasPrefix("HTTP/1.1 200 ") {
            waiter?.resume(returning: String(text[end.upperBound...]))
        } else {
            waiter?.resume(throwing: BenchFault("the cloud endpoint answered \(text)"))
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        takeWaiter()?.resume(throwing: BenchFault("the cloud endpoint closed the connection"))
    }

    /// Before it goes on: it may ask the next thing at once.
    private func takeWaiter() -> CheckedContinuation<String, any Error>? {
        defer { waiter = nil }
        return waiter
    }
}

import BenchReport
import NIOCore
import NIOPosix
import RPCTransport

/// A kept connection to flow-web's port: one request at a time, or a stream of events.
final class KeptConnection: ChannelInboundHandler, @unchecked Sendable { // touched on the shared loop only
    typealias InboundIn = ByteBuffer

    struct Answer: Sendable {
        var status: Int
        var head: String
        var body: String
        /// From the request's last byte to the answer's first. Units: milliseconds.
        var firstByte: Double
    }

    let port: UInt16
    private var channel: (any Channel)?
    private var waiter: CheckedContinuation<Answer, any Error>?
    /// What an event stream is waited for.
    private var listener: (words: String, continuation: CheckedContinuation<Void, any Error>)?
    private var received = ""
    private var asked = ContinuousClock.now
    private var firstByte: Double?

    init(port: UInt16) { self.port = port }

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

    /// - Parameter request: head and body as they go over the wire.
    func ask(_ request: String) async throws -> Answer {
        guard let channel else { throw BenchFault("no connection to flow-web") }
        received = ""
        firstByte = nil
        return try await withCheckedThrowingContinuation { continuation in
            waiter = continuation
            asked = .now
            channel.writeAndFlush(ByteBuffer(string: request), promise: nil)
        }
    }

    /// Sends a request whose answer nobody waits for.
    func send(_ request: String) async throws {
        received = ""
        try await channel?.writeAndFlush(ByteBuffer(string: request))
    }

    /// Waits until the words have come, since the request or the last wait.
    func until(_ words: String) async throws {
        if received.contains(words) { return }
        try await withCheckedThrowingContinuation { listener = (words, $0) }
    }

    /// What has come is not looked at again.
    func forget() { received = "" }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if firstByte == nil { firstByte = (ContinuousClock.now - asked).milliseconds }
        received += String(buffer: unwrapInboundIn(data))
        if let listener, received.contains(listener.words) {
            self.listener = nil
            listener.continuation.resume()
        }
        guard waiter != nil, let end = received.firstRange(of: "\r\n\r\n") else { return }
        let head = String(received[..<end.lowerBound])
        let body = received[end.upperBound...]
        let length = Self.values("Content-Length", in: head).first.flatMap { Int($0) } ?? 0
        guard body.utf8.count >= length else { return }
        let waiter = waiter
        self.waiter = nil
        waiter?.resume(
            returning: Answer(
                status: Int(head.dropFirst(9).prefix(3)) ?? 0, head: head, body: String(body),
                firstByte: firstByte ?? 0))
    }

    static func values(_ field: String, in head: String) -> [String] {
        head.split(separator: "\r\n").filter { $0.hasPrefix("\(field): ") }
            .map { String($0.dropFirst(field.count + 2)) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        let fault = BenchFault("flow-web closed the connection")
        waiter?.resume(throwing: fault)
        listener?.continuation.resume(throwing: fault)
        (waiter, listener) = (nil, nil)
    }
}

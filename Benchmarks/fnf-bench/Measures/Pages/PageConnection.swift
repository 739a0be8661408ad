import BenchReport
import NIOCore
import NIOPosix
import RPCTransport

/// A browser as far as figures need one: one kept connection, one request at a time, a cookie.
final class PageConnection: ChannelInboundHandler, @unchecked Sendable { // touched on the shared loop only
    typealias InboundIn = ByteBuffer

    struct Answer: Sendable {
        var status: Int
        var head: String
        var body: String
        /// From the request's last byte to the answer's first. Units: milliseconds.
        var firstByte: Double
    }

    private let port: UInt16
    private var channel: (any Channel)?
    private var waiter: CheckedContinuation<Answer, any Error>?
    /// What an event stream is waited for.
    private var listener: (words: String, continuation: CheckedContinuation<Void, any Error>)?
    private var received = ""
    private var asked = ContinuousClock.now
    private var firstByte: Double?
    private(set) var cookies: [String: String] = [:]

    init(port: UInt16, cookies: [String: String] = [:]) {
        self.port = port
        self.cookies = cookies
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

    func ask(_ method: String, _ path: String, form: String? = nil) async throws -> Answer {
        guard let channel else { throw BenchFault("no connection to the pages") }
        received = ""
        firstByte = nil
        let text = request(method, path, form)
        return try await withCheckedThrowingContinuation { continuation in
            waiter = continuation
            asked = .now
            channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
        }
    }

    /// Begins to listen to a page's events; returns when the first has come.
    func listen(to path: String) async throws {
        received = ""
        try await channel?.writeAndFlush(ByteBuffer(string: request("GET", path, nil)))
        try await until("event: change")
    }

    /// The next event. What came before it is forgotten.
    func nextEvent() async throws {
        received = ""
        try await until("event: ")
    }

    private func until(_ words: String) async throws {
        if received.contains(words) { return }
        try await withCheckedThrowingContinuation { listener = (words, $0) }
    }

    private func request(_ method: String, _ path: String, _ form: String?) -> String {
        let cookie = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        let body =
            form.map {
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \($0.utf8.count)\r\n\r\n\($0)"
            } ?? "\r\n"
        return "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nAccept: text/html\r\n"
            + (cookie.isEmpty ? "" : "Cookie: \(cookie)\r\n") + body
    }

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
        let lines = head.split(separator: "\r\n")
        let length = lines.first { $0.hasPrefix("Content-Length: ") }.flatMap { Int($0.dropFirst(16)) } ?? 0
        guard body.utf8.count >= length else { return }
        for line in lines where line.hasPrefix("Set-Cookie: ") {
            let pair = line.dropFirst(12).prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { cookies[String(pair[0])] = String(pair[1]) }
        }
        let status = Int(head.dropFirst(9).prefix(3)) ?? 0
        let waiter = waiter
        self.waiter = nil
        waiter?.resume(
            returning: Answer(status: status, head: head, body: String(body), firstByte: firstByte ?? 0))
    }

    func channelInactive(context: ChannelHandlerContext) {
        let fault = BenchFault("the pages closed the connection")
        waiter?.resume(throwing: fault)
        listener?.continuation.resume(throwing: fault)
        (waiter, listener) = (nil, nil)
    }
}

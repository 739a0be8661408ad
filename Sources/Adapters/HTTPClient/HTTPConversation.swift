import Glibc
import HTTPMessage
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOTLS

/// One request and its answer, on one connection, by one deadline.
final class HTTPConversation: @unchecked Sendable { // every member is touched on the loop only
    private let exchange: HTTPExchange
    private let tls: NIOSSLContext?
    private let limits: HTTPClientLimits
    private let eventLoop: any EventLoop
    private var done: ((Result<WebAnswer, HTTPExchangeFault>) -> Void)?
    private var deadline: Scheduled<Void>?
    private var channel: (any Channel)?
    private var headBound: HeadBound?
    private var isOver = false
    /// From the first byte of the request that may have left this host.
    private var isSent = false
    private var head: HTTPResponseHead?
    private var body: [UInt8] = []

    init(_ exchange: HTTPExchange, tls: NIOSSLContext?, limits: HTTPClientLimits, eventLoop: any EventLoop) {
        self.exchange = exchange
        self.tls = tls
        self.limits = limits
        self.eventLoop = eventLoop
    }

    /// Calls `done` once.
    func start(_ done: @escaping @Sendable (Result<WebAnswer, HTTPExchangeFault>) -> Void) {
        eventLoop.preconditionInEventLoop()
        guard !isOver else { return done(.failure(.canceled)) }
        self.done = done
        deadline = eventLoop.scheduleTask(in: TimeAmount(exchange.timeout)) { self.expired() }
        let address: SocketAddress
        do {
            address = try SocketAddress(ipAddress: "\(exchange.address)", port: exchange.port)
        } catch {
            return end(.notConnected("\(exchange.address) is no address of this host's kernel: \(error)"))
        }
        ClientBootstrap(group: eventLoop)
            .connectTimeout(TimeAmount(min(limits.connectTimeout, exchange.timeout)))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try self.prepare(channel) }
            }
            .connect(to: address)
            .whenFailure { self.end(.notConnected(self.text(of: $0))) }
    }

    func cancel() { end(.canceled) }

    private func prepare(_ channel: any Channel) throws {
        if isOver { throw ChannelError.ioOnClosedChannel }
        self.channel = channel
        let bound = HeadBound(bytesMax: limits.headBytesMax) { [self] in
            end(.lost("the head of the answer is longer than \(limits.headBytesMax) bytes"))
        }
        headBound = bound
        let pipeline = channel.pipeline.syncOperations
        if let tls {
            var name: String?
            // An address is not sent as a name; the certificate must have it all the same.
            if case .name(let host)? = exchange.tlsHost { name = host }
            try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: name))
        }
        try pipeline.addHandlers([
            bound, HTTPRequestEncoder(),
            ByteToMessageHandler(HTTPResponseDecoder(leftOverBytesStrategy: .dropBytes)),
            NIOHTTPRequestHeadersValidator(), ConversationHandler(self),
        ])
    }

    private func expired() { end(isSent ? .timedOut : .notConnected("no connection \(within)")) }

    private var within: String { "within \(exchange.timeout)" }

    private func end(_ fault: HTTPExchangeFault) { end(.failure(fault)) }

    private func end(_ outcome: Result<WebAnswer, HTTPExchangeFault>) {
        guard !isOver else { return }
        isOver = true
        deadline?.cancel()
        deadline = nil
        channel?.close(promise: nil)
        channel = nil
        headBound = nil
        done?(outcome)
        done = nil
    }
}

// MARK: - What the connection tells

extension HTTPConversation {
    func connected() { if tls == nil { sendRequest() } }
    func secured() { sendRequest() }

    private func sendRequest() {
        guard !isOver, !isSent, let channel else { return }
        isSent = true
        let request = exchange.request
        var headers = HTTPHeaders(request.head.headers.fields.map { ($0.name, $0.value) })
        headers.replaceOrAdd(name: "Content-Length", value: "\(request.body.count)")
        headers.replaceOrAdd(name: "Connection", value: "close")
        let head = HTTPRequestHead(
            version: .http1_1, method: HTTPMethod(rawValue: request.head.method), uri: request.head.target,
            headers: headers)
        channel.write(HTTPClientRequestPart.head(head), promise: nil)
        if !request.body.isEmpty {
            channel.write(
                HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: request.body))), promise: nil)
        }
        // A peer that answers before it has read everything may close then: its answer counts, not this.
        channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
    }

    func received(_ part: HTTPClientResponsePart) {
        guard !isOver else { return }
        switch part {
        case .head(let head):
            headBound?.isHeadRead = true
            self.head = head
            let length = head.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
            if length > exchange.answerBytesMax { end(.answerTooLarge(bytesMax: exchange.answerBytesMax)) }
        case .body(let buffer):
            guard body.count + buffer.readableBytes <= exchange.answerBytesMax else {
                return end(.answerTooLarge(bytesMax: exchange.answerBytesMax))
            }
            body.append(contentsOf: buffer.readableBytesView)
        case .end:
            guard let head else { return }
            let headers = HeaderList(head.headers.map { ($0.name, $0.value) })
            end(.success(WebAnswer(status: Int(head.status.code), headers: headers, body: .bytes(body))))
        }
    }

    func failed(_ error: any Error) {
        end(isSent ? .lost("the answer broke off: \(text(of: error))") : .notConnected(text(of: error)))
    }

    func closed() {
        end(
            isSent
                ? .lost("the peer closed the connection before the end of its answer")
                : .notConnected("the peer closed the connection before the request was sent"))
    }

    private func text(of error: any Error) -> String {
        switch error {
        case let error as IOError: String(cString: strerror(error.errnoCode))
        case ChannelError.connectTimeout:
            "no connection within \(min(limits.connectTimeout, exchange.timeout))"
        case let error as HTTPParserError: "it is no HTTP (\(error))"
        default: exchange.tlsHost == nil ? "\(error)" : "TLS: \(error)"
        }
    }
}

/// Hands what comes to the conversation.
private final class ConversationHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    private let conversation: HTTPConversation

    init(_ conversation: HTTPConversation) { self.conversation = conversation }

    func channelActive(context: ChannelHandlerContext) { conversation.connected() }
    func channelInactive(context: ChannelHandlerContext) { conversation.closed() }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { conversation.failed(error) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent { conversation.secured() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        conversation.received(unwrapInboundIn(data))
    }
}

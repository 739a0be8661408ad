import HTTPMessage
import NIOCore
import NIOHTTP1
import NIOSSL
import Primitives

extension RequestGate: ChannelDuplexHandler, RemovableChannelHandler {
    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        expect(within: server.limits.idleTimeout)
    }

    func handlerRemoved(context: ChannelHandlerContext) { ended() }

    func channelInactive(context: ChannelHandlerContext) {
        ended()
        context.fireChannelInactive()
    }

    private func ended() {
        guard phase != .closed else { return }
        phase = .closed
        // Whoever would have read the answer is gone.
        work?.cancel()
        work = nil
        context = nil
        disarm()
        forgetRequest()
        waiting.removeAll()
        server.closed(self)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case HTTPParserError.headerOverflow: refuse(.headersTooLarge)
        case let error as HTTPParserError: refuse(.malformed("\(error)"))
        // The connection is broken, or its TLS is: nobody would read an answer.
        default: close()
        }
    }

    /// Nothing is read ahead of a request that already waits for the one before it.
    func read(context: ChannelHandlerContext) {
        if phase == .answering, !waiting.isEmpty { wantsRead = true } else { context.read() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        switch phase {
        case .lingering, .closed: return
        case .answering:
            guard faultBehind == nil else { return }
            // A request is two parts at least.
            if waiting.count >= 2 * server.limits.pipelinedMax {
                faultBehind = .malformed("more than \(server.limits.pipelinedMax) requests were sent at once")
                waiting.removeAll()
            } else {
                waiting.append(part)
            }
        case .idle, .head, .body: take(part)
        }
    }
}

// MARK: - The peer's end

extension RequestGate {
    /// How long an answer may take towards a peer that has said its last word. Who is gone and who only sends
    /// no more look the same: an answer that takes longer waits for something, and is given up.
    private static let lastAnswerPatience = TimeAmount.milliseconds(250)

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { inputEnded() }
        context.fireUserInboundEventTriggered(event)
    }

    private func inputEnded() {
        closesAfterAnswer = true
        switch phase {
        case .idle, .lingering: close()
        case .head, .body: refuse(.malformed("the request ended before its end"))
        case .answering:
            let time = answeringSince + Self.lastAnswerPatience
            guard time > .now() else {
                self.work?.cancel()
                return
            }
            server.eventLoop.scheduleTask(deadline: time) { [weak self] in
                guard let self, phase == .answering else { return }
                work?.cancel()
            }
        case .closed: return
        }
    }
}

// MARK: - Bytes

extension RequestGate {
    /// False when nobody wants them.
    func bytesCame(_ bytes: ByteBuffer) -> Bool {
        switch phase {
        case .lingering, .closed: return false
        case .idle:
            phase = .head
            headBytes = bytes.readableBytes
            beginning = bytes
            expect(within: server.limits.readTimeout)
        case .head: headBytes += bytes.readableBytes
        case .body, .answering: break
        }
        return true
    }

    /// A head that never ends would grow without a bound: the decoder knows none for the request line.
    func bytesWereDecoded() {
        if phase == .head, headBytes > server.limits.headerBytesMax { refuse(.headersTooLarge) }
    }
}

// MARK: - Parts

extension RequestGate {
    private func take(_ part: HTTPServerRequestPart) {
        do throws(WebFault) {
            switch part {
            case .head(let head): try begin(head)
            case .body(let bytes): try add(bytes)
            case .end: letThrough()
            }
        } catch {
            refuse(error)
        }
    }

    private func begin(_ raw: HTTPRequestHead) throws(WebFault) {
        phase = .body
        beginning = nil
        isHTTP10 = (raw.version.major, raw.version.minor) < (1, 1)
        // Nothing of use to us speaks 1.0 and wants to go on.
        if isHTTP10 || !raw.isKeepAlive { closesAfterAnswer = true }
        let head = try WebHead(raw, peer: peer, isSecure: isSecure, limits: server.limits)
        self.head = head
        bodyBytesMax = server.endpoint.bodyBytesMax(of: head)
        let length = raw.contentLength ?? 0
        guard length <= bodyBytesMax else { throw .bodyTooLarge(bytesMax: bodyBytesMax) }
        body.reserveCapacity(min(length, 65_536))
        expect(within: server.limits.readTimeout)
        if raw.expectsContinue, !isHTTP10 {
            let goOn = HTTPResponseHead(version: .http1_1, status: .continue)
            context?.writeAndFlush(wrapOutboundOut(.head(goOn)), promise: nil)
        }
    }

    private func add(_ bytes: ByteBuffer) throws(WebFault) {
        let count = bytes.readableBytes
        guard body.count + count <= bodyBytesMax else { throw .bodyTooLarge(bytesMax: bodyBytesMax) }
        guard server.bodyBytes + count <= server.limits.bodiesBytesMax else {
            throw .overloaded(
                "requests with \(server.bodyBytes) bytes are being worked on, as much as there may be")
        }
        server.bodyBytes += count
        bytes.withUnsafeReadableBytes { body.append(contentsOf: $0) }
    }

    private func letThrough() {
        guard let head else { return }
        phase = .answering
        answeringSince = .now()
        expect(within: nil)
        let line = HTTPRequestHead(version: .http1_1, method: .init(rawValue: head.method), uri: "/")
        context?.fireChannelRead(wrapInboundOut(.head(line)))
        context?.fireChannelRead(wrapInboundOut(.end(nil)))
    }

    /// Goes on with what came behind the request that was answered.
    func takeWaiting() {
        let hadSome = !waiting.isEmpty
        while phase != .answering, phase != .lingering, phase != .closed, let part = waiting.popFirst() {
            if phase == .idle {
                phase = .head
                headBytes = 0
            }
            take(part)
        }
        // Hummingbird's channel hands parts on at the end of a read.
        if hadSome { context?.fireChannelReadComplete() }
        guard phase != .answering || waiting.isEmpty, wantsRead else { return }
        wantsRead = false
        context?.read()
    }

    func forgetRequest() {
        server.bodyBytes -= body.count
        body = []
        head = nil
        beginning = nil
    }
}

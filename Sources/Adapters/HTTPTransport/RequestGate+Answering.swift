import HTTPMessage
import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTP1
import Primitives

extension RequestGate {
    private struct Gone: Error {}

    /// Answers the request that was let through. Called by Hummingbird's channel, once for each, in a task
    /// whose executor is the loop.
    @concurrent
    func respond(_ writer: consuming ResponseWriter) async throws {
        guard let head, phase == .answering else { throw Gone() }
        let request = WebRequest(head, body: body)
        // The endpoint has its own copy of the reference; it is counted until the answer is written.
        let answer = await answer(request)
        guard phase == .answering else { throw Gone() }
        server.noteAnswer(answer.status)
        let response = HTTPResponse(
            status: HTTPResponse.Status(code: answer.status), headerFields: fields(of: answer))
        switch answer.body {
        case .bytes(let bytes) where bytes.isEmpty || head.method == "HEAD":
            try await writer.writeResponse(response)
        case .bytes(let bytes):
            try await writer.write(
                response: response, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        case .stream where head.method == "HEAD": try await writer.writeResponse(response)
        case .stream(let write):
            try await writer.write(
                response: response,
                body: ResponseBody { [self] writer in
                    try await stream(write, to: AnswerSink(writer))
                    try await writer.finish(nil)
                })
        }
    }

    /// Asks the endpoint in a task of its own, which ends when the peer is gone.
    private func answer(_ request: WebRequest) async -> WebAnswer {
        await withCheckedContinuation { continuation in
            work = server.loop.spawn { [endpoint = server.endpoint] in
                continuation.resume(returning: await endpoint.answer(request))
            }
        }
    }

    private func stream(
        _ write: @escaping @Sendable (any WebBodySink) async throws -> Void, to sink: AnswerSink
    ) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            work = server.loop.spawn {
                do {
                    try await write(sink)
                    continuation.resume()
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }

    private static let ownHeaders: Set = ["date", "content-length", "transfer-encoding", "connection"]

    private func fields(of answer: WebAnswer) -> HTTPFields {
        var fields = HTTPFields()
        fields.reserveCapacity(answer.headers.fields.count + 2)
        fields.append(HTTPField(name: .date, value: server.clock.date))
        for field in answer.headers.fields where !Self.ownHeaders.contains(field.name.lowercased()) {
            if let name = HTTPField.Name(field.name) {
                fields.append(HTTPField(name: name, value: field.value))
            }
        }
        if let bytes = answer.bytes, answer.status != 204, answer.status != 304 {
            fields.append(HTTPField(name: .contentLength, value: String(bytes.count)))
        }
        return fields
    }
}

// MARK: - What is written

extension RequestGate {
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            if isHTTP10 { head.version = .http1_0 }
            if closesAfterAnswer { head.headers.replaceOrAdd(name: "Connection", value: "close") }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body: context.write(data, promise: promise)
        case .end:
            guard phase == .answering else { return context.write(data, promise: promise) }
            if closesAfterAnswer, faultBehind == nil {
                let written = promise ?? context.eventLoop.makePromise()
                written.futureResult.whenComplete { [self] _ in close() }
                context.writeAndFlush(data, promise: written)
            } else {
                context.write(data, promise: promise)
                answered()
            }
        }
    }

    /// A peer that does not read its answers gets no further ones, and not much time.
    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if !context.channel.isWritable {
            if phase == .answering { expect(within: server.limits.writeTimeout) }
        } else if phase == .answering {
            expect(within: nil)
            if work == nil, head == nil { goOn() }
        }
        context.fireChannelWritabilityChanged()
    }

    private func answered() {
        work = nil
        forgetRequest()
        if context?.channel.isWritable == true { goOn() } else { expect(within: server.limits.writeTimeout) }
    }

    private func goOn() {
        phase = .idle
        hasAnswered = true
        if let fault = faultBehind { return refuse(fault) }
        expect(within: server.limits.idleTimeout)
        takeWaiting()
        if server.isDraining, phase == .idle { close() }
    }
}

// MARK: - Refusals

extension RequestGate {
    /// Answers a request that can't be read, and ends the connection.
    func refuse(_ fault: WebFault) {
        switch phase {
        case .lingering, .closed: return
        case .answering:
            // The answer that is due comes first.
            if faultBehind == nil { faultBehind = fault }
            waiting.removeAll()
            return
        case .idle, .head, .body: break
        }
        guard let context else { return }
        let head = head ?? beginning.flatMap { WebHead(beginning: $0, peer: peer, isSecure: isSecure) }
        let answer = server.endpoint.refusal(of: fault, head: head)
        server.noteRefusal(fault, answer.status)
        closesAfterAnswer = true
        var headers = HTTPHeaders(fields(of: answer).map { ($0.name.rawName, $0.value) })
        headers.replaceOrAdd(name: "Connection", value: "close")
        let status = HTTPResponseStatus(statusCode: answer.status)
        let version = isHTTP10 ? HTTPVersion.http1_0 : .http1_1
        let hasBody = head?.method != "HEAD"
        forgetRequest()
        phase = .lingering
        expect(within: server.limits.lingerTimeout)
        context.write(
            wrapOutboundOut(.head(HTTPResponseHead(version: version, status: status, headers: headers))),
            promise: nil)
        if hasBody, let bytes = answer.bytes, !bytes.isEmpty {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: bytes)))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { [self] _ in
            self.context?.close(mode: .output, promise: nil)
        }
    }
}

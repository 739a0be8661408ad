import NIOCore
import Primitives
import RPCProtocol

/// One connection of a caller and the calls that wait on it; made when the first call needs it, and again
/// after a loss.
final class ClientLink: @unchecked Sendable { // every member is touched on the loop only, entries check that
    struct Request: Sendable {
        let id: Int64
        let method: String
        let params: JSONValue
        let meta: RPCMeta
        let call: PendingCall
        var items: ItemQueue?
    }

    private struct Outstanding {
        let request: Request
        let deadline: Scheduled<Void>?
        var isSent = false
    }

    private enum State {
        case closed
        case connecting
        case open(FrameChannel)
    }

    private let connector: Connector
    private let limits: WireLimits
    private var state = State.closed
    private var outstanding: [Int64: Outstanding] = [:]
    private var decoder: FrameDecoder
    private var isDone = false

    init(connector: Connector, limits: WireLimits) {
        self.connector = connector
        self.limits = limits
        // A reply may come from a service with a larger limit than ours.
        decoder = FrameDecoder(bytesMax: WireLimits.frameBytesCeiling)
    }

    private var eventLoop: any EventLoop { connector.executor.eventLoop }

    func begin(_ request: Request) {
        eventLoop.preconditionInEventLoop()
        guard !request.call.isFinished else { return }
        outstanding[request.id] = Outstanding(request: request, deadline: armDeadline(of: request))
        switch state {
        case .open(let channel): send(request, over: channel)
        case .connecting: break
        case .closed: connect()
        }
    }

    /// The caller waits no longer. A request that has not left is not sent.
    func abandon(_ id: Int64) {
        eventLoop.preconditionInEventLoop()
        guard let abandoned = outstanding.removeValue(forKey: id) else { return }
        abandoned.deadline?.cancel()
        if abandoned.isSent, case .open(let channel) = state {
            _ = channel.append(.cancel(id: .integer(id)), bytesMax: limits.frameBytesMax)
        }
    }

    /// Nobody uses this link any more.
    func close() {
        eventLoop.preconditionInEventLoop()
        isDone = true
        if case .open(let channel) = state { channel.closeAfterFlush() }
    }

    /// Goes on reading after a full queue of items was emptied.
    func resumeReading() {
        eventLoop.preconditionInEventLoop()
        if case .open(let channel) = state { channel.isPaused = false }
    }

    /// The server answers DeadlineExceeded by itself; ours comes later and speaks for a server that does not
    /// answer.
    private static let deadlineGrace = TimeAmount.seconds(1)

    private func armDeadline(of request: Request) -> Scheduled<Void>? {
        guard let milliseconds = request.meta.deadlineMs else { return nil }
        let delay = TimeAmount.milliseconds(max(0, min(milliseconds, 1 << 40))) + Self.deadlineGrace
        return eventLoop.scheduleTask(in: delay) { [weak self] in
            guard let self else { return }
            let text = "\(request.method) at \(connector.path) gave no answer within \(milliseconds) ms"
            let isSent = outstanding[request.id]?.isSent == true
            request.call.finish(.failure(isSent ? .timedOut(text) : .unreachable("\(text): no connection")))
            request.items?.end()
            abandon(request.id)
        }
    }

    private func connect() {
        state = .connecting
        decoder = FrameDecoder(bytesMax: WireLimits.frameBytesCeiling)
        connector.connect(
            { [self] in
                FrameChannel(executor: connector.executor, readsOnlyWhenWritable: false, owner: self)
            },
            { [self] result in
                // On success the channel has opened by itself.
                if case .failure(let failure) = result {
                    state = .closed
                    failAll(failure)
                }
            })
    }

    private func send(_ request: Request, over channel: FrameChannel) {
        let size = channel.append(
            .request(
                id: .integer(request.id), method: request.method, params: request.params, meta: request.meta),
            bytesMax: limits.frameBytesMax)
        outstanding[request.id]?.isSent = true
        guard size > limits.frameBytesMax else { return }
        let reason =
            "the params of \(request.method) have \(size) bytes, a frame may have \(limits.frameBytesMax)"
        finish(request.id, .failure(.answered(RPCError(.frameTooLarge, reason))))
    }

    private func finish(_ id: Int64, _ outcome: PendingCall.Outcome) {
        guard let finished = outstanding.removeValue(forKey: id) else { return }
        finished.deadline?.cancel()
        finished.request.call.finish(outcome)
        finished.request.items?.end()
    }

    private func failAll(_ failure: RPCFailure) {
        for id in outstanding.keys.sorted() { finish(id, .failure(failure)) }
    }
}

extension ClientLink: FrameChannelOwner {
    func opened(_ channel: FrameChannel, _: any Channel) {
        state = .open(channel)
        if isDone, outstanding.isEmpty { return channel.close() }
        for waiting in outstanding.values.sorted(by: { $0.request.id < $1.request.id }) where !waiting.isSent
        {
            send(waiting.request, over: channel)
        }
    }

    func received(_ bytes: UnsafeRawBufferPointer, on channel: FrameChannel) {
        decoder.feed(bytes)
        do {
            while let message = try decoder.next(RPCMessage.result(of:)) {
                handle(try message.get(), on: channel)
            }
        } catch {
            failAll(.lost("the service at \(connector.path) sent what is not this protocol: \(error)"))
            channel.close()
        }
    }

    private func handle(_ message: RPCMessage, on channel: FrameChannel) {
        switch message {
        case .reply(.integer(let id), let result): finish(id, .success(result))
        case .failure(.integer(let id), let error): finish(id, .failure(.answered(error)))
        case .failure(nil, let error):
            // It can't be told which call is meant; the service closes the connection after most of these.
            failAll(.answered(error))
        case .item(.integer(let id), let item):
            guard let items = outstanding[id]?.request.items else { return }
            if !items.push(item) { channel.isPaused = true }
        // Ids that are not ours, and what only a client sends, belong to no call.
        case .reply, .failure, .item, .request, .cancel: return
        }
    }

    func inputEnded(on channel: FrameChannel) {}
    func becameWritable(_ channel: FrameChannel) {}

    func closed(_ channel: FrameChannel, _ reason: (any Error)?) {
        guard case .open(let current) = state, current === channel else { return }
        state = .closed
        let detail = reason.map { " (\($0))" } ?? ""
        failAll(.lost("the service at \(connector.path) ended the connection before its reply\(detail)"))
    }
}

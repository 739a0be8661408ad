import HTTPMessage
import HummingbirdCore
import NIOCore
import NIOHTTP1
import Primitives

/// One connection between the decoder and Hummingbird's channel: gathers a request whole, within its bounds
/// and its time, lets one through at a time, and answers by itself what can't be read.
///
/// What comes out towards Hummingbird is a bare request line; the request itself is taken by `respond`. So
/// nothing that a peer writes is read by more than one parser.
final class RequestGate: @unchecked Sendable { // every member is touched on the loop only
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    enum Phase {
        /// Nothing of a request has come.
        case idle
        case head
        case body
        case answering
        /// The refusal is written; what still comes is thrown away.
        case lingering
        case closed
    }

    let server: HTTPServer
    let peer: String
    let isSecure: Bool
    var phase = Phase.idle
    var context: ChannelHandlerContext?
    /// Of the request that is being read or answered.
    var head: WebHead?
    var body: [UInt8] = []
    var bodyBytesMax = 0
    /// The first bytes of a head that is not read yet: they tell who a refusal must be worded for.
    var beginning: ByteBuffer?
    /// The head's bytes so far, and perhaps some that came with them.
    var headBytes = 0
    var isHTTP10 = false
    /// When the request was let through.
    var answeringSince = NIODeadline.now()
    /// At least one request was answered.
    var hasAnswered = false
    /// The connection ends with the answer.
    var closesAfterAnswer = false
    /// What came behind a request that is being answered.
    var waiting = CircularBuffer<HTTPServerRequestPart>(initialCapacity: 0)
    /// What was wrong behind a request that is being answered.
    var faultBehind: WebFault?
    var wantsRead = false
    var work: Task<Void, Never>?
    /// When what is awaited now must have happened; nil: whenever.
    var deadline: NIODeadline?
    var alarm: Scheduled<Void>?
    var alarmTime: NIODeadline?

    init(server: HTTPServer, peer: String, isSecure: Bool) {
        self.server = server
        self.peer = peer
        self.isSecure = isSecure
    }

    var isIdle: Bool { phase == .idle }
    var isAnswering: Bool { phase == .answering }

    func close() { context?.close(promise: nil) }

    /// The service is at its bound of connections.
    func turnAway() {
        server.eventLoop.execute { [self] in
            refuse(.overloaded("\(server.limits.connectionsMax) connections are open, the most there may be"))
        }
    }
}

// MARK: - The end of the service

extension RequestGate {
    /// Who has just connected is about to ask something, and would take the end for a refusal.
    func drain() {
        closesAfterAnswer = true
        if phase == .idle, hasAnswered { close() }
    }

    /// What still waits is asked to end; what is still being read is refused.
    func hurry() {
        switch phase {
        case .answering: work?.cancel()
        case .head, .body: refuse(.stopping)
        case .idle, .lingering: close()
        case .closed: return
        }
    }
}

// MARK: - Time

extension RequestGate {
    /// From now on something must happen within this time; nil: whenever. One timer serves a connection: it
    /// is set again only to ring earlier.
    func expect(within limit: Duration?) {
        guard let limit else { return deadline = nil }
        let time = NIODeadline.now() + TimeAmount.nanoseconds(limit.nanosecondsBounded)
        deadline = time
        if let alarmTime, alarmTime <= time { return }
        alarm?.cancel()
        arm(time)
    }

    private func arm(_ time: NIODeadline) {
        alarmTime = time
        alarm = server.eventLoop.scheduleTask(deadline: time) { [weak self] in self?.ring() }
    }

    private func ring() {
        alarm = nil
        alarmTime = nil
        guard let deadline else { return }
        guard deadline <= .now() else { return arm(deadline) }
        switch phase {
        case .head, .body: refuse(.tooSlow)
        // Of an answer that is being written: the peer does not take it.
        case .idle, .answering, .lingering: close()
        case .closed: return
        }
    }

    func disarm() {
        alarm?.cancel()
        alarm = nil
        deadline = nil
    }
}

extension Duration {
    fileprivate var nanosecondsBounded: Int64 {
        let (seconds, attoseconds) = components
        return min(max(seconds, 0), 1 << 32) * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}

import Logging
import NIOCore
import Primitives
import RPCProtocol

/// One accepted connection: carries out what its machine decides.
final class ServerConnection: @unchecked Sendable { // every member is touched on the server's loop only
    /// What all connections of a server share.
    struct Surroundings {
        let executor: LoopExecutor
        let limits: WireLimits
        let logger: Logger
        let metrics: MetricSet
        /// Of each method's requests.
        let requestCounters: [String: MetricSet.Counter]
        /// Called when the connection has closed, and each time its last request ended.
        let becameQuiet: (ServerConnection) -> Void
    }

    private let door: RPCDoor
    let around: Surroundings
    var machine: ConnectionMachine
    private(set) var channel: FrameChannel?
    private var peer: PeerCredentials?
    private var tasks: [ConnectionMachine.Ticket: Task<Void, Never>] = [:]
    private var deadlines: [ConnectionMachine.Ticket: Scheduled<Void>] = [:]
    var streams: [ConnectionMachine.Ticket: StreamBuffer] = [:]
    private var partialFrame: Scheduled<Void>?
    private var lastReceived = NIODeadline.now()
    private var drainIdle: Scheduled<Void>?
    private var drainBegan: NIODeadline?
    private var hasReportedViolation = false
    /// A peer that is refused is often refused thousands of times, and always for one reason.
    private var errorCounters: [RPCErrorName: MetricSet.Counter] = [:]
    private(set) var isClosed = false

    init(door: RPCDoor, machine: ConnectionMachine, around: Surroundings) {
        self.door = door
        self.machine = machine
        self.around = around
    }

    private var eventLoop: any EventLoop { around.executor.eventLoop }

    /// Runs one step of the machine and carries out what follows from it.
    func step(_ body: (inout ConnectionMachine, inout [ConnectionMachine.Effect]) -> Void) {
        var effects: [ConnectionMachine.Effect] = []
        body(&machine, &effects)
        for effect in effects { carryOut(effect) }
        watchDrainIdle()
        if machine.isQuiet { around.becameQuiet(self) }
    }

    private func carryOut(_ effect: ConnectionMachine.Effect) {
        switch effect {
        case .run(let start): run(start)
        case .send(let message): send(message)
        case .refuse(let id, let refusal, let request):
            count(refusal.error.name)
            channel?.append { refusal.encode(id: id, request: request, into: &$0) }
        case .endWaiting(let ticket):
            tasks[ticket]?.cancel()
            dropStream(ticket)
        case .denied(let method, let requestID):
            around.logger.warning(
                "\(method) was denied to uid \(uidText) at the door \(door.rawValue)",
                metadata: [
                    "messageID": "accessDenied", "method": "\(method)", "door": "\(door.rawValue)",
                    "uid": "\(uidText)", "request": "\(requestID)",
                ])
        case .violation(let error):
            // One line a connection: a peer that goes on like that must not fill the journal.
            guard !hasReportedViolation else { return }
            hasReportedViolation = true
            around.logger.notice(
                "a client at the door \(door.rawValue) (uid \(uidText)) broke the protocol: \(error)",
                metadata: ["uid": "\(uidText)", "door": "\(door.rawValue)", "error": "\(error.name.text)"])
        case .closeAfterFlush: channel?.closeAfterFlush()
        }
    }

    private var uidText: String { peer.map { "\($0.uid)" } ?? "unknown" }

    private func send(_ message: RPCMessage) {
        guard let channel else { return }
        if case .failure(_, let error) = message { count(error.name) }
        let size = channel.append(message, bytesMax: around.limits.frameBytesMax)
        guard size > around.limits.frameBytesMax, case .reply(let id, _) = message else { return }
        let error = RPCError(
            .resultTooLarge,
            "the result has \(size) bytes and a frame may have \(around.limits.frameBytesMax): ask for less"
        )
        send(.failure(id: id, error))
    }

    private func count(_ error: RPCErrorName) {
        if let counter = errorCounters[error] { return counter.add() }
        let counter = around.metrics.counter("fnf_rpc_errors_total{name=\"\(error.text)\"}")
        errorCounters[error] = counter
        counter.add()
    }

    // MARK: Handlers

    private func run(_ start: ConnectionMachine.Start) {
        let method = start.entry.description.name
        around.requestCounters[method]?.add()
        let ticket = start.ticket
        let context = RPCContext(request: start.request, door: door, peer: peer, meta: start.meta)
        if let milliseconds = start.meta.deadlineMs {
            let delay = TimeAmount.milliseconds(min(milliseconds, 1 << 40))
            deadlines[ticket] = eventLoop.scheduleTask(in: delay) { [weak self] in
                self?.step { $0.deadlinePassed(ticket, &$1) }
            }
        }
        if case .stream = start.entry.body { streams[ticket] = StreamBuffer() }
        let task = Task(executorPreference: around.executor) {
            let result: Result<JSONValue, RPCError>
            do throws(RPCError) {
                switch start.entry.body {
                case .unary(let body): result = .success(try await body(start.params, context))
                case .stream(let body):
                    let sink = ConnectionSink(connection: self, ticket: ticket)
                    result = .success(try await body(start.params, context, sink))
                }
            } catch {
                result = .failure(self.reported(error, method, context))
            }
            self.handlerReturned(ticket, result)
        }
        // Only waiting can be ended from outside.
        if start.entry.description.kind != .unary { tasks[ticket] = task }
    }

    /// The caller of an internal error learns the request's id, the journal the reason.
    private func reported(_ error: RPCError, _ method: String, _ context: RPCContext) -> RPCError {
        guard error.name == .internalFault else { return error }
        around.logger.error(
            "\(method) failed inside: \(error.message)",
            metadata: [
                "request": "\(context.requestID)", "error": "\(error.name.text)", "method": "\(method)",
            ])
        return RPCError(
            .internalFault,
            "\(method) failed inside the service; journalctl FNF_REQUEST=\(context.requestID) tells why",
            retryable: error.retryable)
    }

    private func handlerReturned(_ ticket: ConnectionMachine.Ticket, _ result: Result<JSONValue, RPCError>) {
        eventLoop.preconditionInEventLoop()
        tasks[ticket] = nil
        if let stream = streams[ticket], !stream.isEmpty, !isClosed {
            streams[ticket]?.end = result
        } else {
            finish(ticket, result)
        }
    }

    func finish(_ ticket: ConnectionMachine.Ticket, _ result: Result<JSONValue, RPCError>) {
        streams[ticket] = nil
        deadlines.removeValue(forKey: ticket)?.cancel()
        step { $0.finished(ticket, result, &$1) }
    }

    // MARK: Draining

    /// How long a connection must be silent before it is closed at a stop. Source: systemd notes, 500 ms
    /// sufficed.
    private static let drainIdle = TimeAmount.milliseconds(500)

    /// A connection that is never so long silent is closed at its first quiet moment after this time, or a
    /// busy peer would hold up a restart. What it sends at that very moment it sends again, under the same
    /// key.
    private static let drainPatience = TimeAmount.seconds(1)

    func drain() {
        drainBegan = .now()
        step { $0.drain(&$1) }
    }

    private func watchDrainIdle() {
        guard let drainBegan, !isClosed else { return }
        drainIdle?.cancel()
        drainIdle = nil
        guard machine.isQuiet else { return }
        guard NIODeadline.now() - drainBegan < Self.drainPatience else {
            channel?.closeAfterFlush()
            return
        }
        drainIdle = eventLoop.scheduleTask(in: Self.drainIdle) { [weak self] in
            self?.channel?.closeAfterFlush()
        }
    }

    func closeNow() { channel?.close() }
}

// MARK: - Bytes

extension ServerConnection: FrameChannelOwner {
    func opened(_ channel: FrameChannel, _ transport: any Channel) {
        self.channel = channel
        peer = PeerCredentials(of: transport)
    }

    func received(_ bytes: UnsafeRawBufferPointer, on _: FrameChannel) {
        lastReceived = .now()
        step { $0.received(bytes, &$1) }
        if machine.holdsPartialFrame, partialFrame == nil {
            watchPartialFrame(TimeAmount(bounded: around.limits.frameIdle))
        }
    }

    private func watchPartialFrame(_ delay: TimeAmount) {
        partialFrame = eventLoop.scheduleTask(in: delay) { [weak self] in
            guard let self else { return }
            partialFrame = nil
            guard machine.holdsPartialFrame else { return }
            let due = lastReceived + TimeAmount(bounded: around.limits.frameIdle)
            let isHeldByUs = channel?.takesMore == false
            if isHeldByUs || due > .now() {
                watchPartialFrame(max(due - .now(), .seconds(1)))
            } else {
                around.logger.notice(
                    "closed a connection at the door \(door.rawValue): half a frame stopped growing")
                channel?.close()
            }
        }
    }

    func inputEnded(on _: FrameChannel) { step { $0.inputEnded(&$1) } }

    func becameWritable(_: FrameChannel) { pumpAll() }

    func closed(_: FrameChannel, _ reason: (any Error)?) {
        guard !isClosed else { return }
        if let reason { around.logger.debug("a connection at the door \(door.rawValue) broke: \(reason)") }
        isClosed = true
        channel = nil
        partialFrame?.cancel()
        drainIdle?.cancel()
        step { $0.connectionClosed(&$1) }
        around.becameQuiet(self)
    }
}

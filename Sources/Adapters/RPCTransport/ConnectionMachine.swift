import Primitives
import RPCProtocol

/// What one connection of a server is: frames in, effects out. No I/O, clock or log.
///
/// Source: wire protocol, "Frame" and "Messages".
struct ConnectionMachine: Sendable {
    /// Names one request of the connection; ids are the client's and may come again after their reply.
    typealias Ticket = Int

    /// A request that passed all checks.
    struct Start: Sendable {
        let ticket: Ticket
        let params: JSONValue
        let meta: RPCMeta
        let request: RequestName
        let entry: HandlerTable.Entry
    }

    enum Effect: Sendable {
        case run(Start)
        case send(RPCMessage)
        /// A request that was kept out by its method's gate.
        case refuse(RPCRequestID, Refusal, RequestName)
        /// The handler waits for nobody any more: cancel its task.
        case endWaiting(Ticket)
        case denied(method: String, requestID: String)
        /// The peer breaks the protocol: worth a line in the log.
        case violation(RPCError)
        case closeAfterFlush
    }

    private struct Flight {
        /// nil once it has its answer.
        var id: RPCRequestID?
        let isWaiting: Bool
        let request: RequestName
    }

    /// A frame, as far as it was read.
    private enum Incoming {
        case message(Result<RPCMessage, RPCMessage.Malformed>)
        case refused(RPCRequestID, Refusal)
    }

    private let table: HandlerTable
    private let door: RPCDoor
    private let limits: WireLimits
    private let requestPrefix: String
    private var decoder: FrameDecoder
    private var flights: [Ticket: Flight] = [:]
    private var tickets: [RPCRequestID: Ticket] = [:]
    private var lastTicket = 0
    private var isInputEnded = false
    private var isDraining = false
    private var isClosing = false

    /// Handlers at work, also those whose caller has gone.
    private(set) var workingCount = 0
    /// Long polls and streams.
    private(set) var waitingCount = 0

    /// - Parameter requestPrefix: makes request ids of this connection differ from those of all others.
    init(table: HandlerTable, door: RPCDoor, limits: WireLimits, requestPrefix: String) {
        self.table = table
        self.door = door
        self.limits = limits
        self.requestPrefix = requestPrefix
        decoder = FrameDecoder(bytesMax: limits.frameBytesMax)
    }

    var holdsPartialFrame: Bool { decoder.holdsPartialFrame && !isClosing }

    /// No handler runs.
    var isIdle: Bool { flights.isEmpty }

    /// No handler runs and nothing is half read.
    var isQuiet: Bool { isIdle && !decoder.holdsPartialFrame }

    mutating func received(_ bytes: UnsafeRawBufferPointer, _ effects: inout [Effect]) {
        guard !isClosing else { return }
        decoder.feed(bytes)
        do {
            let (table, door) = (table, door)
            while !isClosing,
                let incoming = try decoder.next({ payload -> Incoming in
                    if let (id, refusal) = table.refusal(of: payload, through: door) {
                        return .refused(id, refusal)
                    }
                    return .message(RPCMessage.result(of: payload))
                })
            {
                switch incoming {
                case .message(let message): handle(message, &effects)
                case .refused(let id, let refusal): refuse(id, refusal, &effects)
                }
            }
        } catch {
            guard case .badLength(let declared, let limit) = error else { return }
            let reason = "the frame's length is \(declared); it must be from 1 to \(limit) bytes"
            close(
                RPCError(.frameTooLarge, reason, details: ["frameBytesMax": .integer(Int64(limit))]), &effects
            )
        }
    }

    private mutating func close(_ error: RPCError, _ effects: inout [Effect]) {
        effects.append(.violation(error))
        effects.append(.send(.failure(id: nil, error)))
        effects.append(.closeAfterFlush)
        isClosing = true
    }

    private mutating func handle(
        _ message: Result<RPCMessage, RPCMessage.Malformed>, _ effects: inout [Effect]
    ) {
        do throws(RPCMessage.Malformed) {
            switch try message.get() {
            case .request(let id, let method, let params, let meta):
                request(id, method, params, meta, &effects)
            case .cancel(let id): cancel(id, &effects)
            case .reply, .failure, .item:
                let reason = "a client sends requests and rpc.cancel, no replies and items"
                effects.append(.send(.failure(id: nil, RPCError(.invalidRequest, reason))))
            }
        } catch {
            effects.append(.violation(error.error))
            effects.append(.send(.failure(id: error.id, error.error)))
        }
    }

    private mutating func refuse(_ id: RPCRequestID, _ refusal: Refusal, _ effects: inout [Effect]) {
        guard tickets[id] == nil else { return closeForReuse(of: id, &effects) }
        lastTicket += 1
        effects.append(.refuse(id, refusal, RequestName(requestPrefix, number: lastTicket)))
    }

    private mutating func closeForReuse(of id: RPCRequestID, _ effects: inout [Effect]) {
        close(RPCError(.invalidRequest, "the id \(id) is in flight already"), &effects)
    }

    private mutating func request(
        _ id: RPCRequestID, _ method: String, _ params: JSONValue, _ meta: RPCMeta, _ effects: inout [Effect]
    ) {
        guard tickets[id] == nil else { return closeForReuse(of: id, &effects) }
        lastTicket += 1
        let name = RequestName(requestPrefix, number: lastTicket)
        do throws(RPCError) {
            let entry = try table.entry(for: method, through: door)
            try admit(entry, meta)
            let isWaiting = entry.description.kind != .unary
            if isWaiting { waitingCount += 1 } else { workingCount += 1 }
            flights[lastTicket] = Flight(id: id, isWaiting: isWaiting, request: name)
            tickets[id] = lastTicket
            let start = Start(
                ticket: lastTicket, params: params, meta: meta, request: name, entry: entry)
            effects.append(.run(start))
        } catch {
            var error = error
            error.requestID = name.text
            if error.name == .accessDenied { effects.append(.denied(method: method, requestID: name.text)) }
            effects.append(.send(.failure(id: id, error)))
        }
    }

    /// Whether there is room and time for one more.
    private func admit(_ entry: HandlerTable.Entry, _ meta: RPCMeta) throws(RPCError) {
        if let deadline = meta.deadlineMs, deadline <= 0 { throw Self.deadlineExceeded }
        if entry.description.kind == .unary {
            guard workingCount < limits.requestsInFlightMax else {
                throw .throttled(
                    "\(workingCount) requests of this connection are in flight, the most there may be",
                    retryAfter: .milliseconds(100))
            }
        } else {
            if isDraining { throw .stopping }
            guard waitingCount < limits.waitsInFlightMax else {
                throw .throttled(
                    "\(waitingCount) streams and long polls of this connection are open, the most allowed",
                    retryAfter: .seconds(1))
            }
        }
    }

    private static let deadlineExceeded = RPCError(
        .deadlineExceeded, "the deadline passed before the answer; a change that has begun completes",
        retryable: true)
}

// MARK: - How a request ends

extension ConnectionMachine {
    private mutating func cancel(_ id: RPCRequestID, _ effects: inout [Effect]) {
        // One that has its reply already: the cancel and the reply have crossed.
        guard let ticket = tickets[id] else { return }
        answer(
            ticket, RPCError(.canceled, "canceled by the caller; a change that has begun completes"), &effects
        )
    }

    mutating func deadlinePassed(_ ticket: Ticket, _ effects: inout [Effect]) {
        answer(ticket, Self.deadlineExceeded, &effects)
    }

    /// Answers before the handler has; work goes on, waiting ends.
    private mutating func answer(_ ticket: Ticket, _ error: RPCError, _ effects: inout [Effect]) {
        guard let flight = flights[ticket], let id = flight.id else { return }
        var error = error
        error.requestID = flight.request.text
        effects.append(.send(.failure(id: id, error)))
        if flight.isWaiting { effects.append(.endWaiting(ticket)) }
        tickets[id] = nil
        flights[ticket]?.id = nil
        closeIfDone(&effects)
    }

    /// The handler has returned and all items are on their way.
    mutating func finished(_ ticket: Ticket, _ result: Result<JSONValue, RPCError>, _ effects: inout [Effect])
    {
        guard let flight = flights.removeValue(forKey: ticket) else { return }
        if flight.isWaiting { waitingCount -= 1 } else { workingCount -= 1 }
        if let id = flight.id {
            tickets[id] = nil
            switch result {
            case .success(let value): effects.append(.send(.reply(id: id, result: value)))
            case .failure(var error):
                error.requestID = flight.request.text
                effects.append(.send(.failure(id: id, error)))
            }
        }
        closeIfDone(&effects)
    }

    /// The id to send an item under, nil when its stream is over.
    func wireID(of ticket: Ticket) -> RPCRequestID? { flights[ticket]?.id }

    /// The peer has closed its sending side: what is in flight is answered, then we close.
    mutating func inputEnded(_ effects: inout [Effect]) {
        isInputEnded = true
        closeIfDone(&effects)
    }

    private mutating func closeIfDone(_ effects: inout [Effect]) {
        guard isInputEnded, tickets.isEmpty, !isClosing else { return }
        isClosing = true
        effects.append(.closeAfterFlush)
    }

    /// The service is stopping: nobody waits any longer, work goes on.
    mutating func drain(_ effects: inout [Effect]) {
        isDraining = true
        for ticket in flights.filter({ $0.value.isWaiting }).keys.sorted() {
            answer(ticket, .stopping, &effects)
        }
    }

    /// The peer is gone: nobody waits any longer, work goes on unheard.
    mutating func connectionClosed(_ effects: inout [Effect]) {
        isClosing = true
        tickets = [:]
        for (ticket, flight) in flights {
            flights[ticket]?.id = nil
            if flight.isWaiting { effects.append(.endWaiting(ticket)) }
        }
    }
}

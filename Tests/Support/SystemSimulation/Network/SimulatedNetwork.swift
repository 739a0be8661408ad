import LoopSupport
import Primitives
import RPCProtocol

/// What lies between the processes: it delays, repeats, reorders and loses what they send, and can be cut between any
/// two of them. Each message is written and parsed by the product's own code.
final class SimulatedNetwork: @unchecked Sendable { // touched by the one thread of the simulation only
    /// As long as a caller goes on trying to connect to a service that is down. Units: microseconds.
    static let patience: Int64 = 5_000_000

    struct Way: Hashable {
        let from: String
        let to: String
    }

    let system: SimulatedSystem
    private var chance: Chance
    private var cuts: Set<Set<String>> = []
    private var flights: [Int: Flight] = [:]
    private var made = 0
    /// When the last message of a way arrives: without reordering the next one comes behind it.
    private var lastArrivals: [Way: Int64] = [:]
    /// Looks at each request when it leaves; the reason it must not.
    var onDeparture: (Flight, JSONValue) -> Void = { _, _ in }

    init(_ system: SimulatedSystem, seed: UInt64) {
        self.system = system
        chance = Chance(seed: seed, of: "network")
    }

    private var queue: EventQueue { system.queue }
    private var plan: FaultPlan { system.plan }

    func isCut(_ one: String, _ other: String) -> Bool { cuts.contains([one, other]) }

    // MARK: Requests

    func depart(
        _ caller: SimulatedCaller, _ method: String, _ params: JSONValue, _ meta: RPCMeta, isStream: Bool
    ) -> Flight {
        made += 1
        var meta = meta
        if system.bugs.stripsKey(&chance) { meta.idempotencyKey = nil }
        let flight = Flight(
            number: made, method: method, from: caller.from, loop: caller.loop, to: caller.to,
            door: caller.door, meta: meta, isStream: isStream)
        guard caller.loop.isAlive else { return flight }
        flights[flight.number] = flight
        onDeparture(flight, params)
        var frame: [UInt8] = []
        RPCMessage.request(id: .integer(Int64(made)), method: method, params: params, meta: meta)
            .encode(into: &frame)
        system.note("\(caller.loop.name) → \(flight.to) \(method) #\(made) \(Trace.mark(frame))")
        armDeadline(of: flight)
        send(flight, frame)
        return flight
    }

    private func send(_ flight: Flight, _ frame: [UInt8]) {
        if plan.draws(.lostRequest, &chance) {
            system.count(.lostRequest)
            return fail(flight, .lost("the connection ended"), after: chance.spread(100, 2_000_000))
        }
        let way = Way(from: flight.from.name, to: flight.to)
        queue.at(arrival(on: way, from: flight.sent)) { [self] in arrive(flight, frame) }
        guard !flight.isStream, plan.draws(.duplicate, &chance) else { return }
        queue.at(flight.sent + delay() + chance.spread(100, 4_000_000)) { [self] in
            guard !isCut(way.from, way.to), didLeave(flight) else { return }
            serve(flight, frame, isCopy: true)
        }
    }

    private func delay() -> Int64 {
        if plan.draws(.delay, &chance) {
            system.count(.delay)
            return chance.spread(1_000, 20_000_000)
        }
        return chance.number(20...300)
    }

    private func arrival(on way: Way, from time: Int64) -> Int64 {
        var arrival = time + delay()
        if plan.draws(.reorder, &chance) {
            system.count(.reorder)
        } else {
            arrival = max(arrival, lastArrivals[way, default: 0] + 1)
            lastArrivals[way] = arrival
        }
        return arrival
    }

    /// What a process did in the turn in which it died never left it.
    private func didLeave(_ flight: Flight) -> Bool {
        flight.fromLoop.isAlive || flight.sent < flight.from.died(flight.fromLoop)
    }

    private func arrive(_ flight: Flight, _ frame: [UInt8]) {
        guard flight.isOpen, didLeave(flight) else { return }
        guard !isCut(flight.from.name, flight.to), system.process(flight.to).isServing else {
            // The caller goes on trying to connect for a while.
            guard queue.now - flight.sent < Self.patience else {
                return fail(flight, .unreachable("\(flight.to) can't be reached"), after: 0)
            }
            queue.after(chance.number(10_000...500_000)) { [self] in arrive(flight, frame) }
            return
        }
        serve(flight, frame, isCopy: false)
    }

    private func serve(_ flight: Flight, _ frame: [UInt8], isCopy: Bool) {
        let process = system.process(flight.to)
        guard process.isServing, let loop = process.loop, let table = process.table else { return }
        if isCopy { system.count(.duplicate) } else { flight.reached = loop }
        system.note("\(loop.name) gets #\(flight.number)\(isCopy ? " again" : "")")
        loop.submit { [self] in handle(flight, frame, table, loop, isCopy: isCopy) }
    }

    private func handle(
        _ flight: Flight, _ frame: [UInt8], _ table: HandlerTable, _ loop: SimulatedLoop, isCopy: Bool
    ) {
        guard case .request(_, let method, let params, let meta) = Self.decode(frame) else {
            return system.fail("a request that was written can't be read: \(flight.method)")
        }
        let context = RPCContext(
            requestID: "r\(flight.number)", door: flight.door, peer: nil, meta: meta)
        let bug = system.process(flight.to).around.flatMap {
            BuggyAnswers.before(method, of: flight.to, $0)
        }
        do throws(RPCError) {
            let entry = try table.entry(for: method, through: flight.door)
            let serving = Serving(
                flight, on: loop, isWaiting: entry.description.kind != .unary, isCopy: isCopy)
            if !isCopy { flight.serving = serving }
            armDeadline(of: serving)
            serving.task = loop.spawn { [self] in
                let result: Result<JSONValue, RPCError>
                do throws(RPCError) {
                    switch entry.body {
                    case .unary(let body):
                        guard let bug else {
                            result = .success(try await body(params, context))
                            break
                        }
                        result = .success(try await bug(params, context, body))
                    case .stream(let body):
                        let sink = SimulatedSink(network: self, serving: serving)
                        result = .success(try await body(params, context, sink))
                    }
                } catch {
                    result = .failure(error)
                }
                answer(serving, result)
            }
        } catch {
            answer(Serving(flight, on: loop, isWaiting: false, isCopy: isCopy), .failure(error))
        }
    }

    static func decode(_ frame: [UInt8]) -> RPCMessage? {
        var decoder = FrameDecoder(bytesMax: WireLimits.frameBytesCeiling)
        decoder.feed(frame)
        guard let payload = try? decoder.next() else { return nil }
        return try? RPCMessage.decode(payload)
    }
}

// MARK: - Answers and items

extension SimulatedNetwork {
    private func answer(_ serving: Serving, _ result: Result<JSONValue, RPCError>) {
        serving.deadline?.cancel()
        guard serving.isHeard else { return }
        serving.isAnswered = true
        let flight = serving.flight
        let message: RPCMessage
        var refusal = ""
        switch result {
        case .success(let value): message = .reply(id: .integer(Int64(flight.number)), result: value)
        case .failure(let error):
            message = .failure(id: .integer(Int64(flight.number)), error)
            refusal = " \(error)"
        }
        var frame: [UInt8] = []
        message.encode(into: &frame)
        system.note("\(serving.loop.name) answers #\(flight.number) \(Trace.mark(frame))\(refusal)")
        let left = serving.loop.virtualNow
        if plan.draws(.lostReply, &chance) {
            system.count(.lostReply)
            return fail(flight, .lost("the connection ended before the reply"), after: delay())
        }
        let way = Way(from: flight.to, to: flight.from.name)
        queue.at(max(arrival(on: way, from: left), serving.lastArrival + 1)) { [self] in
            guard leftBeforeDeath(serving, left) else {
                return fail(flight, .lost("\(flight.to) died before its reply"), after: 0)
            }
            guard !flight.isCut else { return }
            switch Self.decode(frame) {
            case .reply(_, let value): finish(flight, .success(value))
            case .failure(_, let error): finish(flight, .failure(.answered(error)))
            default: system.fail("an answer that was written can't be read: \(flight.method)")
            }
        }
    }

    private func leftBeforeDeath(_ serving: Serving, _ time: Int64) -> Bool {
        serving.loop.isAlive || time < system.process(serving.flight.to).died(serving.loop)
    }

    private func finish(_ flight: Flight, _ outcome: AwaitedReply.Outcome) {
        guard flight.fromLoop.isAlive, flight.isOpen else { return }
        flight.fromLoop.submit { [self] in
            if flight.reply.finish(outcome) { system.note("\(flight.fromLoop.name) has #\(flight.number)") }
            flights[flight.number] = nil
        }
    }

    private func fail(_ flight: Flight, _ failure: RPCFailure, after delay: Int64) {
        queue.after(delay) { [self] in finish(flight, .failure(failure)) }
    }

    func send(_ item: JSONValue, of serving: Serving) {
        let flight = serving.flight
        var frame: [UInt8] = []
        RPCMessage.item(id: .integer(Int64(flight.number)), item).encode(into: &frame)
        serving.behind += 1
        let left = serving.loop.virtualNow
        serving.lastArrival = max(left + delay(), serving.lastArrival + 1)
        system.note("\(serving.loop.name) item of #\(flight.number) \(Trace.mark(frame))")
        queue.at(serving.lastArrival) { [self] in
            guard flight.isOpen, flight.fromLoop.isAlive, leftBeforeDeath(serving, left),
                !flight.isCut, case .item(_, let item) = Self.decode(frame)
            else { return }
            flight.fromLoop.submit { flight.reply.push(item) }
        }
    }

    /// The reader has handled an item.
    func handled(_ flight: Flight) {
        guard let serving = flight.serving else { return }
        serving.behind -= 1
        guard serving.behind <= SimulatedSink.behindGood, !serving.roomWaiters.isEmpty else { return }
        queue.after(0) { if serving.loop.isAlive { serving.loop.submit { serving.makeRoom() } } }
    }
}

// MARK: - What ends calls otherwise

extension SimulatedNetwork {
    private func armDeadline(of flight: Flight) {
        guard let milliseconds = flight.meta.deadlineMs else { return }
        let limit = min(milliseconds, 1 << 40) * 1000 + 1_000_000
        queue.at(flight.sent + limit) { [self] in
            guard flight.isOpen else { return }
            finish(flight, .failure(.timedOut("\(flight.method) gave no answer within \(milliseconds) ms")))
        }
    }

    private func armDeadline(of serving: Serving) {
        guard let milliseconds = serving.flight.meta.deadlineMs else { return }
        serving.deadline = serving.loop.after(.milliseconds(min(milliseconds, 1 << 40))) { [self] in
            serving.endWaiting()
            answer(serving, .failure(RPCError(.deadlineExceeded, "the deadline has passed", retryable: true)))
        }
    }

    /// The caller wants no answer any more.
    func cancel(_ flight: Flight) {
        guard flight.reply.finish(.failure(.canceled)) else { return }
        flights[flight.number] = nil
        guard flight.fromLoop.isAlive else { return }
        queue.after(delay()) { [self] in hangUp(flight) }
    }

    private func hangUp(_ flight: Flight) {
        guard let serving = flight.serving, serving.loop.isAlive else { return }
        serving.loop.submit { serving.endWaiting() }
    }

    /// A process has died: its callers learn that their connections ended, and whoever serves it that nobody waits.
    func noteDeath(of process: SimulatedProcess, _ loop: SimulatedLoop) {
        for number in flights.keys.sorted() {
            guard let flight = flights[number] else { continue }
            if flight.fromLoop === loop {
                flights[number] = nil
                queue.after(delay()) { [self] in hangUp(flight) }
            } else if flight.reached === loop {
                let failure = RPCFailure.lost("\(process.name) ended the connection before its reply")
                fail(flight, failure, after: delay())
            }
        }
    }

    func cut(_ one: String, _ other: String) {
        cuts.insert([one, other])
        for number in flights.keys.sorted() {
            guard let flight = flights[number], [flight.from.name, flight.to] as Set == [one, other] else {
                continue
            }
            guard flight.reached != nil else { continue }
            flight.isCut = true
            fail(flight, .lost("the connection was cut"), after: chance.spread(1_000, 1_000_000))
            queue.after(chance.spread(1_000, 1_000_000)) { [self] in hangUp(flight) }
        }
    }

    func heal(_ one: String, _ other: String) { cuts.remove([one, other]) }

    func healAll() { cuts = [] }
}

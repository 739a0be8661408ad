import LoopSupport
import Primitives
import RPCProtocol

/// One call on its way: what its caller waits for, and what runs for it at the other end.
final class Flight: @unchecked Sendable { // touched by the one thread of the simulation only
    let reply = AwaitedReply()
    let number: Int
    let method: String
    let from: SimulatedProcess
    /// The incarnation of the caller: its successor hears nothing of this.
    let fromLoop: SimulatedLoop
    let to: String
    let door: RPCDoor
    let meta: RPCMeta
    /// When it left. Units: microseconds of virtual time.
    let sent: Int64
    let isStream: Bool

    /// What runs for it at the other end.
    var serving: Serving?
    /// The incarnation that its request has reached.
    var reached: SimulatedLoop?
    /// Its connection is cut: nothing passes any more, and the caller will learn it.
    var isCut = false

    init(
        number: Int, method: String, from: SimulatedProcess, loop: SimulatedLoop, to: String, door: RPCDoor,
        meta: RPCMeta, isStream: Bool
    ) {
        self.number = number
        self.method = method
        self.from = from
        fromLoop = loop
        self.to = to
        self.door = door
        self.meta = meta
        self.isStream = isStream
        sent = loop.virtualNow
    }

    var isOpen: Bool { reply.isOpen }
}

/// What runs at the called end. A request that the network delivers twice has two of them, of which the second answers
/// nobody.
final class Serving: @unchecked Sendable { // touched by the one thread of the simulation only
    let flight: Flight
    let loop: SimulatedLoop
    let isCopy: Bool
    /// Long polls and streams: the end of their connection ends their waiting.
    let isWaiting: Bool
    var task: Task<Void, Never>?
    var deadline: (any LoopTimer)?
    var isAnswered = false
    /// When the last item arrives, which the reply must not overtake.
    var lastArrival: Int64 = 0
    /// Items that left and are not handled yet.
    var behind = 0
    var roomWaiters: [CheckedContinuation<Void, Never>] = []

    init(_ flight: Flight, on loop: SimulatedLoop, isWaiting: Bool, isCopy: Bool) {
        self.flight = flight
        self.loop = loop
        self.isWaiting = isWaiting
        self.isCopy = isCopy
    }

    /// Whether somebody still reads what this sends.
    var isHeard: Bool {
        !isCopy && !isAnswered && flight.isOpen && !flight.isCut && flight.fromLoop.isAlive && loop.isAlive
    }

    func makeRoom() {
        let waiters = roomWaiters
        roomWaiters = []
        for waiter in waiters { waiter.resume() }
    }

    /// The connection is gone: waiting ends, a change that has begun completes.
    func endWaiting() {
        guard isWaiting, loop.isAlive else { return }
        task?.cancel()
        makeRoom()
    }
}

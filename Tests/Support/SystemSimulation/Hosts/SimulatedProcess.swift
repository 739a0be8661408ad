import FaultyDisk
import Primitives
import RPCProtocol

/// What a process runs: built as the service's executable builds it.
struct SimulatedService: Sendable {
    let methods: HandlerTable
    var recover: @Sendable () async throws -> Void = {}
    var start: @Sendable () async -> Void = {}
    /// Looks at what is committed, after each turn and once after recovery.
    var inspect: @Sendable (_ isFirst: Bool) -> Void = { _ in }
    /// Ends it in order, at the end of a run.
    var drain: @Sendable () async -> Void = {}
}

/// What a service is built with.
struct SimulatedSurroundings: Sendable {
    let process: SimulatedProcess
    let loop: SimulatedLoop
    let world: SimulatedWorld
    let system: SimulatedSystem

    func caller(_ service: String, _ door: RPCDoor) -> any RPCCaller {
        SimulatedCaller(
            network: system.network, from: process, loop: loop, to: service, door: door)
    }

    /// Only for processes that have a disk.
    var databasePath: String { process.disk?.disk.path("\(process.name).sqlite") ?? "" }

    /// The process ends itself, as after a sync that failed.
    func end(because reason: String) {
        system.note("\(loop.name) ends itself: \(reason)")
        process.die(loop)
    }
}

/// A process of one host that is started, killed and started again.
final class SimulatedProcess: @unchecked Sendable { // touched by the one thread of the simulation only
    typealias Build = @Sendable (SimulatedSurroundings) throws -> SimulatedService

    enum State {
        case down, starting, serving
    }

    let name: String
    let clock: SimulatedClock
    var disk: ProcessDisk?
    private let system: SimulatedSystem
    private let build: Build
    private var chance: Chance

    private(set) var state = State.down
    private(set) var loop: SimulatedLoop?
    private(set) var service: SimulatedService?
    private(set) var around: SimulatedSurroundings?
    private(set) var incarnation = 0
    private var deaths: [String: Int64] = [:]
    private var jobsToLive: Int?
    private var wantsPowerCut = false
    private var diedInCommit = false
    /// Until it is ended in order.
    var isWatched = true

    init(
        _ name: String, clock: SimulatedClock, _ system: SimulatedSystem, seed: UInt64, build: @escaping Build
    ) {
        self.name = name
        self.clock = clock
        self.system = system
        self.build = build
        chance = Chance(seed: seed, of: name)
    }

    var isServing: Bool { state == .serving }
    var table: HandlerTable? { service?.methods }

    /// When an incarnation died. Units: microseconds of virtual time.
    func died(_ loop: SimulatedLoop) -> Int64 { deaths[loop.name] ?? .max }

    func start() {
        guard state == .down else { return }
        incarnation += 1
        let loop = SimulatedLoop(
            name: "\(name).\(incarnation)", clock: clock, queue: system.queue,
            losesTimer: { [self] in system.bugs.losesTimer(&chance) })
        self.loop = loop
        state = .starting
        jobsToLive = nil
        loop.wakeDelay = { [self] in chance.number(0...40) }
        loop.diskWait = { [disk] in disk?.wait ?? 0 }
        loop.onTurn = { [disk] in disk?.noteTurn() }
        loop.onTurnEnd = { [self] in turnEnded(loop) }
        loop.diesNow = { [self] in jobDone(loop) }
        system.note("\(loop.name) starts")
        let world = SimulatedWorld(loop, seed: chance.bits())
        let around = SimulatedSurroundings(process: self, loop: loop, world: world, system: system)
        self.around = around
        loop.spawn { await self.live(around) }
    }

    private func live(_ around: SimulatedSurroundings) async {
        let loop = around.loop
        do {
            let service = try build(around)
            try await service.recover()
            guard loop.isAlive else { return }
            self.service = service
            service.inspect(true)
            state = .serving
            system.promises.servedAgain(name)
            system.note("\(loop.name) serves")
            if mayLosePower { losePowerSoon(loop) }
            await service.start()
        } catch {
            system.note("\(loop.name) can't start: \(error)")
            system.startsRefused += 1
            die(loop)
        }
    }

    private func turnEnded(_ loop: SimulatedLoop) {
        disk?.countFaults()
        if disk?.isDead == true {
            diedInCommit = loop.isAlive
            die(loop)
        }
        guard loop.isAlive, state == .serving, isWatched else { return }
        service?.inspect(false)
    }

    private func jobDone(_ loop: SimulatedLoop) -> Bool {
        guard var jobs = jobsToLive else { return !loop.isAlive }
        jobs -= 1
        jobsToLive = jobs
        guard jobs <= 0 else { return !loop.isAlive }
        jobsToLive = nil
        kill(.killInTurn)
        return true
    }

    func killInTurn(after jobs: Int) { jobsToLive = jobs }

    /// - Parameter kind: a power cut also takes what is not synced.
    func kill(_ kind: FaultKind) {
        wantsPowerCut = wantsPowerCut || kind == .powerCut
        guard let loop, loop.isAlive else { return }
        system.count(kind)
        system.note("\(kind.rawValue) of \(loop.name)")
        disk?.disk.kill()
        die(loop)
    }

    /// The incarnation is no more; the next one comes after a while.
    func die(_ loop: SimulatedLoop) {
        guard loop.isAlive else { return }
        deaths[loop.name] = loop.virtualNow
        loop.die()
        state = .down
        service = nil
        // What it left open answers with errors from now on.
        disk?.disk.kill()
        system.network.noteDeath(of: self, loop)
        let pause = system.plan.isActive ? chance.spread(20_000, system.plan.restartMax) : 100_000
        system.queue.after(pause) { [self] in
            revive()
            start()
        }
    }

    /// A predecessor died in the middle of a commit: what it wrote may be read, and is not synced by that.
    private var mayLosePower: Bool {
        diedInCommit && system.plan.has(.powerCut) && chance.holds(perMille: 400)
    }

    private func losePowerSoon(_ loop: SimulatedLoop) {
        diedInCommit = false
        system.queue.after(chance.spread(10, 500_000)) { [self] in
            if loop.isAlive { kill(.powerCut) }
        }
    }

    private func revive() {
        guard let disk else { return }
        if wantsPowerCut {
            let survival = disk.disk.powerCut(seed: chance.bits())
            system.note("the power of \(name) comes back, \(survival) of the unsynced is there")
        } else {
            disk.disk.restart()
        }
        wantsPowerCut = false
    }
}

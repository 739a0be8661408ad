import FaultyDisk
import Primitives
import RPCProtocol

/// A process that is started, dies and is started again, with a disk that outlives it.
final class HostProcess: @unchecked Sendable { // touched by the one thread of its stage only
    /// What runs in it, built as its executable builds it.
    struct Service: @unchecked Sendable { // stays on the one thread of its stage
        let methods: HandlerTable
        var recover: () async throws -> Void = {}
        var start: () async -> Void = {}
        var drain: () async -> Void = {}
    }

    /// What happens to the disk between two incarnations.
    enum Revival: Sendable, Hashable, CustomStringConvertible {
        /// As after SIGKILL or exit: what was written is there.
        case restart
        case powerCut(FaultyDisk.Survival, seed: UInt64)

        var description: String {
            switch self {
            case .restart: "restart"
            case .powerCut(let survival, let seed): "power cut leaving \(survival) (seed \(seed))"
            }
        }
    }

    typealias Build = (HostProcess, StageLoop) throws -> Service

    static let restartPause = Duration.milliseconds(100)

    let name: String
    /// nil: a process that keeps nothing, and never dies.
    let disk: FaultyDisk?
    private unowned let town: CrashTown
    private let build: Build
    private(set) var loop: StageLoop?
    private(set) var table: HandlerTable?
    private(set) var service: Service?
    private(set) var starts = 0
    /// Deaths, each by its reason.
    private(set) var deaths: [String] = []
    private var graves: [(loop: StageLoop, service: Service?)] = []
    private var faultsAtStart: UInt64 = 0
    var revivals: [Revival] = []
    /// Planned when the second incarnation begins: so many operations on, it dies too.
    var secondKill: UInt64?

    init(_ name: String, disk: FaultyDisk?, town: CrashTown, build: @escaping Build) {
        self.name = name
        self.disk = disk
        self.town = town
        self.build = build
    }

    /// Whether this incarnation may still do anything that others see.
    func isAlive(_ loop: StageLoop) -> Bool { self.loop === loop && loop.isAlive && disk?.isDead != true }

    /// Whether the disk has failed it and it goes on.
    var hasMetFault: Bool { (disk?.faults ?? 0) > faultsAtStart }

    func start() {
        starts += 1
        faultsAtStart = disk?.faults ?? 0
        let loop = StageLoop(town.stage)
        self.loop = loop
        loop.hasDied = { [unowned self, unowned loop] in
            if disk?.isDead == true { die("killed by its disk") }
            return !loop.isAlive
        }
        loop.spawn { await self.live(loop) }
    }

    private func live(_ loop: StageLoop) async {
        do {
            let service = try build(self, loop)
            try await service.recover()
            guard isAlive(loop) else { return }
            (self.service, table) = (service, service.methods)
            await service.start()
        } catch {
            if isAlive(loop) { die("can't start: \(error)") }
        }
    }

    /// The incarnation is no more; the next one comes after a moment.
    func die(_ reason: String) {
        guard let loop, loop.isAlive else { return }
        deaths.append(reason)
        graves.append((loop, service))
        (table, service) = (nil, nil)
        loop.die()
        guard deaths.count < 50 else { return town.fault("\(name) dies again and again: \(reason)") }
        _ = town.stage.arm(town.stage.now.advanced(by: Self.restartPause)) { [self] in revive() }
    }

    private func revive() {
        guard let disk else { return }
        let revival = revivals.isEmpty ? .restart : revivals.removeFirst()
        switch revival {
        case .restart: disk.restart()
        case .powerCut(let survival, let seed): disk.powerCut(survival, seed: seed)
        }
        if let count = secondKill {
            secondKill = nil
            disk.plan(.killBefore, at: disk.operations + count)
        }
        start()
    }

    /// Kills it for good.
    func end() {
        if let loop, loop.isAlive { graves.append((loop, service)) }
        (table, service) = (nil, nil)
        loop?.die()
        disk?.kill()
    }

    /// Lets what its incarnations left behind come to an end. Returns their loops.
    func bury() -> [StageLoop] {
        for (loop, service) in graves {
            loop.bury()
            if let service { loop.spawn { await service.drain() } }
        }
        defer { graves = [] }
        return graves.map(\.loop)
    }
}

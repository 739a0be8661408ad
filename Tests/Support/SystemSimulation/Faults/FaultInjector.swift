/// Makes faults happen that come by the clock, and ends them.
final class FaultInjector: @unchecked Sendable { // touched by the one thread of the simulation only
    private let system: SimulatedSystem
    private var chance: Chance

    init(_ system: SimulatedSystem, seed: UInt64) {
        self.system = system
        chance = Chance(seed: seed, of: "faults")
    }

    func start() {
        for kind in FaultKind.allCases { arm(kind) }
        system.queue.at(system.plan.activeFor) { [self] in heal() }
    }

    private func arm(_ kind: FaultKind) {
        guard let delay = system.plan.distance(to: kind, &chance) else { return }
        system.queue.after(delay) { [self] in
            guard system.plan.isActive else { return }
            inject(kind)
            arm(kind)
        }
    }

    /// From here on nothing goes wrong any more; clocks stay as they are, and what is dead comes back.
    private func heal() {
        system.note("faults end")
        system.plan.isActive = false
        system.network.healAll()
        for process in system.processes { process.disk?.clear() }
        system.hasHealed = true
    }

    private func inject(_ kind: FaultKind) {
        let process = chance.pick(system.mortals)
        switch kind {
        case .delay, .duplicate, .reorder, .lostRequest, .lostReply: return
        case .partition: partition()
        case .kill: process.kill(.kill)
        case .killInTurn: process.killInTurn(after: chance.count(1...12))
        case .killInCommit: process.disk?.planDeath(&chance)
        case .powerCut: process.kill(.powerCut)
        case .stall:
            system.note("\(process.name) stalls")
            system.count(.stall)
            process.loop?.stall(for: chance.spread(10_000, 30_000_000))
        case .slowDisk: slowDown(process)
        case .diskError: process.disk?.planError(&chance)
        case .diskFull: fill(process)
        case .clockForward: setClock(of: process, by: chance.number(1...system.plan.clockStepMax), kind)
        case .clockBack: setClock(of: process, by: -chance.number(1...system.plan.clockStepMax), kind)
        }
    }

    private func partition() {
        let names = system.processes.map(\.name)
        let one = chance.pick(names)
        let other = chance.pick(names.filter { $0 != one })
        system.note("cut \(one) | \(other)")
        system.count(.partition)
        system.network.cut(one, other)
        system.queue.after(chance.spread(100_000, 60_000_000)) { [self] in
            system.note("heal \(one) | \(other)")
            system.network.heal(one, other)
        }
    }

    private func slowDown(_ process: SimulatedProcess) {
        guard let disk = process.disk else { return }
        system.note("the disk of \(process.name) is slow")
        system.count(.slowDisk)
        disk.syncTime = system.plan.slowSync
        system.queue.after(chance.spread(1_000_000, 20_000_000)) { disk.syncTime = ProcessDisk.usualSync }
    }

    private func fill(_ process: SimulatedProcess) {
        guard let disk = process.disk else { return }
        system.note("the disk of \(process.name) is full")
        system.count(.diskFull)
        disk.setFull(true)
        system.queue.after(chance.spread(100_000, 10_000_000)) { disk.setFull(false) }
    }

    private func setClock(of process: SimulatedProcess, by step: Int64, _ kind: FaultKind) {
        system.note("the clock of \(process.name) is set by \(step)")
        system.count(kind)
        process.clock.set(ahead: process.clock.offset + step)
    }
}

import FaultyDisk

/// The disk of one process: what its databases lie on, and how long it takes.
final class ProcessDisk: @unchecked Sendable { // touched by the one thread of the simulation only
    /// Units: microseconds.
    static let usualSync: Int64 = 150

    let name: String
    let disk: FaultyDisk
    var syncTime = ProcessDisk.usualSync
    private let system: SimulatedSystem
    private var syncsBefore: UInt64 = 0
    private var faultsBefore: UInt64 = 0
    private var planned: FaultKind?

    init(_ name: String, _ disk: FaultyDisk, _ system: SimulatedSystem) {
        self.name = name
        self.disk = disk
        self.system = system
        disk.setLyingSync(system.bugs.isOn(.lyingSync))
    }

    func noteTurn() { syncsBefore = disk.syncs }

    /// How long the turn that runs has waited for it.
    var wait: Int64 { Int64(disk.syncs - syncsBefore) * syncTime }

    /// The process dies in one of its next operations.
    func planDeath(_ chance: inout Chance) {
        let fault = chance.pick([FaultyDisk.Fault.killBefore, .killAfter, .torn(chance.count(1...4000))])
        disk.plan(fault, at: disk.operations + UInt64(chance.count(1...12)))
        system.note("the disk of \(name) will end its process by \(fault)")
    }

    /// One of the next operations fails.
    func planError(_ chance: inout Chance) {
        let fault = chance.pick([
            FaultyDisk.Fault.error, .full, .short(chance.count(1...4000)), .syncLoses,
        ])
        disk.plan(fault, at: disk.operations + UInt64(chance.count(1...12)), times: chance.pick([1, 1, 3]))
        system.note("the disk of \(name) will fail by \(fault)")
    }

    /// Counts the planned faults that have happened.
    func countFaults() {
        let faults = disk.faults
        guard faults != faultsBefore else { return }
        system.note("the disk of \(name) has failed \(faults - faultsBefore) times")
        if disk.isDead { system.count(.killInCommit) } else { system.count(.diskError) }
        faultsBefore = faults
    }

    func path(_ file: String) -> String { disk.path(file) }
    var isDead: Bool { disk.isDead }
    func setFull(_ isFull: Bool) { disk.setFull(isFull) }

    func clear() {
        disk.clearPlan()
        disk.setFull(false)
        syncTime = Self.usualSync
    }
}

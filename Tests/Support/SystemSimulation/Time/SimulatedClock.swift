import FlowSimulation
import Primitives

/// The wall clock of one host: it runs with the virtual time, and can be set.
final class SimulatedClock: @unchecked Sendable { // touched by the one thread of the simulation only
    /// How far it is ahead of the virtual time. Units: microseconds.
    private(set) var offset: Int64 = 0
    /// The loops whose timers follow this clock.
    private var followers: [() -> Void] = []

    func set(ahead offset: Int64) {
        self.offset = offset
        for follower in followers { follower() }
    }

    /// - Parameter onSet: called when the clock was set; it stays until the end of the simulation.
    func follow(_ onSet: @escaping () -> Void) { followers.append(onSet) }

    func reading(at virtual: Int64) -> Timestamp {
        Timestamp(microseconds: VirtualWorld.epoch.microseconds + virtual + offset)
    }
}

/// The world of one process: its host's clock, and chance that follows from the seed.
final class SimulatedWorld: World, @unchecked Sendable { // touched by the one thread of the simulation only
    private let loop: SimulatedLoop
    private var chance: Chance

    init(_ loop: SimulatedLoop, seed: UInt64) {
        self.loop = loop
        chance = Chance(seed: seed, of: loop.name)
    }

    var now: Timestamp { loop.wallClock }

    func entropy(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let drawn = chance.bits()
            for shift in 0..<min(8, count - bytes.count) {
                bytes.append(UInt8(truncatingIfNeeded: drawn >> (8 * UInt64(shift))))
            }
        }
        return bytes
    }
}

import FlowModel
package import Primitives

/// A world of a simulation: its clock jumps, its chance is a seed's.
package struct VirtualWorld: World {
    /// Where the clock stands when nobody says otherwise: the same for every run, so that histories compare.
    package static let epoch = Timestamp(microseconds: 1_767_225_600_000_000)

    package var now: Timestamp
    private let seed: UInt64

    package init(now: Timestamp = epoch, seed: UInt64 = 0) {
        self.now = now
        self.seed = seed
    }

    package func entropy(_ count: Int) -> [UInt8] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}

/// Numbers that follow from a seed. Source: Steele, Lea, Flood, "Fast splittable pseudorandom number
/// generators" (SplitMix64).
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

/// Tokens that open nothing.
struct VirtualMint: TaskTokenMint {
    func token(flow: String, execution: String, scheduledEventID: Int64) -> String {
        "simulated-token-\(scheduledEventID)"
    }
}

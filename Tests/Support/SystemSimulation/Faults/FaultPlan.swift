/// Which faults one seed has, and how often: each seed draws its own, so that some runs are full of one kind and
/// free of another.
struct FaultPlan {
    /// Out of a thousand messages.
    private var rates: [FaultKind: Int] = [:]
    /// From one to the next, in the mean. Units: microseconds.
    private var distances: [FaultKind: Int64] = [:]
    /// How long faults happen. Units: microseconds.
    let activeFor: Int64
    /// Whether all hosts have one clock, as the services of one machine.
    let hasOneClock: Bool
    /// The most that a clock is set by at once. Units: microseconds.
    let clockStepMax: Int64
    /// How long a dead process stays away. Units: microseconds.
    let restartMax: Int64
    /// What a sync takes while disks are slow. Units: microseconds.
    let slowSync: Int64
    var isActive = true

    private static let ofMessages: Set<FaultKind> = [.delay, .duplicate, .reorder, .lostRequest, .lostReply]

    init(seed: UInt64) {
        var chance = Chance(seed: seed, of: "plan")
        activeFor = 1_000_000 * chance.pick([20, 60, 120, 400])
        hasOneClock = chance.holds(perMille: 600)
        clockStepMax = 1_000_000 * chance.pick([1, 30, 200, 600])
        restartMax = chance.pick([50_000, 1_000_000, 8_000_000, 40_000_000])
        slowSync = chance.pick([2_000, 50_000, 1_000_000])
        // One in eight runs has no fault at all: what fails there fails everywhere.
        guard !chance.holds(perMille: 125) else { return }
        let density = chance.pick([1, 1, 2, 4])
        for kind in FaultKind.allCases where chance.holds(perMille: 450) {
            if Self.ofMessages.contains(kind) {
                rates[kind] = chance.pick([2, 10, 40, 120])
            } else {
                // A few in the time that there is, whatever its length.
                distances[kind] = activeFor / (Int64(density) * chance.number(1...6))
            }
        }
    }

    func draws(_ kind: FaultKind, _ chance: inout Chance) -> Bool {
        guard isActive, let rate = rates[kind] else { return false }
        return chance.holds(perMille: rate)
    }

    /// Whether a kind that comes by the clock comes at all just now.
    func has(_ kind: FaultKind) -> Bool { isActive && distances[kind] != nil }

    /// How long until the next fault of a kind that comes by the clock; nil: it never does.
    func distance(to kind: FaultKind, _ chance: inout Chance) -> Int64? {
        guard isActive, let mean = distances[kind] else { return nil }
        return chance.number(1...max(2, 2 * mean))
    }

    /// The kinds that are on, for a person.
    var text: String {
        let kinds = FaultKind.allCases.compactMap { kind -> String? in
            if let rate = rates[kind] { return "\(kind.rawValue) \(rate)‰" }
            if let distance = distances[kind] { return "\(kind.rawValue) every \(distance / 1_000_000) s" }
            return nil
        }
        return kinds.isEmpty ? "no faults" : kinds.joined(separator: ", ")
    }
}

import FlowModel

/// What one seed does to the system, and with which settings of the engine: small ones, so that what is rare in
/// production is common here.
struct WorkloadPlan {
    let orders: Int
    let flows: Int
    /// Whether the order flow is there from the beginning.
    let hasFlow: Bool
    let limits: FlowLimits
    let residentMax: Int
    let segmentEventsMin: Int64
    let indexBatch: Int
    let wakeBatch: Int
    let feedBatch: Int

    init(seed: UInt64) {
        var chance = Chance(seed: seed, of: "workload plan")
        orders = chance.pick([1, 1, 2, 3, 5])
        hasFlow = chance.holds(perMille: 850)
        flows = chance.pick([0, 1, 1, 2])
        var limits = FlowLimits()
        limits.iterationsAtOnceMax = chance.count(1...4)
        limits.transitionEventsMax = chance.pick([1000, 1000, 3, 12, 40])
        self.limits = limits
        residentMax = chance.pick([4096, 1, 3])
        segmentEventsMin = chance.pick([1000, 5, 20])
        indexBatch = chance.pick([512, 1, 4])
        wakeBatch = chance.pick([64, 1, 2])
        feedBatch = chance.pick([128, 1, 3])
    }
}

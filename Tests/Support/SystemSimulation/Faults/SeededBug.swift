/// A bug that is put into a run on purpose, at its seams, to see that the simulation finds it. No product code knows
/// these.
package enum SeededBug: String, Sendable, Hashable, CaseIterable {
    /// Disks say that they synced, and did not.
    case lyingSync
    /// A loop forgets some of the timers that wait for a time of day.
    case lostTimer
    /// order-store answers a submission before its commit.
    case earlyAnswer
    /// The engine answers a report of an ended task as accepted.
    case doubleReport
    /// The network loses idempotency keys.
    case strippedKey
    /// payment-gateway forgets what it has charged when it is restarted.
    case forgottenCharge
    /// A restarted engine does not look for tasks whose call was not answered.
    case skippedRecovery
    /// order-store answers that it has noted a charge, and has not.
    case emptyAnswer
}

/// The bug that is on, asked at the places where it acts.
struct SeededBugs {
    let bug: SeededBug?

    func losesTimer(_ chance: inout Chance) -> Bool { bug == .lostTimer && chance.holds(perMille: 200) }

    func stripsKey(_ chance: inout Chance) -> Bool { bug == .strippedKey && chance.holds(perMille: 500) }

    func isOn(_ bug: SeededBug) -> Bool { self.bug == bug }
}

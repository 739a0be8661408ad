import Primitives

/// What is known of a service that is called for tasks.
final class TargetHealth {
    /// Since when calls go wrong; nil while they are answered.
    var downSince: Timestamp?
    var lastError: String?
    var lastLogged: Timestamp?
    /// Times in a row that no connection could be made.
    var connectFailures: Int64 = 0
    /// Nothing is sent until it fires, then a single call tries.
    var pause: (any LoopTimer)?
    /// The single call is under way.
    var isProbing = false
    var inFlight = 0

    /// An outage is told once, and a service that comes and goes once a minute.
    static let logInterval: Duration = .seconds(60)

    /// True when the journal should hear of it.
    func noteTrouble(_ text: String, at now: Timestamp) -> Bool {
        lastError = text
        guard downSince == nil else { return false }
        downSince = now
        if let lastLogged, lastLogged.duration(to: now) < Self.logInterval, lastLogged <= now { return false }
        lastLogged = now
        return true
    }

    func noteAnswer() {
        downSince = nil
        connectFailures = 0
        isProbing = false
    }

    /// Whether a further call may be sent now.
    var mayCall: Bool {
        if pause != nil { return false }
        return connectFailures == 0 || !isProbing
    }
}

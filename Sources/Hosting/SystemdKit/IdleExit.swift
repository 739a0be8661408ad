/// Decides whether a service with nothing to do may exit; its socket starts it again at the next connect.
package struct IdleExit: Sendable, Equatable {
    /// What keeps a service alive.
    package struct Activity: Sendable, Equatable {
        package var connections: Int
        package var requestsInFlight: Int
        /// Nothing that a peer has yet to confirm.
        package var outboxIsEmpty: Bool
        /// Open callbacks, timers and streams.
        package var openWaits: Int
        /// Time since the last connection closed, request ended or timer fired. Units: monotonic clock.
        package var sinceLastActivity: Duration

        package init(
            connections: Int, requestsInFlight: Int, outboxIsEmpty: Bool, openWaits: Int,
            sinceLastActivity: Duration
        ) {
            self.connections = connections
            self.requestsInFlight = requestsInFlight
            self.outboxIsEmpty = outboxIsEmpty
            self.openWaits = openWaits
            self.sinceLastActivity = sinceLastActivity
        }
    }

    package enum Decision: Sendable, Equatable {
        /// Something is open or idle exit is off; ask again when an activity ends.
        case stay
        case exit
        case askAgain(after: Duration)
    }

    /// nil: never exits.
    package let idleExitAfter: Duration?

    /// - Parameter seconds: `idleExitSeconds` of the configuration; nil or 0 switches it off. Whole seconds:
    ///   a service that exits at once under traffic trips its socket's trigger limit, and that closes it.
    package init(idleExitSeconds seconds: Int?) {
        idleExitAfter = seconds.flatMap { $0 > 0 ? .seconds($0) : nil }
    }

    package func decide(_ activity: Activity) -> Decision {
        guard let idleExitAfter, activity.connections == 0, activity.requestsInFlight == 0,
            activity.outboxIsEmpty, activity.openWaits == 0
        else { return .stay }
        let remaining = idleExitAfter - activity.sinceLastActivity
        return remaining <= .zero ? .exit : .askAgain(after: remaining)
    }
}

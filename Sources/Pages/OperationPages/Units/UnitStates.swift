package import Primitives

/// Knows how the services are without calling them: a call would start one that sleeps behind its socket.
package protocol UnitStates: Sendable {
    func read() async -> UnitReading
}

/// What could be learned of the services.
package enum UnitReading: Sendable, Hashable {
    /// In the order in which pages show them.
    case known([UnitState])
    /// Nobody tells: why, as a sentence for people, and what helps.
    case unknown(reason: String, advice: String?)
}

/// How one service is.
package struct UnitState: Sendable, Hashable {
    package enum Condition: String, Sendable, Hashable {
        case serving
        /// Its socket waits and starts it with the first call.
        case sleeping
        case starting, stopping
        /// It ended badly, or the manager has given it up.
        case failed
        /// Nobody would start it.
        case off
    }

    /// The service's, e.g. `flow-engine`.
    package var name: String
    package var condition: Condition
    /// As the manager calls it, e.g. `active (running)`.
    package var word: String
    /// Starts after a failure; nil where nobody counts them.
    package var restarts: Int64?
    package var memoryBytes: Int64?
    package var since: Timestamp?

    package init(
        name: String, condition: Condition, word: String, restarts: Int64? = nil, memoryBytes: Int64? = nil,
        since: Timestamp? = nil
    ) {
        self.name = name
        self.condition = condition
        self.word = word
        self.restarts = restarts
        self.memoryBytes = memoryBytes
        self.since = since
    }

    /// All services, in the order of an order's way.
    package static let services = [
        "flow-engine", "order-store", "payment-gateway", "supplier-rules", "flow-web", "http-egress",
    ]
}

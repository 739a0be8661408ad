import RPCProtocol
import Synchronization

/// What the way out counts.
final class EgressMetrics: Sendable {
    enum Outcome: String, CaseIterable {
        case answered, refused, throttled
        case notSent = "not_sent"
        case lost
        case timedOut = "timed_out"
        case tooLarge = "too_large"
        case canceled
    }

    private static let requests = "fnf_egress_requests_total"

    private let set: MetricSet
    private let inFlight = Mutex(Int64(0))

    init(_ set: MetricSet) {
        self.set = set
        set.declare(Self.requests, "Requests by how they ended")
        for outcome in Outcome.allCases { set.add(Self.name(outcome), 0) }
        set.gauge("fnf_egress_requests_in_flight", "Requests under way") { [self] in inFlight.withLock { $0 }
        }
    }

    func note(_ outcome: Outcome) { set.add(Self.name(outcome)) }
    func showInFlight(_ count: Int) { inFlight.withLock { $0 = Int64(count) } }

    private static func name(_ outcome: Outcome) -> String { "\(requests){outcome=\"\(outcome.rawValue)\"}" }
}

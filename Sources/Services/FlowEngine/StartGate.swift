import RPCProtocol
import Synchronization

/// Whether executions may be started from outside, read with each request before anything else is done for
/// it, so that refusing costs little.
///
/// Each start makes work for later: an engine that took every start while its tasks pile up would spend its
/// time on starts, and end fewer executions than before. So starts are refused while more attempts stand in
/// line than `backlogMax`, and taken again when a quarter of them is done.
final class StartGate: Sendable {
    private let backlogMax: Int
    /// 0: open. Units: milliseconds after which a caller may try again.
    private let retryAfterMs = Atomic<Int64>(0)
    private let backlog = Atomic<Int>(0)

    init(backlogMax: Int) { self.backlogMax = backlogMax }

    /// - Parameter backlog: attempts that stand in line for their service.
    /// - Parameter perSecond: how many left it lately.
    func note(backlog: Int, perSecond: Double) {
        self.backlog.store(backlog, ordering: .relaxed)
        let isClosed = retryAfterMs.load(ordering: .relaxed) > 0
        guard backlog > (isClosed ? backlogMax / 4 * 3 : backlogMax) else {
            return retryAfterMs.store(0, ordering: .relaxed)
        }
        let excess = Double(backlog - backlogMax / 4 * 3)
        let wait = perSecond > 0 ? excess * 1000 / perSecond : Double(Self.waitMs.upperBound)
        let bounded = min(max(wait, Double(Self.waitMs.lowerBound)), Double(Self.waitMs.upperBound))
        retryAfterMs.store(Int64(bounded), ordering: .relaxed)
    }

    /// Not so short that callers hammer, not so long that a service idles when it has caught up.
    private static let waitMs: ClosedRange<Int64> = 50...5_000

    /// What a start is answered now; nil: it may go on.
    var refusal: RPCError? {
        let wait = retryAfterMs.load(ordering: .relaxed)
        guard wait > 0 else { return nil }
        let backlog = backlog.load(ordering: .relaxed)
        return .throttled(
            "\(backlog) tasks wait for their services, more than \(backlogMax) (taskBacklogMax): "
                + "no execution is started until some are done",
            retryAfter: .milliseconds(wait))
    }
}

import RPCProtocol
import Synchronization

/// Whether executions may be started from outside, asked with each request before anything else is done for
/// it, so that refusing costs little.
///
/// Each start makes work for later: an engine that took every start while its tasks pile up would spend its
/// time on starts, and end fewer executions than before. So starts are refused while more attempts stand in
/// line than `backlogMax`, and taken again when a quarter of them is done.
final class StartGate: Sendable {
    private let backlogMax: Int
    private let state: Mutex<State>

    private struct State {
        var backlog = 0
        var perSecond = 0.0
        /// What every start is answered; nil: the gate is open. Made once, not for each of them.
        var refusal: RPCError?
        /// Starts that may be let in before the backlog is known again: with thousands of them in one turn,
        /// the line would be twice too long before anybody saw it.
        var room = Int.max
    }

    init(backlogMax: Int) {
        self.backlogMax = backlogMax
        state = Mutex(State())
    }

    /// - Parameter backlog: attempts that stand in line for their service.
    /// - Parameter perSecond: how many left it lately.
    func note(backlog: Int, perSecond: Double) {
        state.withLock { state in
            let bound = state.refusal == nil ? backlogMax : backlogMax / 4 * 3
            state.backlog = backlog
            state.perSecond = perSecond
            state.refusal = backlog > bound ? refusal(backlog: backlog, perSecond: perSecond) : nil
            // A start need not come to a task, so a short line says nothing about how many may come.
            state.room = backlog > backlogMax / 2 ? backlogMax - backlog + 1 : .max
        }
    }

    /// Lets one start in, or says why not.
    func admit() -> RPCError? {
        state.withLock { state in
            if let refusal = state.refusal { return refusal }
            state.room -= 1
            guard state.room < 0 else { return nil }
            let refusal = refusal(backlog: backlogMax + 1, perSecond: state.perSecond)
            state.refusal = refusal
            return refusal
        }
    }

    /// Not so short that callers hammer, not so long that a service idles when it has caught up.
    private static let waitMs: ClosedRange<Int64> = 50...5_000

    private func refusal(backlog: Int, perSecond: Double) -> RPCError {
        let excess = Double(backlog - backlogMax / 4 * 3)
        let wait = perSecond > 0 ? excess * 1000 / perSecond : Double(Self.waitMs.upperBound)
        let bounded = min(max(wait, Double(Self.waitMs.lowerBound)), Double(Self.waitMs.upperBound))
        return .throttled(
            "\(backlog) tasks wait for their services, more than \(backlogMax) (taskBacklogMax): "
                + "no execution is started until some are done",
            retryAfter: .milliseconds(Int64(bounded)))
    }
}

import RPCProtocol
import Synchronization

/// Whether executions may be started from outside, asked with each request before anything else is done for
/// it, so that refusing costs little.
///
/// Each start makes work for later: an engine that took every start while its tasks pile up would spend its
/// time on starts, and end fewer executions than before. So starts are refused while more attempts stand in
/// line than `backlogMax`, and taken again when a quarter of them is done. Where the services are slow a long
/// line costs nothing; where the engine itself is, executions that wait push each other out of the
/// processor's caches, so then the line may have only a quarter of that.
final class StartGate: AdmissionGate {
    private let backlogMax: Int
    private let state: Mutex<State>
    /// Whether there is a refusal, to be asked without a lock.
    private let shut = Atomic(false)

    private struct State {
        var bound: Int
        var perSecond = 0.0
        /// What every start is answered; nil: the gate is open. Made once, not for each of them.
        var refusal: Refusal?
        /// Starts that may be let in before the backlog is known again: with thousands of them in one turn,
        /// the line would be twice too long before anybody saw it.
        var room = Int.max
    }

    init(backlogMax: Int) {
        self.backlogMax = backlogMax
        state = Mutex(State(bound: backlogMax))
    }

    /// What the line may have while the engine is busy.
    var busyBacklogMax: Int { max(1, backlogMax / 4) }

    /// - Parameter backlog: attempts that stand in line for their service.
    /// - Parameter perSecond: how many left it lately.
    /// - Parameter isBusy: the engine itself has all that it can do.
    func note(backlog: Int, perSecond: Double, isBusy: Bool = false) {
        state.withLock { state in
            let bound = isBusy ? busyBacklogMax : backlogMax
            state.bound = bound
            state.perSecond = perSecond
            let isBeyond = backlog > (state.refusal == nil ? bound : bound * 3 / 4)
            state.refusal = isBeyond ? refusal(backlog: backlog, state) : nil
            // A start need not come to a task, so a short line says nothing about how many may come.
            state.room = backlog > bound / 2 ? bound - backlog + 1 : .max
            shut.store(state.refusal != nil, ordering: .relaxed)
        }
    }

    package var isShut: Bool { shut.load(ordering: .relaxed) }

    /// Lets one start in, or says why not.
    package func admit() -> Refusal? {
        state.withLock { state in
            if let refusal = state.refusal { return refusal }
            state.room -= 1
            guard state.room < 0 else { return nil }
            let refusal = refusal(backlog: state.bound + 1, state)
            state.refusal = refusal
            shut.store(true, ordering: .relaxed)
            return refusal
        }
    }

    /// Not so short that callers hammer, not so long that a service idles when it has caught up.
    private static let waitMs: ClosedRange<Int64> = 50...5_000

    private func refusal(backlog: Int, _ state: State) -> Refusal {
        let excess = Double(backlog - state.bound * 3 / 4)
        let wait = state.perSecond > 0 ? excess * 1000 / state.perSecond : Double(Self.waitMs.upperBound)
        let bounded = min(max(wait, Double(Self.waitMs.lowerBound)), Double(Self.waitMs.upperBound))
        let limit =
            state.bound == backlogMax
            ? "\(backlogMax) (taskBacklogMax)"
            : "\(state.bound) (a quarter of taskBacklogMax, as the engine itself has all it can do)"
        return Refusal(
            .throttled(
                "\(backlog) tasks wait for their services, more than \(limit): "
                    + "no execution is started until some are done",
                retryAfter: .milliseconds(Int64(bounded))))
    }
}

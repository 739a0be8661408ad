import Glibc

/// The supervisor's thread.
final class SupervisionLoop {
    /// What the thread begins with, made by the caller so that it learns what is wrong.
    struct Seed: Sendable {
        let plan: SupervisorPlan
        let board: SupervisionBoard
        let onEvent: @Sendable (SupervisorEvent) -> Void

        init(
            plan: SupervisorPlan, board: SupervisionBoard, onEvent: @escaping @Sendable (SupervisorEvent) -> Void
        ) throws(SupervisorFault) {
            self.plan = plan
            self.board = board
            self.onEvent = onEvent
        }
    }

    init(_ seed: Seed) {}
    func run() {}
}

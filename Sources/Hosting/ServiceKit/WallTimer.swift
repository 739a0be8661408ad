import Primitives
import Synchronization

/// One armed wall-clock time.
final class WallTimer: LoopTimer {
    private enum State { case armed, canceled, fired }

    let time: Timestamp
    private let state = Mutex(State.armed)
    private let body: @Sendable () -> Void
    private let canceled: @Sendable () -> Void

    init(time: Timestamp, canceled: @escaping @Sendable () -> Void, _ body: @escaping @Sendable () -> Void) {
        self.time = time
        self.canceled = canceled
        self.body = body
    }

    var isCanceled: Bool { state.withLock { $0 == .canceled } }

    func cancel() {
        let wasArmed = state.withLock { state in
            guard state == .armed else { return false }
            state = .canceled
            return true
        }
        if wasArmed { canceled() }
    }

    func fire() {
        let mayRun = state.withLock { state in
            guard state == .armed else { return false }
            state = .fired
            return true
        }
        if mayRun { body() }
    }
}

/// The one loop that a service's connections, handlers and state live on.
///
/// A service library is given a loop and knows no transport. Everything it is called back with runs on the
/// loop, so an actor whose `unownedExecutor` is `executor` may use `assumeIsolated` there.
package protocol ServiceLoop: Sendable {
    /// For actors: `nonisolated var unownedExecutor: UnownedSerialExecutor {
    /// loop.executor.asUnownedSerialExecutor() }`.
    var executor: any SerialExecutor { get }

    /// Runs `body` once everything that is ready now has been handled: the place where staged work is
    /// committed as one.
    func atEndOfTick(_ body: @escaping @Sendable () -> Void)

    /// Runs `body` after a time on the monotonic clock.
    func after(_ delay: Duration, _ body: @escaping @Sendable () -> Void) -> any LoopTimer

    /// Runs `body` when the wall clock shows `time`, also when the clock is set meanwhile; at once when it
    /// has passed, but never within this call.
    func at(_ time: Timestamp, _ body: @escaping @Sendable () -> Void) -> any LoopTimer

    /// Starts a task that runs on the loop.
    @discardableResult
    func spawn(_ body: @escaping @Sendable () async -> Void) -> Task<Void, Never>
}

/// Something armed that can be disarmed.
package protocol LoopTimer: Sendable {
    /// Does nothing when the timer has fired.
    func cancel()
}

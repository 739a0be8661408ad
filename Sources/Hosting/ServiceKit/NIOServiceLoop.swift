import NIOCore
package import Primitives
package import RPCTransport

/// A service's loop on an event loop of NIO.
package final class NIOServiceLoop: ServiceLoop {
    package let loopExecutor: LoopExecutor
    private let wallTimers: WallTimers

    package init(_ loopExecutor: LoopExecutor) {
        self.loopExecutor = loopExecutor
        wallTimers = WallTimers(eventLoop: loopExecutor.eventLoop)
    }

    package var executor: any SerialExecutor { loopExecutor }

    package func atEndOfTick(_ body: @escaping @Sendable () -> Void) { loopExecutor.atEndOfTick(body) }

    /// The event loop runs all that is due before it looks at its sockets again, so long work that goes on
    /// after no time at all would keep everybody else out until it is done.
    private static let delayMin: Duration = .microseconds(100)

    package func after(_ delay: Duration, _ body: @escaping @Sendable () -> Void) -> any LoopTimer {
        let delay = TimeAmount(bounded: max(delay, Self.delayMin))
        return MonotonicTimer(scheduled: loopExecutor.eventLoop.scheduleTask(in: delay, body))
    }

    package func at(_ time: Timestamp, _ body: @escaping @Sendable () -> Void) -> any LoopTimer {
        let timer = WallTimer(
            time: time,
            canceled: { [loopExecutor, wallTimers] in loopExecutor.run { wallTimers.noteCanceled() } }, body)
        loopExecutor.run { [wallTimers] in wallTimers.add(timer) }
        return timer
    }

    @discardableResult
    package func spawn(_ body: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        loopExecutor.spawn(body)
    }
}

private struct MonotonicTimer: LoopTimer {
    let scheduled: Scheduled<Void>

    func cancel() { scheduled.cancel() }
}

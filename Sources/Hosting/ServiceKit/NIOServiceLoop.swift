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

    package func after(_ delay: Duration, _ body: @escaping @Sendable () -> Void) -> any LoopTimer {
        MonotonicTimer(scheduled: loopExecutor.eventLoop.scheduleTask(in: TimeAmount(bounded: delay), body))
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

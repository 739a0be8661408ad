import Primitives

/// Callers that wait until something is true of an order; asked again whenever the order has changed.
actor OrderWaiters {
    private struct Waiter {
        let isDone: @Sendable () -> Bool
        let continuation: CheckedContinuation<Void, Never>
        let timer: (any LoopTimer)?
    }

    private let loop: any ServiceLoop
    private var waiters: [String: [Int: Waiter]] = [:]
    private var waitersMade = 0
    private var isStopped = false

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

    init(loop: any ServiceLoop) { self.loop = loop }

    /// Returns when `isDone`, when the time is over, when the task is canceled, and at the end of the
    /// service.
    func wait(_ orderNum: String, atMost limit: Duration?, until isDone: @escaping @Sendable () -> Bool) async
    {
        waitersMade += 1
        let number = waitersMade
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard !isDone(), !Task.isCancelled, !isStopped else { return continuation.resume() }
                let timer = limit.map { limit in
                    loop.after(limit) { self.assumeIsolated { $0.end(orderNum, number) } }
                }
                waiters[orderNum, default: [:]][number] = Waiter(
                    isDone: isDone, continuation: continuation, timer: timer)
            }
        } onCancel: {
            loop.spawn { await self.end(orderNum, number) }
        }
    }

    /// Called after the commit of a change.
    func changed(_ orderNum: String) {
        for (number, waiter) in waiters[orderNum] ?? [:] where waiter.isDone() { end(orderNum, number) }
    }

    func stop() {
        isStopped = true
        for (orderNum, numbers) in waiters { for number in numbers.keys { end(orderNum, number) } }
    }

    private func end(_ orderNum: String, _ number: Int) {
        guard let waiter = waiters[orderNum]?.removeValue(forKey: number) else { return }
        if waiters[orderNum]?.isEmpty == true { waiters[orderNum] = nil }
        waiter.timer?.cancel()
        waiter.continuation.resume()
    }
}

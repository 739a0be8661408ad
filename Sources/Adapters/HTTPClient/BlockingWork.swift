import NIOPosix
import Synchronization

/// Work that the loop must not wait for, on a few threads of its own; they start with the first piece.
package final class BlockingWork: Sendable {
    /// A resolver that hangs for one name should not hold up the others.
    private static let threads = 4

    private let pool = NIOThreadPool(numberOfThreads: threads)
    private let count = Mutex(0)
    /// Pieces that run or wait.
    let countMax: Int

    package init(limits: HTTPClientLimits = HTTPClientLimits()) { countMax = limits.lookupsMax }

    /// Runs `body` on a thread. False: there is too much to do already, and it never runs.
    func submit(_ body: @escaping @Sendable () -> Void) -> Bool {
        let mayRun = count.withLock { count in
            guard count < countMax else { return false }
            count += 1
            return true
        }
        guard mayRun else { return false }
        pool.start()
        pool.submit { _ in
            body()
            self.count.withLock { $0 -= 1 }
        }
        return true
    }
}

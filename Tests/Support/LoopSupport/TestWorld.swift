package import Primitives
import Synchronization

/// A world whose time is the test's loop's and whose chance is a counter.
package final class TestWorld: World {
    private let loop: TestLoop
    private let drawn = Mutex(UInt64(0))

    package init(_ loop: TestLoop) { self.loop = loop }

    package var now: Timestamp { loop.now }

    package func entropy(_ count: Int) -> [UInt8] {
        drawn.withLock { drawn in
            (0..<count).map { _ in
                drawn &+= 1
                // The low byte alone would repeat itself after 256 draws.
                return UInt8(truncatingIfNeeded: drawn ^ (drawn >> 8) &* 31)
            }
        }
    }
}

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
                // Mixed well: order numbers are drawn a byte at a time, and two of 51 were the same before.
                var mixed = drawn &* 0x9E37_79B9_7F4A_7C15
                mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
                return UInt8(truncatingIfNeeded: (mixed ^ mixed >> 27) >> 40)
            }
        }
    }
}

import FlowSimulation
import Primitives

/// Times of a run. Units: milliseconds since its beginning.
package enum OracleClock {
    static func text(_ milliseconds: Int64) -> String {
        VirtualWorld.epoch.advanced(by: .milliseconds(milliseconds)).description
    }

    static func milliseconds(_ time: Timestamp) -> Int64 {
        (time.microseconds - VirtualWorld.epoch.microseconds) / 1000
    }

    /// Nil when the text is no time.
    static func milliseconds(_ text: String) -> Int64? { Timestamp(rfc3339: text).map(milliseconds) }
}

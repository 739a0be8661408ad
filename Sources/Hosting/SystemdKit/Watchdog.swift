import CSystemd

/// The manager's demand for signs of life: it kills a service that was silent for longer than `limit`.
///
/// It owns no timer: the event loop that does the work calls `ping()` every `interval`, so that a stuck loop
/// is killed.
package struct Watchdog: Sendable {
    /// WATCHDOG_USEC, `WatchdogSec=` of the unit.
    package let limit: Duration
    private let notifier: Notifier

    package init(limit: Duration, notifier: Notifier = Notifier()) {
        self.limit = limit
        self.notifier = notifier
    }

    /// nil when no watchdog watches this process (WATCHDOG_USEC absent, or WATCHDOG_PID is another process).
    package static func demanded(notifier: Notifier = Notifier()) -> Watchdog? {
        var microseconds: UInt64 = 0
        guard sd_watchdog_enabled(0, &microseconds) > 0 else { return nil }
        return Watchdog(limit: .microseconds(Int64(clamping: microseconds)), notifier: notifier)
    }

    /// A third of the limit: one ping may come late or get lost.
    package var interval: Duration { limit / 3 }

    package func ping() {
        notifier.watchdog()
    }
}

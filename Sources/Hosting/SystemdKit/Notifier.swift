import CSystemd
import Glibc

/// Tells the service manager how this service is, over NOTIFY_SOCKET; silent when there is none.
///
/// A message that can not be sent is dropped: the manager's own time limits then decide.
package struct Notifier: Sendable {
    package init() {}

    /// Whether somebody listens: systemd with `Type=notify`, or `fnfctl up`.
    package var hasListener: Bool {
        ProcessEnvironment.lookup("NOTIFY_SOCKET") != nil
    }

    /// Recovered and serving, also again after `reloading()`.
    package func ready(status: String? = nil) {
        send(["READY=1"] + Self.statusField(status))
    }

    /// One line for `systemctl status`.
    package func status(_ status: String) {
        send(Self.statusField(status))
    }

    /// The configuration is being read again; `ready(status:)` ends it.
    package func reloading(status: String? = nil) {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        let microseconds = now.tv_sec * 1_000_000 + now.tv_nsec / 1000
        send(["RELOADING=1", "MONOTONIC_USEC=\(microseconds)"] + Self.statusField(status))
    }

    package func stopping(status: String? = nil) {
        send(["STOPPING=1"] + Self.statusField(status))
    }

    /// The work goes on; to be sent by what does the work, at `Watchdog.interval`.
    package func watchdog() {
        send(["WATCHDOG=1"])
    }

    /// Asks for more time to start, reload or stop, counted from now; repeat it while the work takes.
    package func extendTimeout(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        send(["EXTEND_TIMEOUT_USEC=\(seconds * 1_000_000 + attoseconds / 1_000_000_000_000)"])
    }

    private func send(_ fields: [String]) {
        _ = sd_notify(0, fields.joined(separator: "\n"))
    }

    /// A line break in the text would begin another field.
    private static func statusField(_ status: String?) -> [String] {
        guard let status else { return [] }
        return ["STATUS=" + String(status.map { $0.isNewline ? " " : $0 })]
    }
}

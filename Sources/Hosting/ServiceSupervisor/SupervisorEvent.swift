package import Primitives

/// Something that happened to a service, told once and in order.
package struct SupervisorEvent: Sendable {
    package enum Kind: Sendable {
        case started(pid: Int32)
        case ready
        /// STATUS=: one line about itself.
        case status(String)
        case reloading
        case stopping
        /// It was silent for longer than the watchdog allows and is being killed.
        case watchdogExpired
        case exited(ServiceExit)
        /// It failed and starts again after this time.
        case restarting(after: Duration)
        case log(LogLine)
        /// The supervisor itself could not do something.
        case problem(String)
    }

    package let service: String
    package let time: Timestamp
    package let kind: Kind
}

/// One line that a service wrote, as a JSON object.
package struct LogLine: Sendable, Hashable {
    /// One JSON object without line break, as it stands in the log file.
    package let text: String
    /// time, priority, service, message, and messageID, execution, flow, step, order, request, error, attempt
    /// where known.
    package let fields: JSONObject

    package var message: String { fields["message"]?.stringValue ?? "" }
    /// Units: syslog, 2 (critical) to 7 (debug).
    package var priority: Int { fields["priority"]?.integerValue.map { Int($0) } ?? 6 }
}

/// How a process of a service ended; named as systemd names results.
package enum ServiceExit: Sendable, Hashable, CustomStringConvertible {
    /// Exit code 0 after READY=1 was said.
    case success
    /// Exit code 0 before READY=1 was said.
    case protocolFault
    case exitCode(Int32)
    case signal(Int32)
    /// Killed because it was silent.
    case watchdog
    /// Killed because it did not become ready, or did not end when told to.
    case timeout
    /// The program could not be executed.
    case notExecuted(errno: Int32)

    package var isSuccess: Bool { self == .success }

    package var description: String {
        switch self {
        case .success: "success"
        case .protocolFault: "protocol (ended without READY=1)"
        case .exitCode(let code): "exit-code \(code)"
        case .signal(let number): "signal \(number)"
        case .watchdog: "watchdog"
        case .timeout: "timeout"
        case .notExecuted(let errno): "not executed: \(systemReason(errno))"
        }
    }
}

/// Where an execution stands, as the published API names it.
///
/// Can become: `Starting` → `Running` with the first event; `Running` → any of the four ends, once.
/// Source: fdl §7.1.
package enum ExecutionStatus: String, Sendable, Hashable, CaseIterable {
    case starting = "Starting"
    case running = "Running"
    case stopped = "Stopped"
    case succeeded = "Succeeded"
    case failed = "Failed"
    case timedOut = "TimedOut"

    /// An ended execution records nothing more.
    package var isTerminal: Bool {
        switch self {
        case .starting, .running: false
        case .stopped, .succeeded, .failed, .timedOut: true
        }
    }
}

/// How fnfctl ends. The numbers are a contract with scripts; `--help` lists them.
enum CommandStatus: Int32, CaseIterable, Sendable {
    case ok = 0
    case failed = 1
    case usage = 2
    case notFound = 3
    case denied = 4
    case conflict = 5
    case timedOut = 6
    case unreachable = 7
    case invalidDefinition = 8
    case throttled = 9
    case executionEndedBadly = 10
    case interrupted = 130

    var meaning: String {
        switch self {
        case .ok: "done"
        case .failed: "failed; the sentence on standard error says why"
        case .usage: "the command line or an argument is wrong"
        case .notFound:
            "there is no such flow, execution, order, queue, message, rule, key, session or method"
        case .denied: "this user may not do that"
        case .conflict: "it contradicts what is there: exists, ended, closed, paid otherwise"
        case .timedOut: "timed out waiting"
        case .unreachable: "a service cannot be reached or cannot work now"
        case .invalidDefinition: "the flow definition is invalid, or names a resource that is not bound"
        case .throttled: "refused for now because of load; try again later"
        case .executionEndedBadly: "with --wait: the execution ended Failed, Stopped or TimedOut"
        case .interrupted: "interrupted (Ctrl-C)"
        }
    }

    /// A table for `--help`.
    static var helpText: String {
        allCases.map { status in
            let number = String(status.rawValue)
            return "  " + String(repeating: " ", count: 3 - number.count) + number + "  " + status.meaning
        }.joined(separator: "\n")
    }
}

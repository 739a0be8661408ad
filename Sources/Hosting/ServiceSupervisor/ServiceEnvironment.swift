import CSupervisor

/// The variables that a service's process gets, but for those that only the child itself can know (LISTEN_PID
/// and WATCHDOG_PID).
struct ServiceEnvironment: Sendable {
    /// What speaks about the supervisor's own place under systemd, not about its services'.
    private static let ownOnly: Set = [
        "CACHE_DIRECTORY", "CONFIGURATION_DIRECTORY", "CREDENTIALS_DIRECTORY", "INVOCATION_ID",
        "JOURNAL_STREAM",
        "LISTEN_FDNAMES", "LISTEN_FDS", "LISTEN_PID", "LISTEN_PIDFDID", "LOGS_DIRECTORY", "MAINPID",
        "NOTIFY_SOCKET",
        "RUNTIME_DIRECTORY", "STATE_DIRECTORY", "WATCHDOG_PID", "WATCHDOG_USEC",
    ]

    private let shared: [String: String]
    private let layout: SupervisorLayout
    private let watchdog: Duration?

    /// Reads this process's environment, so call it where nobody sets variables.
    init(_ plan: SupervisorPlan) {
        layout = plan.layout
        watchdog = plan.watchdog
        var variables = Self.inherited()
        variables["FNF_RUNTIME_DIR"] = layout.runtimeFolder
        variables["FNF_CONFIG_DIR"] = plan.configurationFolder
        variables["FNF_LOG_FORMAT"] = "json"
        // As the units have it: a crash shall be short.
        if variables["SWIFT_BACKTRACE"] == nil { variables["SWIFT_BACKTRACE"] = "enable=no" }
        shared = variables.merging(plan.environment) { $1 }
    }

    func variables(of service: ServiceSpec) -> [String: String] {
        var all = shared
        all["STATE_DIRECTORY"] = layout.stateFolder(of: service.name)
        all["NOTIFY_SOCKET"] = layout.notifySocket
        let names = service.doors.map(\.name) + service.listeners.map(\.name)
        if !names.isEmpty { all["LISTEN_FDNAMES"] = names.joined(separator: ":") }
        if !service.credentials.isEmpty { all["CREDENTIALS_DIRECTORY"] = layout.credentialsFolder }
        if let watchdog { all["WATCHDOG_USEC"] = "\(watchdog.microseconds)" }
        return all.merging(service.environment) { $1 }
    }

    private static func inherited() -> [String: String] {
        var variables: [String: String] = [:]
        guard var next = fnf_environment() else { return [:] }
        while let entry = next.pointee {
            let text = String(cString: entry)
            if let equals = text.firstIndex(of: "="), !ownOnly.contains(String(text[..<equals])) {
                variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            next += 1
        }
        return variables
    }
}

extension Duration {
    var microseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }
}

/// What lies where in the folder of one `fnfctl up`.
package struct SupervisorLayout: Sendable, Hashable {
    /// Absolute.
    package let folder: String

    /// - Parameter folder: may be relative to the working directory.
    package init(folder: String) {
        self.folder = absolutePath(folder)
    }

    /// The sockets; FNF_RUNTIME_DIR of everything that calls this system.
    package var runtimeFolder: String { "\(folder)/run" }
    /// The configuration when no other folder was named.
    package var configurationFolder: String { "\(folder)/etc" }
    package var logFolder: String { "\(folder)/log" }
    /// All services' log, one JSON object a line, in the order in which the lines came. Older: `.1`, `.2`, …
    package var logFile: String { "\(logFolder)/fnf.jsonl" }
    /// What systemd hands over by `LoadCredential=`: CREDENTIALS_DIRECTORY of the services that have some.
    package var credentialsFolder: String { "\(folder)/credentials" }
    package var notifySocket: String { "\(runtimeFolder)/notify" }
    /// How the services are: see `StatusFile`. Beside the sockets, where services look.
    package var statusFile: String { "\(runtimeFolder)/services.json" }
    /// Held by flock as long as a supervisor runs here.
    package var lockFile: String { "\(folder)/lock" }

    /// The states of all services.
    package var stateFolder: String { "\(folder)/state" }
    /// The service's state: STATE_DIRECTORY.
    package func stateFolder(of service: String) -> String { "\(stateFolder)/\(service)" }
    package func socketPath(_ file: String) -> String { "\(runtimeFolder)/\(file)" }
}

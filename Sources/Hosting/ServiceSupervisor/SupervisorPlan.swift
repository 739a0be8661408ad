/// What a supervisor runs, where, and by which limits; the defaults are those of the units.
package struct SupervisorPlan: Sendable {
    package enum Configuration: Sendable, Hashable {
        /// A folder as `/etc/fnf` is, read where it is.
        case folder(String)
        /// The folder's own `etc/`, filled from here when it is not there yet.
        case ownFrom(defaults: String)
    }

    package var layout: SupervisorLayout
    package var configuration: Configuration
    package var services: [ServiceSpec]
    /// Given to every service beside what this process inherited; a service's own entries win.
    package var environment: [String: String] = [:]
    /// Between the end of a service that failed and its next start; doubled while it does not become ready.
    package var restartDelay: Duration = .milliseconds(250)
    package var restartDelayMax: Duration = .seconds(5)
    /// From the start to READY=1.
    package var startTimeout: Duration = .seconds(30)
    /// The longest silence of a ready service; nil: none is watched.
    package var watchdog: Duration? = .seconds(15)
    /// From the watchdog's SIGABRT to SIGKILL.
    package var abortGrace: Duration = .seconds(2)
    /// The log file is put aside at this size, and so many are kept.
    package var logFileBytesMax = 16 << 20
    package var logFilesMax = 4

    package init(folder: String, configuration: Configuration, services: [ServiceSpec]) {
        layout = SupervisorLayout(folder: folder)
        self.configuration = configuration
        self.services = services
    }

    /// The whole of fnf in a folder.
    ///
    /// - Parameter configuration: a folder as `/etc/fnf` is; nil: `etc/` in the folder, filled with the
    /// defaults.
    /// - Parameter programs: where the programs are; by default beside the running one.
    /// Throws: a program or the default configuration is nowhere to be found.
    package static func fnf(
        folder: String, configuration: String? = nil, programs: ProgramFolders = ProgramFolders()
    ) throws(SupervisorFault) -> SupervisorPlan {
        let services = try ServiceSpec.fnf(programs: programs)
        let layout = SupervisorLayout(folder: folder)
        let choice: Configuration
        if let configuration {
            choice = .folder(absolutePath(configuration))
        } else if isFolder(layout.configurationFolder) {
            choice = .folder(layout.configurationFolder)
        } else {
            choice = .ownFrom(defaults: try DefaultConfiguration.find(for: programs.program))
        }
        return SupervisorPlan(folder: folder, configuration: choice, services: services)
    }

    /// Gives a service a TCP listener, and starts it at boot.
    package mutating func listen(at address: TCPAddress, as name: String, for service: String) {
        services = services.map { spec in
            guard spec.name == service else { return spec }
            var spec = spec
            spec.listeners.append(ServiceSpec.Listener(name: name, address: address))
            spec.startAtBoot = true
            return spec
        }
    }

    /// FNF_CONFIG_DIR of the services.
    package var configurationFolder: String {
        switch configuration {
        case .folder(let folder): folder
        case .ownFrom: layout.configurationFolder
        }
    }
}

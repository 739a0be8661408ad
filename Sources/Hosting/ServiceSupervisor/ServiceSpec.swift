/// One service as the supervisor runs it.
package struct ServiceSpec: Sendable, Hashable {
    /// A listening socket: the name under which it is handed over (FileDescriptorName) and its file in
    /// `run/`.
    package struct Door: Sendable, Hashable {
        package let name: String
        package let socketFile: String

        package init(name: String, socketFile: String) {
            self.name = name
            self.socketFile = socketFile
        }
    }

    /// A TCP listener that is handed over behind the doors, e.g. `http`.
    package struct Listener: Sendable, Hashable {
        package let name: String
        package let address: TCPAddress

        package init(name: String, address: TCPAddress) {
            self.name = name
            self.address = address
        }
    }

    package var name: String
    /// The absolute path of the program.
    package var executable: String
    package var arguments: [String] = []
    package var doors: [Door]
    package var listeners: [Listener] = []
    /// The names of its credentials; each is made when it is missing.
    package var credentials: [String] = []
    /// Otherwise it starts at the first connect.
    package var startAtBoot: Bool
    /// On top of the plan's own; read at each start.
    package var environment: [String: String] = [:]

    package init(name: String, executable: String, doors: [Door], startAtBoot: Bool) {
        self.name = name
        self.executable = executable
        self.doors = doors
        self.startAtBoot = startAtBoot
    }
}

extension ServiceSpec {
    /// The doors that each service has. Source: wire protocol, "Who may call"; units/*.socket.
    static let doors: [(service: String, doors: [String], startAtBoot: Bool)] = [
        ("flow-engine", ["client", "admin", "report"], true),
        ("order-store", ["client", "admin", "internal", "task"], true),
        ("payment-gateway", ["client", "admin", "task"], true),
        // It has nothing to wake for: no timer, no outbox.
        ("supplier-rules", ["client", "admin", "task"], false),
        // With a TCP listener it starts at boot; without, only its keys are administered.
        ("flow-web", ["client", "admin"], false),
        ("http-egress", ["client", "admin", "task"], false),
    ]

    private static let credentials = ["flow-web": ["flow-web-key"]]

    /// What a service may do here that it may not under systemd: this is for development.
    private static let liberties = ["http-egress": ["FNF_EGRESS_LOOPBACK": "1"]]

    /// The services of fnf, in the order of the table above.
    package static func fnf(programs: ProgramFolders) throws(SupervisorFault) -> [ServiceSpec] {
        var services: [ServiceSpec] = []
        for row in doors {
            let doors = row.doors.map { door in
                Door(
                    name: door,
                    socketFile: door == "client" ? "\(row.service).sock" : "\(row.service)-\(door).sock")
            }
            var service = ServiceSpec(
                name: row.service, executable: try programs.path(of: row.service), doors: doors,
                startAtBoot: row.startAtBoot)
            service.credentials = credentials[row.service] ?? []
            service.environment = liberties[row.service] ?? [:]
            services.append(service)
        }
        return services
    }
}

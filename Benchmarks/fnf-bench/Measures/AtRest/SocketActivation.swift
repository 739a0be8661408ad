import Glibc
import ServiceSupervisor

/// One start of a service by systemd's own tool, in the folder that a supervisor has set up before.
struct SocketActivation {
    static let program = "systemd-socket-activate"

    private let spec: ServiceSpec
    private let plan: SupervisorPlan

    init(_ spec: ServiceSpec, _ plan: SupervisorPlan) {
        self.spec = spec
        self.plan = plan
    }

    func measure(_ reply: FirstReply) throws -> Duration {
        let sockets = spec.doors.map { plan.layout.socketPath($0.socketFile) }
        for socket in sockets { unlink(socket) }
        let helper = try SideProcess(Self.program, arguments(sockets), log: "\(plan.layout.folder)/log.txt")
        defer {
            helper.stop(SIGTERM)
            for socket in sockets { unlink(socket) }
        }
        try waitUntilListening(sockets)
        return try reply.measure()
    }

    private func arguments(_ sockets: [String]) -> [String] {
        var variables = [
            "STATE_DIRECTORY": plan.layout.stateFolder(of: spec.name),
            "FNF_RUNTIME_DIR": plan.layout.runtimeFolder, "FNF_CONFIG_DIR": plan.configurationFolder,
            "FNF_LOG_FORMAT": "json", "SWIFT_BACKTRACE": "enable=no",
        ]
        if !spec.credentials.isEmpty { variables["CREDENTIALS_DIRECTORY"] = plan.layout.credentialsFolder }
        return sockets.flatMap { ["-l", $0] }
            + ["--fdname=\(spec.doors.map(\.name).joined(separator: ":"))"]
            + variables.merging(spec.environment) { $1 }.sorted { $0.key < $1.key }
            .flatMap { ["-E", "\($0.key)=\($0.value)"] }
            + [spec.executable] + spec.arguments
    }

    /// Connecting would start it, so the kernel's list of sockets is read.
    private func waitUntilListening(_ sockets: [String]) throws {
        for _ in 0..<1000 {
            let lines = (SmallFile.text("/proc/net/unix") ?? "").split(separator: "\n")
            // Num RefCount Protocol Flags Type St Inode Path; the flag 00010000 is a listening socket.
            let listening = lines.filter { $0.contains(" 00010000 ") }
            if sockets.allSatisfy({ socket in listening.contains { $0.hasSuffix(" \(socket)") } }) { return }
            usleep(2000)
        }
        throw BenchFault("\(Self.program) does not listen at \(sockets.joined(separator: ", "))")
    }
}

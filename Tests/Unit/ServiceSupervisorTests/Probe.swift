import Glibc
import ServiceSupervisor
import TestHost

/// A supervisor over probe services (Tests/Support/ProbeService) in a folder that is gone afterwards.
struct Probe {
    let folder: String
    let supervisor: Supervisor
    let events: EventList

    /// Runs `body` on a supervisor of the services; whatever happens, nothing of it stays.
    static func run(
        _ services: [ServiceSpec], edit: (inout SupervisorPlan) -> Void = { _ in },
        _ body: (Probe) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder().path
        defer { Files.removeTree(folder) }
        var plan = SupervisorPlan(folder: folder, configuration: .folder("/"), services: services)
        plan.restartDelay = .milliseconds(20)
        edit(&plan)
        let events = EventList()
        let supervisor = try Supervisor(plan: plan) { events.append($0) }
        try supervisor.start()
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body(Probe(folder: folder, supervisor: supervisor, events: events)))
        } catch {
            outcome = .failure(error)
        }
        await supervisor.stop(grace: .seconds(5))
        try outcome.get()
    }

    static func service(
        _ name: String = "probe", doors: [String] = ["client"], startAtBoot: Bool = false,
        environment: [String: String] = [:]
    ) -> ServiceSpec {
        var spec = ServiceSpec(
            name: name, executable: "\(BuildProducts.folder)/probe-service",
            doors: doors.map { .init(name: $0, socketFile: "\(name)-\($0).sock") }, startAtBoot: startAtBoot)
        spec.environment = environment
        return spec
    }

    /// Sends a command through a door and waits for the answer; nil when the process ends before it answers.
    func ask(_ command: String, service: String = "probe", door: String = "client") throws -> String? {
        try Connection("\(folder)/run/\(service)-\(door).sock").ask(command)
    }

    var status: ProcessStatus { supervisor.statuses["probe"]! }

    func wait(until predicate: @escaping @Sendable (ProcessStatus) -> Bool) async throws {
        try await supervisor.wait { predicate($0["probe"]!) }
    }
}

extension EventList {
    /// The kinds without their particulars, for comparing an order of things.
    var words: [String] {
        all.compactMap { event in
            switch event.kind {
            case .started: "started"
            case .ready: "ready"
            case .reloading: "reloading"
            case .stopping: "stopping"
            case .watchdogExpired: "watchdogExpired"
            case .exited(let exit): "exited: \(exit)"
            case .restarting: "restarting"
            case .status, .log, .problem: nil
            }
        }
    }
}

/// A connection that is made at once; the kernel holds it until somebody accepts.
final class Connection {
    private let descriptor: Int32

    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        if connected != 0 { throw TestHostFault.systemCall("connect \(path)", errno: errno) }
    }

    deinit { close(descriptor) }

    func send(_ command: String) {
        _ = Glibc.send(descriptor, command + "\n", command.utf8.count + 1, Int32(MSG_NOSIGNAL))
    }

    func answer() -> String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return nil }
        return String(decoding: buffer[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    func ask(_ command: String) -> String? {
        send(command)
        return answer()
    }
}

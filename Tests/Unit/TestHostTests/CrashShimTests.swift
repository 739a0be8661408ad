import Glibc
import ServiceSupervisor
import TestHost
import Testing

@Suite(.timeLimit(.minutes(1))) struct CrashShimTests {
    /// Runs the probe service under the library; `body` asks it and gets nil where it died.
    private func run(
        _ edit: (inout CrashOrders) -> Void, _ body: (Supervisor, () -> String?) async throws -> Void
    ) async throws -> CrashReport? {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        var orders = CrashOrders(service: .flowEngine, folder: folder.path, at: nil)
        orders.program = "probe-service"
        edit(&orders)
        var service = ServiceSpec(
            name: "probe", executable: try BuildProducts.path(of: "probe-service"),
            doors: [.init(name: "client", socketFile: "probe.sock")], startAtBoot: true)
        service.environment = try orders.environment()
        var plan = SupervisorPlan(folder: folder.path, configuration: .folder("/"), services: [service])
        plan.restartDelay = .milliseconds(10)
        let supervisor = try Supervisor(plan: plan)
        try supervisor.start()
        try await supervisor.waitUntilReady()
        try await body(supervisor) { ask("\(folder.path)/run/probe.sock") }
        await supervisor.stop(grace: .seconds(5))
        return CrashReport(path: orders.report)
    }

    /// One command to the probe; it sends one answer by send(2).
    private func ask(_ path: String) -> String? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard connected == 0, send(descriptor, "pid\n", 4, Int32(MSG_NOSIGNAL)) == 4 else { return nil }
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = read(descriptor, &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }

    @Test func `without an order to kill the calls are only counted`() async throws {
        let report = try await run({ _ in }) { supervisor, ask in
            for _ in 0..<5 { #expect(ask() != nil) }
            #expect(supervisor.statuses["probe"]?.starts == 1)
        }
        #expect(
            report?.calls == 5 && report?.writes == 5 && report?.killedAt == nil && report?.processes == 1)
    }

    @Test func `the process dies right before the n-th call, once, and the next one lives`() async throws {
        let report = try await run({ $0.at = 3 }) { supervisor, ask in
            let answers = (0..<6).map { _ in ask() }
            #expect(answers.map { $0 != nil } == [true, true, false, true, true, true])
            try await supervisor.wait { $0["probe"]?.readies == 2 }
            #expect(supervisor.statuses["probe"]?.exits == [.signal(SIGKILL)])
        }
        #expect(report?.calls == 3 && report?.killedAt == 3 && report?.killedIn == .write)
    }

    @Test func `the process can die right after the call instead`() async throws {
        let report = try await run({ orders in
            orders.at = 2
            orders.after = true
        }) { supervisor, ask in
            #expect([ask(), ask()].allSatisfy { $0 != nil })
            try await supervisor.wait { $0["probe"]?.exits == [.signal(SIGKILL)] }
        }
        #expect(report?.killedAt == 2)
    }

    @Test func `other kinds of calls and other programs are left alone`() async throws {
        let report = try await run({ orders in
            orders.at = 1
            orders.kinds = [.pwrite, .sync, .sendmsg]
        }) { _, ask in #expect(ask() != nil) }
        #expect(report?.calls == 0)

        let other = try await run({ $0.program = "another" }) { _, ask in #expect(ask() != nil) }
        #expect(other == nil)
    }
}

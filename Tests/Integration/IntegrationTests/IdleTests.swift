import Glibc
import OrderDesk
import OrderStoreAPI
import Primitives
import ServiceSupervisor
import TestHost
import Testing

extension Integration {
    @Suite(.serialized) struct IdleTests {
        /// Units: seconds. What the promise is made for.
        static let watched = 60

        @Test func `an idle system makes no system calls but its watchdog's`() async throws {
            var options = FnfSystem.Options()
            options.plan = { $0.watchdog = .seconds(15) }
            try await FnfSystem.run(options) { system in
                let desk = OrderDesk(system)
                try await desk.applyFlow()
                let number = try await desk.submit()
                try await desk.recorded(number, "TaskSubmitted", step: "payment")
                try await desk.pay(number, "weixin")
                #expect(try await desk.closed(number).status == .completed)
                try await settle(system)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for service in FnfService.ofOrders {
                        let pid = try #require(system.pid(of: service))
                        group.addTask {
                            try await watch(service, pid, "\(system.folder)/\(service.rawValue).trace")
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }

        /// Lets the engine's index follow its log: it does so once, a second after the last change.
        private func settle(_ system: FnfSystem) async throws {
            _ = try await RunningCommand("/bin/sleep", ["3"]).result()
        }

        private func watch(_ service: FnfService, _ pid: Int32, _ file: String) async throws {
            _ = try await RunningCommand(
                "/usr/bin/timeout",
                ["-s", "INT", "\(Self.watched)", "strace", "-f", "-qq", "-o", file, "-p", "\(pid)"],
                timeout: .seconds(120)
            ).result()
            let lines = (Files.text(file) ?? "").split(separator: "\n")
            let pings = lines.filter { $0.contains("WATCHDOG=1") }.count
            print(
                "idle: \(service.rawValue) made \(lines.count) calls for \(pings) pings in \(Self.watched) s")
            #expect((8...14).contains(pings), "\(service.rawValue): \(pings) pings")
            // One wake-up a ping: libsystemd opens, sets up, writes and closes a socket, the timer is read and set again.
            let wakeUps = lines.filter { $0.contains("epoll_wait") && $0.hasSuffix("= 1") }.count
            #expect(wakeUps <= pings + 1, "\(service.rawValue):\n\(lines.prefix(60).joined(separator: "\n"))")
            #expect(
                lines.count <= 16 * (pings + 1),
                "\(service.rawValue):\n\(lines.prefix(60).joined(separator: "\n"))")
            let foreign = lines.filter { line in
                ["pwrite", "fdatasync", "write(", "openat", "recv", "clone"].contains { line.contains($0) }
            }
            #expect(foreign.isEmpty, "\(service.rawValue): \(foreign.prefix(10).joined(separator: "\n"))")
        }
    }
}

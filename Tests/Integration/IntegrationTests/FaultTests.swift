import FlowEngineAPI
import Glibc
import OrderDesk
import OrderStoreAPI
import Primitives
import RPCProtocol
import ServiceSupervisor
import TestHost
import Testing

extension Integration {
    /// A disk, a lock or a neighbour that fails.
    @Suite(.serialized) struct FaultTests {
        @Test(arguments: [FnfService.flowEngine, .orderStore, .paymentGateway])
        func
            `a service whose database is locked for too long is ended by its watchdog, and the order goes on`(
                _ service: FnfService
            ) async throws
        {
            var options = FnfSystem.Options()
            options.plan = {
                $0.watchdog = .seconds(2)
                $0.abortGrace = .milliseconds(500)
            }
            try await FnfSystem.run(options) { system in
                let desk = OrderDesk(system)
                try await desk.applyFlow()
                let number = try await desk.submit()
                try await desk.recorded(number, "TaskSubmitted", step: "payment")
                let before = system.status(of: service)
                let lock = try system.database(of: service).holdWriteLock()
                // Something to write, so that the loop meets the lock; its answer comes after the next start.
                async let payment = persistentlyPaying(desk, number)
                try await system.wait(for: service) { $0.exits.count > before.exits.count }
                #expect(system.status(of: service).exits.last == .watchdog)
                try lock.release()
                try await payment
                #expect(try await desk.closed(number).status == .completed)
            }
        }

        private func persistentlyPaying(_ desk: OrderDesk, _ number: String) async throws {
            while true {
                do {
                    try await desk.pay(number, "zhifubao")
                    return
                } catch let failure as RPCFailure where failure.isRetryable {
                    continue
                }
            }
        }

        @Test func `a state folder that can't be used is named, with the way out`() async throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            for service in FnfService.allCases {
                let program = try BuildProducts.path(of: service.rawValue)
                let socket = "\(folder.path)/\(service.rawValue).sock"
                let started = try RunningCommand(
                    "/usr/bin/systemd-socket-activate", doors(of: service, folder.path) + [program],
                    environment: [
                        "STATE_DIRECTORY": "/proc/nowhere",
                        "FNF_CONFIG_DIR": BuildProducts.defaultConfiguration,
                        "FNF_RUNTIME_DIR": folder.path,
                    ])
                try await started.waitUntilPrinted("Listening on")
                connectOnce(socket)
                let result = await started.result()
                #expect(result.exitCode != 0 && result.exitCode != nil, "\(result)")
                #expect(result.errorOutput.contains("/proc/nowhere"), "\(result)")
            }
        }

        @Test func `a broken configuration is named by file, line and reason`() async throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            for service in FnfService.allCases {
                try Files.put(
                    "logLevel: info\nidleExitSecond: 5\n", "\(folder.path)/\(service.rawValue).yaml")
                let started = try RunningCommand(
                    "/usr/bin/systemd-socket-activate",
                    doors(of: service, folder.path) + [try BuildProducts.path(of: service.rawValue)],
                    environment: [
                        "STATE_DIRECTORY": folder.path, "FNF_CONFIG_DIR": folder.path,
                        "FNF_RUNTIME_DIR": folder.path,
                    ])
                try await started.waitUntilPrinted("Listening on")
                connectOnce("\(folder.path)/\(service.rawValue).sock")
                let result = await started.result()
                #expect(result.exitCode == 78, "\(result)")
                #expect(result.errorOutput.contains("\(service.rawValue).yaml:2"), "\(result)")
                #expect(result.errorOutput.contains("idleExitSeconds"), "\(result)")
            }
        }
    }
}

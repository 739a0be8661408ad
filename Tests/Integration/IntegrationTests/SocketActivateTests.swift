import Glibc
import Primitives
import RPCProtocol
import RPCTransport
import TestHost
import Testing

extension Integration {
    /// systemd's own hand-over of sockets, without PID 1.
    @Suite(.serialized) struct SocketActivateTests {
        @Test(arguments: FnfService.allCases)
        func `each service is started by a connect under systemd-socket-activate and answers it`(
            _ service: FnfService
        ) async throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            try Files.makeFolder("\(folder.path)/state")
            try Files.makeFolder("\(folder.path)/credentials")
            let key = String(repeating: "6b", count: 32)
            try Files.put("\(key)\n", "\(folder.path)/credentials/flow-web-key", mode: 0o600)
            let started = try RunningCommand(
                "/usr/bin/systemd-socket-activate",
                doors(of: service, folder.path) + [try BuildProducts.path(of: service.rawValue)],
                environment: [
                    "STATE_DIRECTORY": "\(folder.path)/state",
                    "CREDENTIALS_DIRECTORY": "\(folder.path)/credentials",
                    "FNF_CONFIG_DIR": BuildProducts.defaultConfiguration,
                    "FNF_RUNTIME_DIR": folder.path,
                ])
            try await started.waitUntilPrinted("Listening on")
            let client = SocketCaller(
                path: "\(folder.path)/\(RPCDoor.client.socketName(of: service.rawValue))",
                connectPatience: .seconds(20))
            _ = try await client.call("rpc.ping", [:], meta: RPCMeta())
            let status = try await client.call("service.status", [:], meta: RPCMeta())
            #expect(status["name"] == .string(service.rawValue))
            let discovered = try await client.call("rpc.discover", [:], meta: RPCMeta())
            #expect(discovered["openrpc"] == "1.3.2")
            started.signal(SIGTERM)
            let result = await started.result()
            #expect(result.exitCode == 0, "\(result)")
        }
    }
}

import FlowWebAPI
import RPCProtocol
import RPCTransport
import ServiceSupervisor

extension Workplace {
    /// Runs the whole system with a port for HTTP as long as `body` works with it, on the shared loop.
    func withWeb<Value: Sendable>(
        in folder: String, _ body: @escaping @Sendable (Supervisor, UInt16) async throws -> Value
    ) async throws -> Value {
        var plan = try plan(in: folder)
        plan.listen(at: TCPAddress(port: 0), as: "http", for: "flow-web")
        let supervisor = try Supervisor(plan: plan)
        do {
            try supervisor.start()
            try await supervisor.waitUntilReady()
            guard let port = supervisor.addresses["http"]?.port else { throw BenchFault("no HTTP listener") }
            let value = try await withTaskExecutorPreference(LoopExecutor.shared) {
                try await body(supervisor, port)
            }
            await supervisor.stop(grace: .seconds(10))
            return value
        } catch {
            await supervisor.stop(grace: .seconds(10))
            throw error
        }
    }
}

extension SupervisorLayout {
    /// An access key of an administrator.
    func createKey(_ id: String, secret: String) async throws {
        let params = CreateAccessKey.Params.with {
            $0.accessKeyID = id
            $0.secret = secret
            $0.role = .admin
        }
        let desk = SocketCaller(path: socketPath("flow-web-admin.sock"))
        _ = try await desk.call(CreateAccessKey.self, params)
    }
}

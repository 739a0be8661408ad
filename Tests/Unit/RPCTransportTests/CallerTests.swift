import Glibc
import Primitives
import RPCProtocol
import RPCTransport
import Testing

@Suite(.timeLimit(.minutes(1))) struct CallerTests {
    @Test func `concurrent calls share one connection`() async throws {
        try await ServerHost.with { host in
            let server = try await host.serve()
            let caller = host.caller()
            try await withThrowingTaskGroup { group in
                for number in 0..<300 {
                    group.addTask {
                        let reply = try await caller.call(Echo.self, Number(Int64(number)))
                        #expect(reply.value == Int64(number))
                    }
                }
                try await group.waitForAll()
            }
            #expect(host.metrics.value("fnf_rpc_connections_total") == 1)
            #expect(try await host.load(server).connections == 1)
        }
    }

    @Test func `a caller on the server's own loop gets its answers`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let caller = SocketCaller(path: host.path, executor: host.executor)
            let task = Task(executorPreference: host.executor) {
                try await caller.call(Echo.self, Number(4))
            }
            #expect(try await task.value == Number(4))
        }
    }

    @Test func `an error of the service is thrown with its details`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let failure = await #expect(throws: RPCFailure.self) {
                try await host.caller().call(Privileged.self, Number(1))
            }
            #expect(failure?.answer?.name == .accessDenied)
            #expect(failure?.answer?.details["door"] == "client")
            #expect(failure?.isUnanswered == false)
        }
    }

    @Test func `a server that goes away before its reply is a loss, and the next call connects again`()
        async throws
    {
        try await ServerHost.with { host in
            let first = try await host.serve()
            let caller = host.caller()
            let lost = Task { try await caller.call(Work.self, Number(1)) }
            await host.notes.heard("working")
            await host.drain(first, limit: .milliseconds(1))
            let failure = await #expect(throws: RPCFailure.self) { try await lost.value }
            guard case .lost = failure else {
                Issue.record("expected a loss, got \(String(describing: failure))")
                return
            }
            try await host.serve()
            #expect(try await caller.call(Echo.self, Number(2)) == Number(2))
        }
    }

    @Test func `calls that are made while no server runs wait in the socket's queue and are served`()
        async throws
    {
        try await ServerHost.with { host in
            let caller = host.caller()
            let calls = (0..<20).map { number in
                Task { try await caller.call(Echo.self, Number(Int64(number))).value }
            }
            let raw = try RawClient(host.path)
            raw.request(1, "Echo")
            try await host.serve()
            #expect(try await raw.receive()?["id"] == 1)
            for (number, call) in calls.enumerated() { #expect(try await call.value == Int64(number)) }
        }
    }

    @Test func `a socket that appears later is found by trying again`() async throws {
        try await ServerHost.with { host in
            let path = "\(host.folder)/late.sock"
            defer { unlink(path) }
            let caller = SocketCaller(path: path, connectPatience: .seconds(20))
            let call = Task { try await caller.call(Echo.self, Number(1)) }
            let listener = try ServerHost.listen(path)
            defer { close(listener) }
            let server = try await host.serve()
            try await server.listen(on: listener, door: .client)
            #expect(try await call.value == Number(1))
        }
    }

    @Test func `a full queue is tried again and then told by name`() async throws {
        try await ServerHost.with { host in
            let path = "\(host.folder)/full.sock"
            let listener = try ServerHost.listen(path, backlog: 0)
            defer {
                close(listener)
                unlink(path)
            }
            let occupant = try RawClient(path)
            let caller = SocketCaller(path: path, connectPatience: .milliseconds(50))
            let failure = await #expect(throws: RPCFailure.self) {
                try await caller.call(Echo.self, Number(1))
            }
            #expect(failure?.description.contains("queue of \(path) is full") == true)
            _ = occupant
        }
    }

    @Test func `a missing socket names the unit to look at`() async throws {
        let caller = SocketCaller(
            path: "/tmp/fnf-none/flow-engine-admin.sock", connectPatience: .milliseconds(30))
        let failure = await #expect(throws: RPCFailure.self) { try await caller.call(Echo.self, Number(1)) }
        guard case .unreachable(let reason) = failure else {
            Issue.record("expected unreachable, got \(String(describing: failure))")
            return
        }
        #expect(reason.contains("systemctl status fnf-flow-engine-admin.socket"))
        #expect(failure?.isRetryable == true && failure?.isUnanswered == true)
    }

    @Test func `a path that is too long is refused by name`() async throws {
        let path = "/tmp/" + String(repeating: "x", count: 103)
        let failure = await #expect(throws: RPCFailure.self) {
            try await SocketCaller(path: path).call(Echo.self, Number(1))
        }
        #expect(failure?.description.contains("108 bytes") == true)
    }

    @Test func `canceling the caller's task cancels the call on the server`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let caller = host.caller()
            let call = Task { try await caller.call(Wait.self, Number(1)) }
            await host.notes.heard("waiting")
            call.cancel()
            let failure = await #expect(throws: RPCFailure.self) { try await call.value }
            #expect(failure == .canceled)
            await host.notes.heard("wait ended")
            #expect(try await caller.call(Echo.self, Number(3)) == Number(3))
        }
    }

    @Test func `the deadline is answered by the server when it lives and by the caller when it hangs`()
        async throws
    {
        try await ServerHost.with { host in
            let caller = host.caller()
            let meta = RPCMeta(deadlineMs: 30)
            let hanging = await #expect(throws: RPCFailure.self) {
                try await caller.call(Wait.self, Number(1), meta: meta)
            }
            guard case .timedOut = hanging else {
                Issue.record("expected a local deadline, got \(String(describing: hanging))")
                return
            }
            try await host.serve()
            let living = await #expect(throws: RPCFailure.self) {
                try await caller.call(Wait.self, Number(1), meta: meta)
            }
            #expect(living?.answer?.name == .deadlineExceeded)
        }
    }

    @Test func `params beyond the frame limit are refused before they are sent`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            var limits = WireLimits()
            limits.frameBytesMax = 200
            let caller = SocketCaller(path: host.path, limits: limits)
            let params: JSONValue = ["value": .string(String(repeating: "x", count: 300))]
            let failure = await #expect(throws: RPCFailure.self) {
                try await caller.call("Echo", params, meta: RPCMeta())
            }
            #expect(failure?.answer?.name == .frameTooLarge)
            #expect(try await caller.call(Echo.self, Number(3)) == Number(3))
        }
    }
}

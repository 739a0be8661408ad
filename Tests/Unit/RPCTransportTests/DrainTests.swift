import Primitives
import RPCProtocol
import RPCTransport
import Testing

@Suite(.timeLimit(.minutes(1))) struct DrainTests {
    @Test func `a draining server answers what is in flight, ends waits, and closes silent connections`()
        async throws
    {
        try await ServerHost.with { host in
            let server = try await host.serve()
            let client = try RawClient(host.path)
            client.request(1, "Work", ["value": 6])
            client.request(2, "Wait")
            await host.notes.heard("working", "waiting")
            let drained = Task { await host.drain(server) }
            #expect(try await client.receiveError(id: 2) == "ServiceUnavailable")
            client.request(3, "Wait")
            #expect(try await client.receiveError(id: 3) == "ServiceUnavailable")
            client.request(4, "Echo")
            #expect(try await client.receive()?["id"] == 4)
            host.gate.open()
            #expect(try await client.receive()?["result"] == ["value": 6])
            #expect(try await client.receive() == nil)
            await drained.value
        }
    }

    @Test func `who connects while a server drains is served by the next one`() async throws {
        try await ServerHost.with { host in
            let first = try await host.serve()
            let old = try RawClient(host.path)
            old.request(1, "Echo")
            #expect(try await old.receive()?["id"] == 1)
            let drained = Task { await host.drain(first) }
            // The server has stopped accepting once it refuses to wait.
            repeat {
                old.request(2, "Wait", meta: ["deadlineMs": 5])
            } while try await old.receiveError(id: 2) != "ServiceUnavailable"
            let new = try RawClient(host.path)
            new.request(1, "Echo")
            await drained.value
            try await host.serve()
            #expect(try await new.receive()?["id"] == 1)
        }
    }

    @Test func `a connection that stays busy is closed at the limit`() async throws {
        try await ServerHost.with { host in
            let server = try await host.serve()
            let client = try RawClient(host.path)
            client.request(1, "Work")
            await host.notes.heard("working")
            await host.drain(server, limit: .milliseconds(20))
            #expect(try await client.receive() == nil)
        }
    }
}

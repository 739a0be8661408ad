import Primitives
import RPCProtocol
import RPCTransport
import Testing

@Suite(.timeLimit(.minutes(1))) struct WaitingTests {
    @Test func `a canceled wait is answered Canceled and its handler ends`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let client = try RawClient(host.path)
            client.request(1, "Wait")
            await host.notes.heard("waiting")
            client.cancel(1)
            #expect(try await client.receiveError(id: 1) == "Canceled")
            await host.notes.heard("wait ended")
            client.request(1, "Echo")
            #expect(try await client.receive()?["id"] == 1)
        }
    }

    @Test func `canceled work is answered Canceled and completes`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let client = try RawClient(host.path)
            client.request(1, "Work")
            await host.notes.heard("working")
            client.cancel(1)
            #expect(try await client.receiveError(id: 1) == "Canceled")
            host.gate.open()
            await host.notes.heard("worked")
        }
    }

    @Test func `a cancel of an unknown id is ignored`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let client = try RawClient(host.path)
            client.cancel(77)
            client.request(1, "Echo")
            #expect(try await client.receive()?["id"] == 1)
        }
    }

    @Test(arguments: ["Wait", "Work"])
    func `a passed deadline is answered, whatever the handler does`(method: String) async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let client = try RawClient(host.path)
            client.request(1, method, meta: ["deadlineMs": 20])
            #expect(try await client.receiveError(id: 1) == "DeadlineExceeded")
            if method == "Wait" { await host.notes.heard("wait ended") }
            host.gate.open()
            if method == "Work" { await host.notes.heard("worked") }
        }
    }

    @Test func `a deadline that has passed before the start starts nothing`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let client = try RawClient(host.path)
            client.request(1, "Work", meta: ["deadlineMs": 0])
            #expect(try await client.receiveError(id: 1) == "DeadlineExceeded")
            #expect(!host.notes.words.contains("working"))
        }
    }

    @Test func `one request too many is throttled, waits have a count of their own`() async throws {
        try await ServerHost.with { host in
            var limits = WireLimits()
            limits.requestsInFlightMax = 2
            limits.waitsInFlightMax = 1
            let server = try await host.serve(limits: limits)
            let client = try RawClient(host.path)
            client.request(1, "Work")
            client.request(2, "Work")
            client.request(3, "Work")
            let throttled = try #require(try await client.receive())
            #expect(throttled["id"] == 3)
            #expect(throttled["error"]?["data"]?["name"] == "ResourceThrottled")
            #expect(throttled["error"]?["data"]?["retryable"] == true)
            #expect((throttled["error"]?["data"]?["details"]?["retryAfterMs"]?.integerValue ?? 0) > 0)
            client.request(4, "Wait")
            client.request(5, "Wait")
            #expect(try await client.receiveError(id: 5) == "ResourceThrottled")
            let load = try await host.load(server)
            #expect(load.requests == 2 && load.waits == 1 && load.connections == 1)
            client.cancel(4)
            #expect(try await client.receiveError(id: 4) == "Canceled")
            host.gate.open()
            #expect(Set([try await client.receive()?["id"], try await client.receive()?["id"]]) == [1, 2])
            client.request(6, "Echo")
            #expect(try await client.receive()?["id"] == 6)
        }
    }

    @Test func `connections beyond the limit wait and are served when one has closed`() async throws {
        try await ServerHost.with { host in
            var limits = WireLimits()
            limits.connectionsMax = 1
            try await host.serve(limits: limits)
            var first: RawClient? = try RawClient(host.path)
            first?.request(1, "Echo")
            #expect(try await first?.receive()?["id"] == 1)
            let second = try RawClient(host.path)
            second.request(2, "Echo")
            first = nil
            #expect(try await second.receive()?["id"] == 2)
        }
    }
}

import HTTPMessage
import HTTPTransport
import Testing

/// The end of the service.
@Suite struct DrainTests {
    @Test func `what waits is asked to end and answered, what is idle closed`() async throws {
        var limits = HTTPLimits()
        limits.drainPatience = .milliseconds(50)
        try await WebHost.run(limits) { host in
            let idle = try host.connect()
            idle.send("GET / HTTP/1.1\r\n\r\n")
            #expect(try await idle.receive()?.status == 200)
            let waiting = try host.connect()
            waiting.send("GET /wait HTTP/1.1\r\n\r\n")
            await host.endpoint.events.seen("waiting")
            await host.drain()
            #expect(try await idle.isAtEnd())
            let answer = try #require(try await waiting.receive())
            #expect(answer.body == "nothing came")
            #expect(answer.headers["connection"] == "close")
            #expect(try await waiting.isAtEnd())
            let load = await host.load
            #expect(load.connections == 0)
        }
    }

    @Test func `who has connected before and asks only now is answered`() async throws {
        var limits = HTTPLimits()
        limits.drainPatience = .seconds(10)
        try await WebHost.run(limits) { host in
            let idle = try host.connect()
            idle.send("GET / HTTP/1.1\r\n\r\n")
            #expect(try await idle.receive()?.status == 200)
            let client = try host.connect()
            while await host.load.connections < 2 { await Task.yield() }
            async let drained: Void = host.drain()
            #expect(try await idle.isAtEnd())
            client.send("GET / HTTP/1.1\r\n\r\n")
            let answer = try #require(try await client.receive())
            #expect(answer.status == 200 && answer.headers["connection"] == "close")
            await drained
        }
    }

    @Test func `a request that is still being sent is refused`() async throws {
        var limits = HTTPLimits()
        limits.drainPatience = .milliseconds(50)
        limits.lingerTimeout = .milliseconds(50)
        try await WebHost.run(limits) { host in
            let client = try host.connect()
            client.send("POST /half HTTP/1.1\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await client.receive()?.status == 100)
            await host.drain()
            #expect(try await client.receive()?.body == "stopping /half")
        }
    }

    @Test func `who connects meanwhile waits for the next process`() async throws {
        try await WebHost.run { host in
            await host.drain()
            // The socket is the supervisor's and listens on.
            let client = try host.connect()
            #expect(client.send("GET / HTTP/1.1\r\n\r\n") > 0)
        }
    }
}

import HTTPMessage
import HTTPTransport
import Testing

/// What no honest client does; every refusal has the endpoint's shape.
@Suite struct RefusalTests {
    private func refusal(
        _ request: String, _ limits: HTTPLimits = HTTPLimits()
    ) async throws -> WebClient.Answer {
        var refusal = WebClient.Answer()
        try await WebHost.run(limits) { host in
            let client = try host.connect()
            client.send(request)
            refusal = try #require(try await client.receive())
            #expect(refusal.headers["content-type"] == "text/refusal")
            #expect(refusal.headers["connection"] == "close")
            #expect(try await client.isAtEnd())
        }
        return refusal
    }

    @Test(
        arguments: [
            "GARBAGE\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET  HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nBad Name: x\r\n\r\n", "GET / HTTP/1.1\r\nA: b\u{0}c\r\n\r\n",
            "GET / HTTP/1.1\r\nNoColon\r\n\r\n", "CONNECT h:443 HTTP/1.1\r\n\r\n",
            "GET ftp://h/ HTTP/1.1\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 1x\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n",
            "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}",
        ])
    func `what is malformed is refused`(_ request: String) async throws {
        let answer = try await refusal(request)
        #expect(answer.status == 400 && answer.body.hasPrefix("malformed "), "\(answer)")
    }

    @Test func `a body that says that it is too large is not read`() async throws {
        let answer = try await refusal("POST /x HTTP/1.1\r\nContent-Length: 1001\r\n\r\n")
        #expect(answer.status == 413 && answer.body == "bodyTooLarge 1000 /x")
    }

    @Test func `who expects to go on with too large a body is refused instead`() async throws {
        let answer = try await refusal(
            "POST /x HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n")
        #expect(answer.status == 413)
    }

    @Test func `a chunked body is refused as soon as it is too large`() async throws {
        let chunk = "1F4\r\n" + String(repeating: "x", count: 500) + "\r\n"
        let head = "POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
        let refused = try await refusal(head + chunk + chunk + "1\r\nx")
        #expect(refused.status == 413 && refused.body == "bodyTooLarge 1000 /x")
    }

    @Test func `a bound is a bound of the endpoint`() async throws {
        try await WebHost.run { host in
            let body = String(repeating: "y", count: 100_000)
            let taken = try await host.answer(
                to: "POST /large HTTP/1.1\r\nContent-Length: 100000\r\n\r\n\(body)")
            #expect(taken.status == 200 && taken.body.utf8.count > 100_000)
        }
    }

    @Test func `a peer that sends all of its body before it reads still gets the refusal`() async throws {
        try await WebHost.run { host in
            let client = try host.connect()
            client.send("POST /x HTTP/1.1\r\nContent-Length: 20000000\r\n\r\n")
            client.send([UInt8](repeating: 0x61, count: 20_000_000))
            #expect(try await client.receive()?.status == 413)
        }
    }

    @Test(
        arguments: [
            "GET / HTTP/1.1\r\n" + (0..<101).map { "H\($0): v\r\n" }.joined() + "\r\n",
            "GET / HTTP/1.1\r\nLong: \(String(repeating: "v", count: 40_000))\r\n\r\n",
            "GET / HTTP/1.1\r\n"
                + (0..<90).map { "H\($0): \(String(repeating: "v", count: 500))\r\n" }.joined()
                + "\r\n",
            "GET /\(String(repeating: "p", count: 40_000)) HTTP/1.1\r\n\r\n",
        ])
    func `heads are bounded`(_ request: String) async throws {
        let answer = try await refusal(request)
        #expect(answer.status == 431, "\(answer)")
    }

    @Test(
        arguments: [
            ("GET /queues/q HTTP/1.1\r\n" + (0..<101).map { "H\($0): v\r\n" }.joined() + "\r\n", "/queues/q"),
            ("PUT /topics/t?metaoverride=true HTTP/1.1\r\nBad Name: x\r\n\r\n", "/topics/t"),
            ("GET http://h/queues/a HTTP/1.1\r\nNoColon\r\n\r\n", "/queues/a"),
            ("get /queues HTTP/1.1\r\n\r\n", "headless"), ("\r\n\u{1}\u{2}", "headless"),
        ])
    func `a refusal knows the path as far as it came`(_ request: String, _ path: String) async throws {
        #expect(try await refusal(request).body.hasSuffix(" \(path)"))
    }

    @Test func `a request line without an end is refused at the bound`() async throws {
        try await WebHost.run { host in
            let client = try host.connect()
            client.send("GET /" + String(repeating: "p", count: 200_000))
            #expect(try await client.receive()?.status == 431)
        }
    }

    @Test func `slow heads and bodies are refused, idle connections closed`() async throws {
        var limits = HTTPLimits()
        limits.readTimeout = .milliseconds(100)
        limits.idleTimeout = .milliseconds(300)
        #expect(try await refusal("GET / HT", limits).body == "tooSlow /")
        #expect(
            try await refusal("POST /b HTTP/1.1\r\nContent-Length: 5\r\n\r\nab", limits).body == "tooSlow /b")
        try await WebHost.run(limits) { host in
            let client = try host.connect()
            #expect(try await client.isAtEnd())
            let second = try host.connect()
            second.send("GET / HTTP/1.1\r\n\r\n")
            #expect(try await second.receive()?.status == 200)
            #expect(try await second.isAtEnd())
        }
    }

    @Test func `a trickle does not prolong the time of a head`() async throws {
        var limits = HTTPLimits()
        limits.readTimeout = .milliseconds(200)
        try await WebHost.run(limits) { host in
            let client = try host.connect()
            client.send("GET / HTTP/1.1\r\nX: ")
            let dripping = Task {
                while client.send("x") == 1 { try await Task.sleep(for: .milliseconds(20)) }
            }
            #expect(try await client.receive()?.status == 408)
            dripping.cancel()
        }
    }

    @Test func `more requests at once than allowed are refused behind the answer that is due`() async throws {
        var limits = HTTPLimits()
        limits.pipelinedMax = 4
        try await WebHost.run(limits) { host in
            let client = try host.connect()
            client.send(String(repeating: "GET /a HTTP/1.1\r\n\r\n", count: 200))
            #expect(try await client.receive()?.status == 200)
            let refused = try #require(try await client.receive())
            #expect(refused.status == 400 && refused.body.contains("more than 4 requests"))
            #expect(try await client.isAtEnd())
        }
    }

    @Test func `what is malformed behind a good request is refused after its answer`() async throws {
        try await WebHost.run { host in
            let client = try host.connect()
            client.send("GET /good HTTP/1.1\r\n\r\nGARBAGE\r\n\r\n")
            #expect(try await client.receive()?.body.hasPrefix("GET /good") == true)
            #expect(try await client.receive()?.status == 400)
            #expect(try await client.isAtEnd())
        }
    }

    @Test func `all bodies together are bounded`() async throws {
        var limits = HTTPLimits()
        limits.bodiesBytesMax = 1500
        try await WebHost.run(limits) { host in
            let first = try host.connect()
            first.send(
                "POST /wait HTTP/1.1\r\nContent-Length: 1000\r\n\r\n\(String(repeating: "x", count: 1000))")
            await host.endpoint.events.seen("waiting")
            let body = String(repeating: "x", count: 600)
            let refused = try await host.answer(
                to: "POST /a HTTP/1.1\r\nContent-Length: 600\r\n\r\n\(body)")
            #expect(refused.status == 503 && refused.body.hasPrefix("overloaded"))
            first.end()
            await host.endpoint.events.seen("canceled")
            let taken = try await host.answer(
                to: "POST /a HTTP/1.1\r\nContent-Length: 600\r\n\r\n\(body)")
            #expect(taken.status == 200)
        }
    }

    @Test func `at the bound of connections an idle one makes room, a busy one does not`() async throws {
        var limits = HTTPLimits()
        limits.connectionsMax = 2
        try await WebHost.run(limits) { host in
            let busy = try host.connect()
            busy.send("GET /wait HTTP/1.1\r\n\r\n")
            await host.endpoint.events.seen("waiting")
            let idle = try host.connect()
            idle.send("GET / HTTP/1.1\r\n\r\n")
            #expect(try await idle.receive()?.status == 200)
            let third = try host.connect()
            third.send("GET /wait HTTP/1.1\r\n\r\n")
            #expect(try await idle.isAtEnd())
            await host.endpoint.events.seen("waiting", 2)
            let fourth = try host.connect()
            let refused = try #require(try await fourth.receive())
            #expect(refused.status == 503 && refused.body == "overloaded headless")
            #expect(try await fourth.isAtEnd())
            third.end()
            busy.end()
        }
    }

    @Test func `a peer that does not take its answer is cut off`() async throws {
        var limits = HTTPLimits()
        limits.writeTimeout = .milliseconds(200)
        try await WebHost.run(limits) { host in
            let client = try host.connect()
            client.send("GET /big HTTP/1.1\r\n\r\n")
            // Until it was taken there is none either.
            while !host.counted.contains(.answer(200)) { await Task.yield() }
            while await host.load.connections > 0 { await Task.yield() }
            #expect(host.counted.contains(.answer(200)))
        }
    }
}

import HTTPMessage
import HTTPTransport
import Testing

/// What honest clients do.
@Suite struct ExchangeTests {
    @Test func `a connection takes one request after another`() async throws {
        try await WebHost.run { host in
            let client = try host.connect()
            for number in 1...3 {
                client.send("POST /a?n=\(number) HTTP/1.1\r\nHost: h:1\r\nContent-Length: 2\r\n\r\nxy")
                let answer = try #require(try await client.receive())
                #expect(answer.status == 200)
                #expect(answer.body == "POST /a n=\(number) 127.0.0.1 host=h:1 secure=false body=xy")
                #expect(answer.headers["date"]?.hasSuffix(" GMT") == true)
                #expect(answer.headers["connection"] == nil)
            }
        }
    }

    @Test func `requests that were sent at once are answered in their order`() async throws {
        try await WebHost.run { host in
            let client = try host.connect()
            client.send((1...20).map { "GET /\($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
            for number in 1...20 {
                #expect(try await client.receive()?.body.hasPrefix("GET /\(number) ") == true)
            }
        }
    }

    @Test func `a request that comes byte by byte is the same request`() async throws {
        try await WebHost.run { host in
            let client = try host.connect()
            for byte in "POST /slow HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc".utf8 { client.send([byte]) }
            #expect(try await client.receive()?.body.hasSuffix("body=abc") == true)
        }
    }

    @Test func `a chunked body is put together`() async throws {
        try await WebHost.run { host in
            let answer = try await host.answer(
                to: "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
            #expect(answer.body.hasSuffix("body=abcde"))
        }
    }

    @Test(
        arguments: [
            ("//?Action=X", "// Action=X"), ("http://fnf.example.com/?A=%2F&b", "/ A=%2F&b"),
            ("http://fnf.example.com", "/ -"), ("HTTPS://h:1?q", "/ q"),
            ("/a/../b%00c//d", "/a/../b%00c//d -"),
            ("/?a=b?c", "/ a=b?c"), ("/%e4%bd%a0", "/%e4%bd%a0 -"), ("/?", "/ "),
        ])
    func `path and query are what stood on the request line`(_ target: String, _ read: String) async throws {
        try await WebHost.run { host in
            let answer = try await host.answer(to: "GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(answer.body.hasPrefix("GET \(read) 127"))
        }
    }

    @Test func `the host header that one library sends is taken`() async throws {
        try await WebHost.run { host in
            let answer = try await host.answer(to: "GET / HTTP/1.1\r\nhost: http://127.0.0.1:8080\r\n\r\n")
            #expect(answer.body.contains("host=http://127.0.0.1:8080 "))
        }
    }

    @Test func `the end of a connection comes when it was asked for, and with HTTP 1.0`() async throws {
        try await WebHost.run { host in
            for (line, version) in [
                ("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", "HTTP/1.1"),
                ("GET / HTTP/1.1\r\nConnection: Keep-Alive, Close\r\n\r\n", "HTTP/1.1"),
                ("GET / HTTP/1.0\r\n\r\n", "HTTP/1.0"),
            ] {
                let client = try host.connect()
                client.send(line)
                let answer = try #require(try await client.receive())
                #expect(answer.version == version && answer.status == 200)
                #expect(answer.headers["connection"] == "close")
                #expect(try await client.isAtEnd())
            }
        }
    }

    @Test func `HEAD has the length and no body`() async throws {
        try await WebHost.run { host in
            let client = try host.connect()
            client.send("HEAD /head HTTP/1.1\r\n\r\nGET /get HTTP/1.1\r\n\r\n")
            let head = try #require(try await client.receive(bodyless: true))
            #expect(head.headers["content-length"].flatMap { Int($0) } ?? 0 > 20)
            #expect(try await client.receive()?.body.hasPrefix("GET /get") == true)
        }
    }

    @Test func `an answer without content has no length`() async throws {
        try await WebHost.run { host in
            let client = try host.connect()
            client.send("GET /nothing HTTP/1.1\r\n\r\nGET /get HTTP/1.1\r\n\r\n")
            let nothing = try #require(try await client.receive())
            #expect(nothing.status == 204 && nothing.headers["content-length"] == nil)
            #expect(try await client.receive()?.status == 200)
        }
    }

    @Test func `an endpoint can't break the framing of its answer`() async throws {
        try await WebHost.run { host in
            let answer = try await host.answer(to: "GET /headers HTTP/1.1\r\n\r\n")
            #expect(answer.body == "12345")
            #expect(answer.headers["x-kept"] == "yes")
            #expect(answer.headers["x-injected"] == nil)
            #expect(answer.headers["transfer-encoding"] == nil && answer.headers["connection"] == nil)
        }
    }

    @Test func `who expects to be told to go on is told`() async throws {
        try await WebHost.run { host in
            let client = try host.connect()
            client.send("POST / HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await client.receive()?.status == 100)
            client.send("xy")
            #expect(try await client.receive()?.body.hasSuffix("body=xy") == true)
        }
    }

    @Test func `a stream is sent in chunks, and to HTTP 1.0 up to the end`() async throws {
        try await WebHost.run { host in
            let chunked = try await host.answer(to: "GET /stream HTTP/1.1\r\n\r\n")
            #expect(chunked.headers["transfer-encoding"] == "chunked")
            #expect(chunked.body == "piece 0\npiece 1\npiece 2\n")
            let whole = try await host.answer(to: "GET /stream HTTP/1.0\r\n\r\n")
            #expect(whole.headers["transfer-encoding"] == nil)
            #expect(whole.body == "piece 0\npiece 1\npiece 2\n")
        }
    }

    @Test func `a stream waits for a slow reader and ends when it is gone`() async throws {
        try await WebHost.run { host in
            let client = try host.connect()
            client.send("GET /endless HTTP/1.1\r\n\r\n")
            await host.endpoint.events.seen("streaming")
            client.end()
            await host.endpoint.events.seen("gone")
        }
    }

    @Test func `who sends no more still gets its answer`() async throws {
        try await WebHost.run { host in
            let client = try host.connect()
            client.send("POST /last HTTP/1.1\r\nContent-Length: 2\r\n\r\nxy")
            client.endSending()
            #expect(try await client.receive()?.body.hasSuffix("body=xy") == true)
            #expect(try await client.isAtEnd())
            let partial = try host.connect()
            partial.send("POST /part HTTP/1.1\r\nContent-Length: 2\r\n\r\nx")
            partial.endSending()
            #expect(try await partial.receive()?.status == 400)
            let idle = try host.connect()
            idle.endSending()
            #expect(try await idle.isAtEnd())
            let waiting = try host.connect()
            waiting.send("GET /wait HTTP/1.1\r\n\r\n")
            await host.endpoint.events.seen("waiting")
            waiting.endSending()
            await host.endpoint.events.seen("canceled")
            #expect(try await waiting.receive()?.body == "nothing came")
            while await host.load.connections > 0 { await Task.yield() }
        }
    }

    @Test func `what waits ends when its peer is gone`() async throws {
        try await WebHost.run { host in
            let client = try host.connect()
            client.send("GET /wait HTTP/1.1\r\n\r\n")
            await host.endpoint.events.seen("waiting")
            #expect(await host.load.requests == 1)
            client.end()
            await host.endpoint.events.seen("canceled")
        }
    }
}

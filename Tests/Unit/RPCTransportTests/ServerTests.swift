import Glibc
import Primitives
import RPCProtocol
import RPCTransport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ServerTests {
    @Test func `many requests on one connection are answered each under its id`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let client = try RawClient(host.path)
            for number in 0..<500 {
                client.request(.integer(Int64(number)), "Echo", ["value": .integer(Int64(number))])
            }
            var seen: Set<Int64> = []
            for _ in 0..<500 {
                let reply = try #require(try await client.receive())
                #expect(reply["result"]?["value"] == reply["id"])
                seen.insert(try #require(reply["id"]?.integerValue))
            }
            #expect(seen.count == 500)
        }
    }

    @Test func `ids may be strings and are echoed as they were`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let client = try RawClient(host.path)
            client.request("seven", "Echo", ["value": 7])
            #expect(try await client.receive() == ["jsonrpc": "2.0", "id": "seven", "result": ["value": 7]])
        }
    }

    @Test func `a quick request overtakes one that works`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let client = try RawClient(host.path)
            client.request(1, "Work")
            client.request(2, "Echo")
            #expect(try await client.receive()?["id"] == 2)
            host.gate.open()
            #expect(try await client.receive()?["id"] == 1)
        }
    }

    @Test func `while a gate is shut its requests are refused and all others answered`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let client = try RawClient(host.path)
            host.crowd.set(shut: true)
            for number in 0..<200 {
                client.request(.integer(Int64(number)), number % 2 == 0 ? "Crowded" : "Echo", ["value": 4])
            }
            var requests: Set<String> = []
            for _ in 0..<200 {
                let reply = try #require(try await client.receive())
                let number = try #require(reply["id"]?.integerValue)
                if number % 2 == 0 {
                    var error = RPCError(json: try #require(reply["error"]))
                    requests.insert(try #require(error.requestID))
                    error.requestID = nil
                    #expect(error == Crowd.error)
                } else {
                    #expect(reply["result"] == ["value": 4])
                }
            }
            #expect(requests.count == 100)
            #expect(host.metrics.value("fnf_rpc_errors_total{name=\"ResourceThrottled\"}") == 100)
            host.crowd.set(shut: false)
            client.request(1, "Crowded", ["value": 5])
            #expect(try await client.receive()?["result"] == ["value": 5])
        }
    }

    @Test func `an id that is in flight is no other's while a gate is shut`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let client = try RawClient(host.path)
            client.request(1, "Work")
            await host.notes.heard("working")
            host.crowd.set(shut: true)
            client.request(1, "Crowded")
            #expect(try await client.receiveError() == "InvalidRequest")
            #expect(try await client.receive() == nil)
        }
    }

    @Test func `a frame may come byte by byte`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let client = try RawClient(host.path)
            var bytes: [UInt8] = []
            let request = #"{"jsonrpc":"2.0","id":1,"method":"Echo","params":{"value":5}}"#
            FrameEncoder.append(to: &bytes) { $0.append(contentsOf: request.utf8) }
            for byte in bytes { client.send([byte]) }
            #expect(try await client.receive()?["result"] == ["value": 5])
        }
    }

    @Test(arguments: [
        ("{", "ParseError"), (#"{"a":1,"a":2}"#, "ParseError"),
        (String(repeating: "[", count: 200), "ParseError"),
        (#"{"id":123456789012345678901}"#, "ParseError"), ("[]", "InvalidRequest"),
        ("\"text\"", "InvalidRequest"),
        (#"{"jsonrpc":"2.0","method":"Echo"}"#, "InvalidRequest"),
        (#"{"jsonrpc":"2.0","id":9,"result":1}"#, "InvalidRequest"),
    ])
    func `a bad document is answered with id null and the connection goes on`(text: String, name: String)
        async throws
    {
        try await ServerHost.with { host in
            try await host.serve()
            let client = try RawClient(host.path)
            client.sendFrame(text)
            #expect(try await client.receiveError(id: .null) == name)
            client.request(1, "Echo")
            #expect(try await client.receive()?["id"] == 1)
        }
    }

    @Test(
        arguments: [
            ("Echo", ["value": "x"], "InvalidParams", "value"),
            ("Echo", ["valu": 1], "InvalidParams", "valu"), ("Ech", [:], "MethodNotFound", nil),
            ("Privileged", [:], "AccessDenied", nil),
        ] as [(String, JSONValue, String, String?)])
    func `a wrong request is refused by name under its id`(
        method: String, params: JSONValue, name: String, path: String?
    ) async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let client = try RawClient(host.path)
            client.request(3, method, params)
            let reply = try #require(try await client.receive())
            #expect(reply["id"] == 3)
            let data = reply["error"]?["data"]
            #expect(data?["name"]?.stringValue == name)
            #expect(data?["requestId"]?.stringValue != nil)
            if let path { #expect(data?["details"]?["path"]?.stringValue == path) }
        }
    }

    @Test func `the admin door lets through what the client door does not`() async throws {
        try await ServerHost.with { host in
            try await host.serve(door: .admin)
            let client = try RawClient(host.path)
            client.request(1, "Privileged", ["value": 2])
            #expect(try await client.receive()?["result"] == ["value": 2])
        }
    }

    @Test(arguments: [[0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 4, 1]] as [[UInt8]])
    func `a frame of no or too many bytes is answered and the connection closed`(header: [UInt8]) async throws
    {
        try await ServerHost.with { host in
            var limits = WireLimits()
            limits.frameBytesMax = 1024
            try await host.serve(limits: limits)
            let client = try RawClient(host.path)
            client.send(header)
            #expect(try await client.receiveError(id: .null) == "FrameTooLarge")
            #expect(try await client.receive() == nil)
        }
    }

    @Test func `half a frame that stops growing is closed, others go on`() async throws {
        try await ServerHost.with { host in
            var limits = WireLimits()
            limits.frameIdle = .milliseconds(50)
            try await host.serve(limits: limits)
            let (cut, good) = (try RawClient(host.path), try RawClient(host.path))
            cut.send([0, 0, 0, 9, 0x7B])
            #expect(try await cut.receive() == nil)
            good.request(1, "Echo")
            #expect(try await good.receive()?["id"] == 1)
        }
    }

    @Test func `an id that is in flight already closes the connection, the work completes`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let client = try RawClient(host.path)
            client.request(1, "Work")
            client.request(1, "Echo")
            #expect(try await client.receiveError(id: .null) == "InvalidRequest")
            #expect(try await client.receive() == nil)
            host.gate.open()
            await host.notes.heard("worked")
        }
    }

    @Test func `an id may come again after its reply`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let client = try RawClient(host.path)
            for value in 1...3 {
                client.request(1, "Echo", ["value": .integer(Int64(value))])
                #expect(try await client.receive()?["result"]?["value"] == .integer(Int64(value)))
            }
        }
    }

    @Test func `after the client's half close what is in flight is answered, then the server closes`()
        async throws
    {
        try await ServerHost.with { host in
            try await host.serve()
            let client = try RawClient(host.path)
            client.request(1, "Work", ["value": 8])
            client.endSending()
            await host.notes.heard("working")
            host.gate.open()
            #expect(try await client.receive()?["result"] == ["value": 8])
            #expect(try await client.receive() == nil)
            await host.notes.heard("quiet")
        }
    }

    @Test func `a half close with nothing in flight closes at once`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let client = try RawClient(host.path)
            client.endSending()
            #expect(try await client.receive() == nil)
        }
    }

    @Test func `a closed connection ends waiting and lets work complete`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            do {
                let client = try RawClient(host.path)
                client.request(1, "Work")
                client.request(2, "Wait")
                client.request(3, "Watch")
                await host.notes.heard("working", "waiting", "watching")
            }
            await host.notes.heard("wait ended", "watch ended")
            host.gate.open()
            await host.notes.heard("worked", "quiet")
            #expect(!host.notes.words.contains("work canceled"))
        }
    }

    @Test func `a result beyond the frame limit becomes ResultTooLarge`() async throws {
        try await ServerHost.with { host in
            var limits = WireLimits()
            limits.frameBytesMax = 4096
            try await host.serve(limits: limits)
            let client = try RawClient(host.path)
            client.request(1, "Blob", ["value": 5000])
            #expect(try await client.receiveError(id: 1) == "ResultTooLarge")
            client.request(2, "Blob", ["value": 3000])
            #expect(try await client.receive()?["result"]?["text"]?.stringValue?.utf8.count == 3000)
        }
    }

    @Test func `an internal error hides its reason and names the request`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let client = try RawClient(host.path)
            client.request(1, "Broken")
            let error = try #require(try await client.receive()?["error"])
            #expect(error["data"]?["name"] == "Internal")
            #expect(error["code"] == -32603)
            let requestID = try #require(error["data"]?["requestId"]?.stringValue)
            let message = try #require(error["message"]?.stringValue)
            #expect(message.contains(requestID) && !message.contains("secret"))
        }
    }

    @Test func `handlers learn who calls from the kernel`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let client = try RawClient(host.path)
            client.request(1, "Echo")
            _ = try await client.receive()
            await host.notes.heard("uid \(getuid()) gid \(getgid()) pid \(getpid())")
        }
    }

    @Test func `the methods that every service answers are there at every door`() async throws {
        try await ServerHost.with { host in
            try await host.serve(door: .task)
            let caller = host.caller()
            _ = try await caller.call(Ping.self, NoFields())
            #expect(
                try await caller.call(DescribeMetrics.self, NoFields()).text.contains(
                    "fnf_rpc_connections_total 1"))
            #expect(
                try await caller.call(DescribeService.self, NoFields()).counters["fnf_rpc_connections_total"]
                    == 1)
            let document = try await caller.call(Discover.self, NoFields())
            let names = document["methods"]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? []
            for name in ["rpc.discover", "rpc.ping", "service.status", "service.metrics", "Echo"] {
                #expect(names.contains(name))
            }
        }
    }
}

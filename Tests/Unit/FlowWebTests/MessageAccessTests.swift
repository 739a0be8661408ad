import Crypto
import FlowWeb
import HTTPMessage
import LoopSupport
import MessageXML
import Primitives
import RPCProtocol
import RequestSigning
import Testing

@Suite(.timeLimit(.minutes(1))) struct MessageAccessTests {
    private func bench() async throws -> MessageBench {
        let bench = try await MessageBench()
        await bench.make("q")
        return bench
    }

    @Test func `who is not known, signs wrongly or comes too late is told so`() async throws {
        let bench = try await bench()
        let unknown = await bench.send("GET", "/queues", key: SigningKey(id: "nobody", secret: "x"))
        #expect(unknown.status == 403 && unknown.code == "InvalidAccessKeyId")
        let wrong = await bench.send("GET", "/queues", key: SigningKey(id: "testid", secret: "x"))
        #expect(wrong.status == 403 && wrong.code == "SignatureDoesNotMatch")
        #expect(!wrong.message.contains("testsecret"))
        for skew in [Duration.seconds(-901), .seconds(901)] {
            let late = await bench.send("GET", "/queues", skew: skew)
            #expect(late.status == 408 && late.code == "TimeExpired")
        }
        #expect(await bench.send("GET", "/queues", skew: .seconds(-890)).status == 200)
    }

    @Test func `headers that are missing or malformed have codes of their own`() async throws {
        let bench = try await bench()
        func code(_ edit: (inout WebHead) -> Void) async -> String? {
            let reply = await bench.send("GET", "/queues", edit: edit)
            #expect(reply.status == 400)
            return reply.code
        }
        #expect(await code { $0.headers["Authorization"] = nil } == "MissingAuthorizationHeader")
        for value in ["Basic dGVzdA==", "MNS testid", "MNS :x", "MNS testid:", "mns testid:x"] {
            #expect(
                await code { $0.headers["Authorization"] = value } == "InvalidAuthorizationHeader", "\(value)"
            )
        }
        #expect(await code { $0.headers["Date"] = nil } == "MissingDateHeader")
        for value in ["yesterday", "2026-11-23T09:30:00Z", "Mon, 99 Nov 2026 09:30:00 GMT"] {
            #expect(await code { $0.headers["Date"] = value } == "InvalidDateHeader", "\(value)")
        }
    }

    @Test func `what is signed can't be changed`() async throws {
        let bench = try await bench()
        let edits: [(inout WebHead) -> Void] = [
            { $0.path = "/queues/other" }, { $0.method = "DELETE" }, { $0.query = "peekonly=true" },
            { $0.headers["x-mns-prefix"] = "a" }, { $0.headers["Content-Type"] = "text/plain" },
            { $0.headers["x-mns-version"] = "2016-01-01" },
        ]
        for edit in edits {
            #expect(await bench.send("GET", "/queues/q", edit: edit).code == "SignatureDoesNotMatch")
        }
        // The target is signed as it came, not as it means.
        #expect(await bench.send("GET", "/queues/%71").status == 200)
    }

    @Test func `a role may do what it may do`() async throws {
        let bench = try await bench()
        let message = MessageBench.document("Message", "<MessageBody>x</MessageBody>")
        let requests: [(String, String, String?, AccessGrant.Role)] = [
            ("GET", "/queues", nil, .read), ("GET", "/queues/q", nil, .read),
            ("GET", "/queues/q/messages?peekonly=true", nil, .read),
            ("GET", "/queues/q/messages", nil, .operate), ("POST", "/queues/q/messages", message, .operate),
            ("DELETE", "/queues/q/messages?ReceiptHandle=x", nil, .operate),
            ("PUT", "/queues/q/messages?ReceiptHandle=x&VisibilityTimeout=1", nil, .operate),
            ("POST", "/topics/t/messages", message, .operate),
            ("PUT", "/queues/q", nil, .admin), ("PUT", "/queues/q?metaoverride=true", nil, .admin),
            ("DELETE", "/queues/q", nil, .admin), ("PUT", "/topics/t", nil, .admin),
            ("DELETE", "/topics/t", nil, .admin), ("PUT", "/topics/t/subscriptions/s", nil, .admin),
            ("DELETE", "/topics/t/subscriptions/s", nil, .admin), ("PUT", "/?accountmeta=true", nil, .admin),
        ]
        let keys: [(SigningKey, AccessGrant.Role)] = [
            (MessageBench.reader, .read), (MessageBench.worker, .operate),
        ]
        for (key, role) in keys {
            for (method, target, body, needs) in requests {
                let reply = await bench.send(method, target, body, key: key)
                let isDenied = reply.code == "AccessDenied"
                #expect(
                    isDenied == (needs == .admin || (needs == .operate && role == .read)), "\(role) \(target)"
                )
                #expect(!isDenied || reply.status == 403)
            }
        }
    }

    @Test func `a digest is held against the body in both of its forms`() async throws {
        let bench = try await bench()
        let body = MessageBench.document("Message", "<MessageBody>x</MessageBody>")
        let digest = Array(Insecure.MD5.hash(data: Array(body.utf8)))
        func send(_ header: String) async -> MessageBench.Reply {
            await bench.send("POST", "/queues/q/messages", body, headers: [("Content-MD5", header)])
        }
        #expect(await send(Base64.encode(digest)).status == 201)
        #expect(await send(Base64.encode(Array(Hex.encode(digest).utf8))).status == 201)
        let other = Array(Insecure.MD5.hash(data: [1]))
        for wrong in [Base64.encode(other), Base64.encode(Array(Hex.encode(other).utf8)), "junk", "AAAA"] {
            let refused = await send(wrong)
            #expect(refused.status == 400 && refused.code == "InvalidDegist", "\(wrong)")
        }
        #expect(await bench.send("GET", "/queues/q")["ActiveMessages"] == "2")
    }

    @Test func `paths and methods that are none are refused`() async throws {
        let bench = try await bench()
        for path in [
            "/queue", "/queues/q/message", "/queues/q/messages/x", "/topics/t/subscriptions/s/x",
            "/queues/%zz",
            "//queues", "/Queues/q", "/queues/q/../q",
        ] {
            let refused = await bench.send("GET", path)
            #expect(refused.status == 400 && refused.code == "InvalidRequestURL", "\(path)")
        }
        for (method, path, allowed) in [
            ("PATCH", "/queues/q", "PUT, GET, DELETE"), ("POST", "/queues", "GET"),
            ("HEAD", "/queues/q/messages", "POST, GET, DELETE, PUT"), ("GET", "/topics/t/messages", "POST"),
            ("POST", "/topics/t/subscriptions", "GET"), ("POST", "/topics/t", "PUT, GET, DELETE"),
        ] {
            let refused = await bench.send(method, path)
            #expect(refused.status == 405 && refused.code == "InvalidRequestURL", "\(method) \(path)")
            #expect(refused.headers["Allow"] == allowed)
        }
        #expect(await bench.send("GET", "/queues/").status == 200)
    }

    @Test func `documents that are none are refused before anything is done`() async throws {
        let bench = try await bench()
        let bodies = [
            "", "<Message>", "{\"a\":1}",
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Message/>",
            MessageBench.document("Message", "<MessageBody>&e;</MessageBody>"),
            MessageBench.document("Message", String(repeating: "<a>", count: 50)),
        ]
        for body in bodies {
            let refused = await bench.send("POST", "/queues/q/messages", body)
            #expect(refused.status == 400 && refused.code == "MalformedXML", "\(body)")
        }
        let other = await bench.send("POST", "/queues/q/messages", MessageBench.document("Queue", ""))
        #expect(other.status == 400 && other.code == "InvalidArgument" && other.message.contains("Queue"))
        #expect(await bench.send("PUT", "/queues/q?metaoverride=true", "").code == "MalformedXML")
        #expect(await bench.send("GET", "/queues/q")["ActiveMessages"] == "0")
    }

    @Test func `hosts that are none stand in no answer`() async throws {
        let bench = try await bench()
        func location(_ edit: (inout WebHead) -> Void) async -> String? {
            await bench.send("PUT", "/queues/q", edit: edit).headers["Location"]
        }
        #expect(await location { $0.headers["Host"] = nil } == "http://localhost/queues/q")
        #expect(await location { $0.headers["Host"] = "a/<b>\"" } == "http://localhost/queues/q")
        #expect(await location { $0.headers["Host"] = "[::1]:80" } == "http://[::1]:80/queues/q")
        #expect(await location { $0.isSecure = true } == "https://127.0.0.1:8080/queues/q")
        let proxied = await location { $0.headers["X-Forwarded-Proto"] = "https" }
        #expect(proxied == "https://127.0.0.1:8080/queues/q")
        #expect(await bench.send("GET", "/queues/none")["HostId"] == "http://127.0.0.1:8080")
    }

    @Test func `what keeps a request out is worded as the library reads it`() async throws {
        let faults: [(AccessFault, Int, String)] = [
            (.disabledKey("testid"), 403, "InvalidAccessKeyId"), (.nonceUsed, 403, "SignatureDoesNotMatch"),
            (.throttled(retryAfter: .milliseconds(1200)), 400, "QpsLimitExceeded"),
            (.unavailable("the disk is gone"), 503, "ServiceUnavailable"),
        ]
        for (fault, status, code) in faults {
            let reply = await (try MessageBench(gate: fault)).send("GET", "/queues")
            #expect(reply.status == status && reply.code == code)
            if status == 400 { #expect(reply.headers["Retry-After"] == "2") }
        }
        let failures: [(RPCFailure, Int, String)] = [
            (.unreachable("no socket"), 503, "ServiceUnavailable"),
            (.lost("it ended"), 503, "ServiceUnavailable"),
            (.answered(.throttled("too much", retryAfter: .seconds(1))), 400, "QpsLimitExceeded"),
            (.answered(RPCError(.internalFault, "odd")), 500, "InternalError"),
            (.answered(RPCError("QueueFull", "full", retryable: true)), 503, "QueueFull"),
            (.answered(.stopping), 503, "ServiceUnavailable"),
        ]
        for (failure, status, code) in failures {
            let reply = await (try MessageBench(port: BrokenPort(failure: failure))).send("GET", "/queues")
            #expect(reply.status == status && reply.code == code, "\(failure)")
        }
    }

    @Test func `requests that could not be read are answered in the same shape`() async throws {
        let bench = try await bench()
        let faults: [(WebFault, Int, String)] = [
            (.malformed("no request line"), 400, "InvalidArgument"),
            (.headersTooLarge, 431, "InvalidArgument"),
            (.bodyTooLarge(bytesMax: 5), 413, "EntityTooLarge"), (.tooSlow, 408, "RequestTimeout"),
            (.overloaded("16 connections"), 503, "ServiceUnavailable"),
            (.stopping, 503, "ServiceUnavailable"),
        ]
        for (fault, status, code) in faults {
            for head in [nil, WebHead(method: "GET", path: "/queues")] {
                let reply = MessageBench.Reply(bench.service.refusal(of: fault, head: head))
                #expect(reply.status == status && reply.code == code)
            }
        }
        #expect(bench.service.bodyBytesMax(of: WebHead(method: "PUT", path: "/queues/q")) == 65_536)
        #expect(
            bench.service.bodyBytesMax(of: WebHead(method: "POST", path: "/queues/q/messages")) == 2 << 20)
    }
}

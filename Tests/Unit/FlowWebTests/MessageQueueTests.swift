import FlowWeb
import HTTPMessage
import LoopSupport
import MessageXML
import Primitives
import Testing

@Suite(.timeLimit(.minutes(1))) struct MessageQueueTests {
    @Test func `a queue is made, made again, and refused with other attributes`() async throws {
        let bench = try await MessageBench()
        let made = await bench.make("orders", "<VisibilityTimeout>60</VisibilityTimeout>")
        #expect(made.status == 201 && made.headers["Location"] == "http://127.0.0.1:8080/queues/orders")
        #expect(made.document == nil)
        let again = await bench.make("orders", "<VisibilityTimeout>60</VisibilityTimeout><Newer>1</Newer>")
        #expect(again.status == 204 && again.headers["Location"] == "http://127.0.0.1:8080/queues/orders")
        let other = await bench.make("orders")
        #expect(other.status == 409 && other.code == "QueueAlreadyExist")
        #expect(await bench.send("PUT", "/queues/plain").status == 201)
        #expect(await bench.make("plain").status == 204)
    }

    @Test func `every attribute that the library wants is shown`() async throws {
        let bench = try await MessageBench()
        await bench.make(
            "q",
            "<DelaySeconds>1</DelaySeconds><MaximumMessageSize>2048</MaximumMessageSize>"
                + "<MessageRetentionPeriod>86400</MessageRetentionPeriod><VisibilityTimeout>31</VisibilityTimeout>"
                + "<PollingWaitSeconds>3</PollingWaitSeconds><LoggingEnabled>True</LoggingEnabled>")
        let queue = await bench.send("GET", "/queues/q")
        #expect(queue.status == 200 && queue.document?.name == "Queue")
        let expected = [
            "QueueName": "q", "DelaySeconds": "1", "MaximumMessageSize": "2048",
            "MessageRetentionPeriod": "86400", "VisibilityTimeout": "31", "PollingWaitSeconds": "3",
            "LoggingEnabled": "True", "ActiveMessages": "0", "InactiveMessages": "0", "DelayMessages": "0",
            // 2026-11-23T09:30:00Z
            "CreateTime": "1795426200", "LastModifyTime": "1795426200",
        ]
        #expect(queue.document?.children.count == expected.count)
        for (name, value) in expected { #expect(queue[name] == value, "\(name)") }
    }

    @Test func `only what is given is changed, and seconds tell when`() async throws {
        let bench = try await MessageBench()
        await bench.make("q", "<PollingWaitSeconds>5</PollingWaitSeconds>")
        await bench.loop.advance(by: .seconds(90))
        let changed = await bench.send(
            "PUT", "/queues/q?MetaOverride=true",
            MessageBench.document(
                "Queue", "<VisibilityTimeout>90</VisibilityTimeout><LoggingEnabled>true</LoggingEnabled>"))
        #expect(changed.status == 204)
        let queue = await bench.send("GET", "/queues/q")
        #expect(queue["VisibilityTimeout"] == "90" && queue["PollingWaitSeconds"] == "5")
        #expect(queue["LoggingEnabled"] == "True")
        #expect(queue["CreateTime"] == "1795426200" && queue["LastModifyTime"] == "1795426290")
        let none = await bench.send(
            "PUT", "/queues/none?metaoverride=true", MessageBench.document("Queue", ""))
        #expect(none.status == 404 && none.code == "QueueNotExist")
    }

    @Test func `a queue that is not there is deleted already`() async throws {
        let bench = try await MessageBench()
        await bench.make("q")
        #expect(await bench.send("DELETE", "/queues/q").status == 204)
        #expect(await bench.send("DELETE", "/queues/q").status == 204)
        let gone = await bench.send("GET", "/queues/q")
        #expect(gone.status == 404 && gone.code == "QueueNotExist")
    }

    @Test(
        arguments: [
            ("DelaySeconds", "-1"), ("DelaySeconds", "604801"), ("VisibilityTimeout", "0"),
            ("VisibilityTimeout", "43201"), ("PollingWaitSeconds", "31"), ("PollingWaitSeconds", "-1"),
            ("MaximumMessageSize", "1023"), ("MaximumMessageSize", "65537"),
            ("MessageRetentionPeriod", "59"), ("MessageRetentionPeriod", "604801"), ("DelaySeconds", "soon"),
            ("DelaySeconds", ""), ("VisibilityTimeout", "99999999999999999999"), ("LoggingEnabled", "maybe"),
        ]) func `attributes out of range are named`(name: String, value: String) async throws
    {
        let bench = try await MessageBench()
        await bench.make("q")
        for target in ["/queues/new", "/queues/q?metaoverride=true"] {
            let refused = await bench.send(
                "PUT", target, MessageBench.document("Queue", "<\(name)>\(value)</\(name)>"))
            #expect(refused.status == 400 && refused.code == "InvalidArgument")
            #expect(refused.message.contains(name))
        }
    }

    @Test func `names are checked, and those with an underscore only when they are new`() async throws {
        let bench = try await MessageBench()
        for name in ["-a", "a.b", "a%20b", "%C3%BC", "a%2Fb", "..", "a_b", "a%00"] {
            #expect(await bench.make(name).code == "InvalidQueueName", "\(name)")
        }
        #expect(await bench.make(String(repeating: "a", count: 121)).code == "QueueNameLengthError")
        #expect(await bench.send("GET", "/queues//messages").code == "QueueNameLengthError")
        #expect(await bench.make("1" + String(repeating: "a", count: 119)).status == 201)
        #expect(await bench.send("GET", "/queues/a_b").code == "QueueNotExist")
    }

    @Test func `queues are listed by prefix, page by page, with what is known of them`() async throws {
        let bench = try await MessageBench()
        for number in 10..<30 { await bench.make("page-\(number)") }
        await bench.make("other")
        var (urls, marker, pages): ([String], String?, Int) = ([], nil, 0)
        repeat {
            let page = await bench.send(
                "GET", "/queues",
                headers: [("x-mns-prefix", "page-"), ("x-mns-ret-number", "2")]
                    + (marker.map { [("x-mns-marker", $0)] } ?? []))
            #expect(page.status == 200 && page.all("QueueURL").count == 2)
            urls += page.all("QueueURL")
            marker = page["NextMarker"]
            pages += 1
        } while marker != nil
        #expect(pages == 10)
        #expect(urls == (10..<30).map { "http://127.0.0.1:8080/queues/page-\($0)" })
        let whole = await bench.send("GET", "/queues", headers: [("x-mns-with-meta", "true")])
        #expect(whole.all("QueueName").count == 21 && whole.all("VisibilityTimeout").count == 21)
        #expect(whole.document?["NextMarker"] == nil)
        #expect(whole.document?.children.allSatisfy { $0.children.allSatisfy { !$0.text.isEmpty } } == true)
        let none = await bench.send("GET", "/queues", headers: [("x-mns-prefix", "nobody")])
        #expect(none.status == 200 && none.document?.children.isEmpty == true)
        for number in ["0", "1001", "x", "-1"] {
            let refused = await bench.send("GET", "/queues", headers: [("x-mns-ret-number", number)])
            #expect(refused.code == "InvalidArgument", "\(number)")
        }
    }

    @Test func `the account has no bucket, and says so`() async throws {
        let bench = try await MessageBench()
        let account = await bench.send("GET", "/?accountmeta=true")
        #expect(account.status == 200 && account["LoggingBucket"] == "")
        let body = MessageBench.document("Account", "<LoggingBucket>b</LoggingBucket>")
        #expect(await bench.send("PUT", "/?accountmeta=true", body).status == 204)
        #expect(await bench.send("PUT", "/?accountmeta=true", body, key: MessageBench.worker).status == 403)
        #expect(await bench.send("DELETE", "/?accountmeta=true").status == 405)
        #expect(await bench.send("GET", "/").code == "InvalidRequestURL")
    }
}

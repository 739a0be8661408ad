import FlowWeb
import HTTPMessage
import LoopSupport
import MessageXML
import Primitives
import Testing

@Suite(.timeLimit(.minutes(1))) struct MessageTopicTests {
    private let subscribed = "<Endpoint>acs:mns:cn-hangzhou:1:queues/q</Endpoint>"

    private func bench() async throws -> MessageBench {
        let bench = try await MessageBench()
        await bench.make("q")
        #expect(await bench.send("PUT", "/topics/t", MessageBench.document("Topic", "")).status == 201)
        return bench
    }

    private func subscribe(
        _ bench: MessageBench, _ content: String, as name: String = "s"
    ) async -> MessageBench.Reply {
        await bench.send(
            "PUT", "/topics/t/subscriptions/\(name)", MessageBench.document("Subscription", content))
    }

    @Test func `a topic is made, made again, and refused with other attributes`() async throws {
        let bench = try await bench()
        let again = await bench.send("PUT", "/topics/t")
        #expect(again.status == 204 && again.headers["Location"] == "http://127.0.0.1:8080/topics/t")
        let other = await bench.send(
            "PUT", "/topics/t",
            MessageBench.document("Topic", "<MaximumMessageSize>2048</MaximumMessageSize>"))
        #expect(other.status == 409 && other.code == "TopicAlreadyExist")
        #expect(await bench.send("PUT", "/topics/a_b").code == "TopicNameInvalid")
        let long = String(repeating: "a", count: 256)
        #expect(await bench.send("PUT", "/topics/\(long)").code == "TopicNameLengthError")
    }

    @Test func `every attribute of a topic is shown, and changed when it is given`() async throws {
        let bench = try await bench()
        await bench.loop.advance(by: .seconds(60))
        let change = MessageBench.document(
            "Topic", "<MaximumMessageSize>2048</MaximumMessageSize><LoggingEnabled>True</LoggingEnabled>")
        #expect(await bench.send("PUT", "/topics/t?metaoverride=true", change).status == 204)
        let topic = await bench.send("GET", "/topics/t")
        let expected = [
            "TopicName": "t", "MaximumMessageSize": "2048", "LoggingEnabled": "True", "MessageCount": "0",
            "MessageRetentionPeriod": "86400", "CreateTime": "1795426200", "LastModifyTime": "1795426260",
        ]
        #expect(topic.document?.children.count == expected.count)
        for (name, value) in expected { #expect(topic[name] == value, "\(name)") }
        for body in ["<MaximumMessageSize>65537</MaximumMessageSize>", "<LoggingEnabled>x</LoggingEnabled>"] {
            let refused = await bench.send(
                "PUT", "/topics/t?metaoverride=true", MessageBench.document("Topic", body))
            #expect(refused.code == "InvalidArgument")
        }
    }

    @Test func `a topic that is not there is deleted already`() async throws {
        let bench = try await bench()
        for _ in 1...2 { #expect(await bench.send("DELETE", "/topics/t").status == 204) }
        let message = MessageBench.document("Message", "<MessageBody>x</MessageBody>")
        for (method, target, body) in [
            ("GET", "/topics/t", nil), ("POST", "/topics/t/messages", message),
            ("GET", "/topics/t/subscriptions", nil), ("GET", "/topics/t/subscriptions/s", nil),
            ("PUT", "/topics/t/subscriptions/s", MessageBench.document("Subscription", subscribed)),
            ("PUT", "/topics/t?metaoverride=true", MessageBench.document("Topic", "")),
        ] {
            let refused = await bench.send(method, target, body)
            #expect(refused.status == 404 && refused.code == "TopicNotExist", "\(method) \(target)")
        }
    }

    @Test func `a subscription is made, shown, changed and ended`() async throws {
        let bench = try await bench()
        let made = await subscribe(
            bench,
            subscribed + "<NotifyContentFormat>SIMPLIFIED</NotifyContentFormat><FilterTag>red</FilterTag>")
        #expect(made.status == 201)
        #expect(made.headers["Location"] == "http://127.0.0.1:8080/topics/t/subscriptions/s")
        let shown = await bench.send("GET", "/topics/t/subscriptions/s")
        #expect(shown["TopicName"] == "t" && shown["SubscriptionName"] == "s" && shown["FilterTag"] == "red")
        #expect(shown["Endpoint"] == "acs:mns:cn-hangzhou:1:queues/q")
        #expect(shown["NotifyStrategy"] == "BACKOFF_RETRY" && shown["NotifyContentFormat"] == "SIMPLIFIED")
        #expect(shown["CreateTime"] == "1795426200" && shown["LastModifyTime"] == "1795426200")
        #expect(shown["TopicOwner"]?.isEmpty == false)
        #expect(await subscribe(bench, subscribed).code == "SubscriptionAlreadyExist")
        let change = MessageBench.document(
            "Subscription", "<NotifyStrategy>EXPONENTIAL_DECAY_RETRY</NotifyStrategy>")
        let target = "/topics/t/subscriptions/s"
        #expect(await bench.send("PUT", target + "?metaoverride=true", change).status == 204)
        #expect(await bench.send("GET", target)["NotifyStrategy"] == "EXPONENTIAL_DECAY_RETRY")
        for _ in 1...2 { #expect(await bench.send("DELETE", target).status == 204) }
        #expect(await bench.send("GET", target).code == "SubscriptionNotExist")
        #expect(await bench.send("PUT", target + "?metaoverride=true", change).code == "SubscriptionNotExist")
    }

    @Test func `what is no subscription is named`() async throws {
        let bench = try await bench()
        #expect(await subscribe(bench, "").message.contains("Endpoint"))
        #expect(await subscribe(bench, "<Endpoint>nowhere</Endpoint>").code == "EndpointInvalid")
        for wrong in [
            "<NotifyStrategy>NEVER</NotifyStrategy>", "<NotifyContentFormat>YAML</NotifyContentFormat>",
            "<FilterTag>12345678901234567</FilterTag>",
        ] { #expect(await subscribe(bench, subscribed + wrong).code == "InvalidArgument", "\(wrong)") }
        #expect(await subscribe(bench, subscribed, as: "-s").code == "SubscriptionNameInvalid")
    }

    @Test func `what is published is in the queues that are subscribed`() async throws {
        let bench = try await bench()
        let content = subscribed + "<NotifyContentFormat>SIMPLIFIED</NotifyContentFormat>"
        #expect(await subscribe(bench, content).status == 201)
        let sent = await bench.send(
            "POST", "/topics/t/messages",
            MessageBench.document(
                "Message",
                "<MessageBody>{&quot;a&quot;:&quot;&lt;b&gt;&quot;}</MessageBody><MessageTag>red</MessageTag>"
                    + "<MessageAttributes><DirectMail>{}</DirectMail></MessageAttributes>"))
        #expect(sent.status == 201 && sent.document?.children.map(\.name) == ["MessageId", "MessageBodyMD5"])
        let received = await bench.receive("q", "?waitseconds=30")
        #expect(received["MessageBody"] == "{\"a\":\"<b>\"}")
        #expect(received["MessageBodyMD5"] == sent["MessageBodyMD5"])
        for wrong in [
            "", "<MessageBody/>", "<MessageBody>x</MessageBody><MessageTag>12345678901234567</MessageTag>",
        ] {
            let refused = await bench.send(
                "POST", "/topics/t/messages", MessageBench.document("Message", wrong))
            #expect(refused.status == 400 && refused.code == "InvalidArgument")
        }
    }

    @Test func `topics and subscriptions are listed page by page`() async throws {
        let bench = try await bench()
        for number in 10..<30 {
            #expect(await bench.send("PUT", "/topics/page-\(number)").status == 201)
            #expect(await subscribe(bench, subscribed, as: "page-\(number)").status == 201)
        }
        for (target, item) in [("/topics", "TopicURL"), ("/topics/t/subscriptions", "SubscriptionURL")] {
            var (urls, marker, pages): ([String], String?, Int) = ([], nil, 0)
            repeat {
                let page = await bench.send(
                    "GET", target,
                    headers: [("x-mns-prefix", "page-"), ("x-mns-ret-number", "2")]
                        + (marker.map { [("x-mns-marker", $0)] } ?? []))
                urls += page.all(item)
                marker = page["NextMarker"]
                pages += 1
            } while marker != nil
            #expect(pages == 10)
            #expect(urls == (10..<30).map { "http://127.0.0.1:8080\(target)/page-\($0)" })
        }
        let whole = await bench.send("GET", "/topics", headers: [("x-mns-with-meta", "true")])
        #expect(whole.all("TopicName").count == 21 && whole.all("LoggingEnabled").count == 21)
    }
}

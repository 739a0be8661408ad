import Crypto
import FlowWeb
import HTTPMessage
import LoopSupport
import MessageXML
import Primitives
import RequestSigning
import Testing

@Suite(.timeLimit(.minutes(1))) struct MessageSendingTests {
    private func md5(_ text: String) -> String {
        Hex.encode(Insecure.MD5.hash(data: Array(text.utf8))).uppercased()
    }

    private func batch(_ messages: [String], to queue: String, _ bench: MessageBench) async
        -> MessageBench.Reply
    {
        await bench.send(
            "POST", "/queues/\(queue)/messages",
            MessageBench.document("Messages", messages.map { "<Message>\($0)</Message>" }.joined()))
    }

    @Test(arguments: ["eyJhIjogMX0=", "{\"a\":\"<b>&\"}", "  spaces \r\n kept\t", "]]>", "𝄞 你好", "%41+"])
    func `a body comes back as it was sent, with its digest`(body: String) async throws {
        let bench = try await MessageBench()
        await bench.make("q")
        let escaped = body.map { ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;"][$0] ?? String($0) }
        let sent = await bench.post(escaped.joined(), to: "q")
        #expect(sent.status == 201 && sent.document?.name == "Message")
        #expect(sent.document?.children.map(\.name) == ["MessageId", "MessageBodyMD5"])
        #expect(sent["MessageBodyMD5"] == md5(body))
        let received = await bench.receive("q")
        #expect(received["MessageBody"] == body && received["MessageId"] == sent["MessageId"])
        #expect(received["MessageBodyMD5"] == md5(body))
    }

    @Test func `what is missing or out of range is refused with its name`() async throws {
        let bench = try await MessageBench()
        await bench.make("q", "<MaximumMessageSize>1024</MaximumMessageSize>")
        for (more, name) in [
            ("<Priority>0</Priority>", "Priority"), ("<Priority>17</Priority>", "Priority"),
            ("<Priority>high</Priority>", "Priority"), ("<DelaySeconds>-1</DelaySeconds>", "DelaySeconds"),
            ("<DelaySeconds>604801</DelaySeconds>", "DelaySeconds"),
        ] {
            let refused = await bench.post("x", to: "q", more: more)
            #expect(
                refused.status == 400 && refused.code == "InvalidArgument" && refused.message.contains(name))
        }
        for body in ["", "<MessageBody></MessageBody>", "<Body>x</Body>"] {
            let refused = await bench.send(
                "POST", "/queues/q/messages", MessageBench.document("Message", body))
            #expect(refused.code == "InvalidArgument" && refused.message.contains("MessageBody"))
        }
        let large = await bench.post(String(repeating: "x", count: 1025), to: "q")
        #expect(large.status == 400 && large.code == "InvalidArgument" && large.message.contains("1024"))
        #expect(await bench.post(String(repeating: "x", count: 1024), to: "q").status == 201)
        #expect(await bench.post("x", to: "none").code == "QueueNotExist")
    }

    @Test func `a batch is sent in its order`() async throws {
        let bench = try await MessageBench()
        await bench.make("q")
        let sent = await batch((1...16).map { "<MessageBody>m\($0)</MessageBody>" }, to: "q", bench)
        #expect(sent.status == 201 && sent.document?.name == "Messages")
        #expect(sent.all("MessageBodyMD5") == (1...16).map { md5("m\($0)") })
        #expect(Set(sent.all("MessageId")).count == 16)
        let received = await bench.receive("q", "?numOfMessages=16")
        #expect(received.all("MessageBody") == (1...16).map { "m\($0)" })
    }

    @Test func `of a batch that fails in part the rest is sent, and each has two children`() async throws {
        let bench = try await MessageBench()
        await bench.make("q", "<MaximumMessageSize>1024</MaximumMessageSize>")
        let sent = await batch(
            [
                "<MessageBody>good</MessageBody>", "<MessageBody>x</MessageBody><Priority>17</Priority>",
                "<MessageBody>\(String(repeating: "x", count: 1025))</MessageBody>", "",
                "<MessageBody>fine</MessageBody><Priority>1</Priority>",
            ], to: "q", bench)
        #expect(sent.status == 500 && sent.document?.name == "Messages")
        let names = sent.document?.children.map { $0.children.map(\.name) }
        let (good, bad) = (["MessageId", "MessageBodyMD5"], ["ErrorCode", "ErrorMessage"])
        #expect(names == [good, bad, bad, bad, good])
        #expect(sent.all("ErrorCode") == ["InvalidArgument", "InvalidArgument", "InvalidArgument"])
        #expect(sent.all("ErrorMessage").allSatisfy { !$0.isEmpty })
        #expect(await bench.receive("q", "?numOfMessages=16").all("MessageBody") == ["fine", "good"])
    }

    @Test func `a batch has one to sixteen messages, and its queue is there`() async throws {
        let bench = try await MessageBench()
        await bench.make("q")
        for count in [0, 17] {
            let words = Array(repeating: "<MessageBody>x</MessageBody>", count: count)
            #expect(await batch(words, to: "q", bench).code == "InvalidArgument")
        }
        let word = "<MessageBody>x</MessageBody>"
        #expect(await batch([word], to: "none", bench).code == "QueueNotExist")
        let refused = await batch([word, word + "<Priority>x</Priority>"], to: "q", bench)
        #expect(refused.status == 400 && refused.code == "InvalidArgument")
        #expect(await bench.receive("q").code == "MessageNotExist")
    }

    @Test func `priority and delay decide when a message is served`() async throws {
        let bench = try await MessageBench()
        await bench.make("q")
        for (body, more) in [
            ("low", "<Priority>16</Priority>"), ("normal", ""), ("high", "<Priority>1</Priority>"),
            ("late", "<Priority>1</Priority><DelaySeconds>10</DelaySeconds>"),
        ] { #expect(await bench.post(body, to: "q", more: more).status == 201) }
        let received = await bench.receive("q", "?numOfMessages=16")
        #expect(received.all("MessageBody") == ["high", "normal", "low"])
        #expect(received.all("Priority") == ["1", "8", "16"])
        #expect(await bench.send("GET", "/queues/q")["DelayMessages"] == "1")
        await bench.loop.advance(by: .seconds(10))
        #expect(await bench.receive("q")["MessageBody"] == "late")
    }
}

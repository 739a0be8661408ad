import FlowWeb
import HTTPMessage
import LoopSupport
import MessageXML
import Testing

@Suite(.timeLimit(.minutes(1))) struct MessageFuzzTests {
    /// What is put together by chance; the bench finds fault with answers that can't be read.
    @Test func `whatever is asked, the answer can be read and is nobody's fault but the asker's`()
        async throws
    {
        let bench = try await MessageBench()
        await bench.make("q")
        var chance = SystemRandomNumberGenerator()
        let words = [
            "queues", "topics", "messages", "subscriptions", "q", "t", "", "..", "%2F", "%zz", "é", "?", "=",
            "&",
            "waitseconds", "0", "-1", "99999999999999999999", "ReceiptHandle", "VisibilityTimeout", "true",
            "peekonly", "numOfMessages", "metaoverride", "accountmeta", "\u{0}",
        ]
        let parts = [
            "<Queue>", "</Queue>", "<Message>", "</Message>", "<MessageBody>x</MessageBody>", "<Priority>9",
            "</Priority>", "<ReceiptHandle>x</ReceiptHandle>", "&amp;", "&x;", "<![CDATA[", "]]>", "<!--",
            "-->",
            "text", "<Messages>", "</Messages>",
        ]
        for _ in 0..<2000 {
            let target =
                "/"
                + (0..<Int.random(in: 0...5)).map { _ in words.randomElement() ?? "" }.joined(
                    separator: ["/", "/", "?", "&", "="].randomElement(using: &chance) ?? "/")
            let body =
                Bool.random() ? nil : (0..<Int.random(in: 0...5)).map { _ in parts.randomElement() ?? "" }
            let method = ["GET", "PUT", "POST", "DELETE", "PATCH"].randomElement() ?? ""
            let reply = await bench.send(method, target, body?.joined())
            // 500 is what a batch is answered of which a message was refused.
            let isBatch = reply.document?.name == "Messages"
            #expect((200..<(isBatch ? 501 : 500)).contains(reply.status), "\(method) \(target) \(body ?? [])")
        }
    }
}

import FlowWeb
import HTTPMessage
import LoopSupport
import MessageXML
import Primitives
import Testing

@Suite(.timeLimit(.minutes(1))) struct MessageReceivingTests {
    @Test func `a received message has every element, and comes back after its time`() async throws {
        let bench = try await MessageBench()
        await bench.make("q")
        _ = await bench.post("a", to: "q")
        await bench.loop.advance(by: .milliseconds(1500))
        let first = await bench.receive("q")
        #expect(first.status == 200 && first.document?.name == "Message")
        let names: Set<String> = [
            "MessageId", "ReceiptHandle", "MessageBodyMD5", "MessageBody", "EnqueueTime", "NextVisibleTime",
            "FirstDequeueTime", "DequeueCount", "Priority",
        ]
        #expect(Set(first.document?.children.map(\.name) ?? []) == names)
        #expect(first["EnqueueTime"] == "1795426200000" && first["FirstDequeueTime"] == "1795426201500")
        #expect(first["NextVisibleTime"] == "1795426231500" && first["DequeueCount"] == "1")
        #expect(first["Priority"] == "8")
        let handle = first["ReceiptHandle"] ?? ""
        #expect(
            handle.utf8.allSatisfy {
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8.contains($0)
            })
        #expect(await bench.receive("q").code == "MessageNotExist")
        await bench.loop.advance(by: .seconds(30))
        let second = await bench.receive("q")
        #expect(second["DequeueCount"] == "2" && second["MessageId"] == first["MessageId"])
        #expect(second["FirstDequeueTime"] == first["FirstDequeueTime"])
        #expect(second["ReceiptHandle"] != handle)
        let stale = await bench.send("DELETE", "/queues/q/messages?ReceiptHandle=\(handle)")
        #expect(stale.status == 400 && stale.code == "ReceiptHandleError")
    }

    @Test func `a wait ends at once when a message comes, and at its end without one`() async throws {
        let bench = try await MessageBench()
        await bench.make("q")
        async let served = bench.receive("q", "?waitseconds=30")
        await bench.untilWaiting(1)
        _ = await bench.post("a", to: "q")
        #expect(await served["MessageBody"] == "a")
        async let empty = bench.receive("q", "?WaitSeconds=5")
        await bench.untilWaiting(1)
        await bench.loop.advance(by: .milliseconds(4999))
        await bench.untilWaiting(1)
        await bench.loop.advance(by: .milliseconds(1))
        let end = await empty
        #expect(end.status == 404 && end.code == "MessageNotExist")
    }

    @Test func `without a wait of its own a receive has the queue's`() async throws {
        let bench = try await MessageBench()
        await bench.make("q", "<PollingWaitSeconds>30</PollingWaitSeconds>")
        async let waited = bench.receive("q")
        await bench.untilWaiting(1)
        #expect(await bench.receive("q", "?waitseconds=0").code == "MessageNotExist")
        await bench.loop.advance(by: .seconds(30))
        #expect(await waited.code == "MessageNotExist")
        async let batch = bench.receive("q", "?numOfMessages=2")
        await bench.untilWaiting(1)
        _ = await bench.post("a", to: "q")
        #expect(await batch.all("MessageBody") == ["a"])
    }

    @Test func `who waits at a queue that goes is told`() async throws {
        let bench = try await MessageBench()
        await bench.make("q")
        async let waited = bench.receive("q", "?waitseconds=30")
        await bench.untilWaiting(1)
        #expect(await bench.send("DELETE", "/queues/q").status == 204)
        #expect(await waited.code == "QueueNotExist")
    }

    @Test func `peeking takes nothing and needs no handle`() async throws {
        let bench = try await MessageBench()
        await bench.make("q")
        #expect(await bench.receive("q", "?peekonly=true").code == "MessageNotExist")
        for body in ["a", "b"] { _ = await bench.post(body, to: "q") }
        let one = await bench.receive("q", "?peekonly=true")
        #expect(one.document?.name == "Message" && one["MessageBody"] == "a")
        #expect(one["FirstDequeueTime"] == "0" && one["DequeueCount"] == "0")
        #expect(one["ReceiptHandle"] == nil && one["NextVisibleTime"] == nil)
        let two = await bench.receive("q", "?peekonly=true&numOfMessages=16")
        #expect(two.document?.name == "Messages" && two.all("MessageBody") == ["a", "b"])
        #expect(await bench.send("GET", "/queues/q")["ActiveMessages"] == "2")
    }

    @Test func `deleting needs a handle that is good`() async throws {
        let bench = try await MessageBench()
        await bench.make("q")
        _ = await bench.post("a", to: "q")
        let handle = await bench.receive("q")["ReceiptHandle"] ?? ""
        #expect(await bench.send("DELETE", "/queues/q/messages").code == "MissingReceiptHandle")
        #expect(
            await bench.send("DELETE", "/queues/q/messages?ReceiptHandle=").code == "MissingReceiptHandle")
        #expect(
            await bench.send("DELETE", "/queues/q/messages?ReceiptHandle=junk").code == "ReceiptHandleError")
        let done = await bench.send("DELETE", "/queues/q/messages?receiptHandle=\(handle)")
        #expect(done.status == 204 && done.document == nil)
        let again = await bench.send("DELETE", "/queues/q/messages?ReceiptHandle=\(handle)")
        #expect(again.status == 404 && again.code == "MessageNotExist")
    }

    @Test func `a batch of handles deletes the good ones and names the others`() async throws {
        let bench = try await MessageBench()
        await bench.make("q")
        for body in ["a", "b", "c"] { _ = await bench.post(body, to: "q") }
        let handles = await bench.receive("q", "?numOfMessages=3").all("ReceiptHandle")
        func delete(_ handles: [String]) async -> MessageBench.Reply {
            let list = handles.map { "<ReceiptHandle>\($0)</ReceiptHandle>" }.joined()
            return await bench.send(
                "DELETE", "/queues/q/messages", MessageBench.document("ReceiptHandles", list))
        }
        #expect(await delete([handles[0]]).status == 204)
        let part = await delete([handles[0], handles[1], "junk"])
        #expect(part.status == 404 && part.document?.name == "Errors")
        #expect(part.all("ReceiptHandle") == [handles[0], "junk"])
        #expect(part.all("ErrorCode") == ["MessageNotExist", "ReceiptHandleError"])
        #expect(part.document?.children.allSatisfy { $0.children.count == 3 } == true)
        #expect(await bench.send("GET", "/queues/q")["InactiveMessages"] == "1")
        #expect(await delete([]).code == "InvalidArgument")
        #expect(await delete(Array(repeating: handles[2], count: 17)).code == "InvalidArgument")
    }

    @Test func `a changed visibility gives another handle, and 0 gives the message back`() async throws {
        let bench = try await MessageBench()
        await bench.make("q")
        _ = await bench.post("a", to: "q")
        let handle = await bench.receive("q")["ReceiptHandle"] ?? ""
        func change(_ query: String) async -> MessageBench.Reply {
            await bench.send("PUT", "/queues/q/messages\(query)")
        }
        #expect(await change("").code == "MissingReceiptHandle")
        #expect(await change("?ReceiptHandle=\(handle)").code == "MissingVisibilityTimeout")
        for seconds in ["-1", "43201", "x"] {
            #expect(
                await change("?ReceiptHandle=\(handle)&VisibilityTimeout=\(seconds)").code
                    == "InvalidArgument")
        }
        let changed = await change("?receiptHandle=\(handle)&visibilityTimeout=60")
        #expect(changed.status == 200 && changed.document?.name == "ChangeVisibility")
        #expect(changed["NextVisibleTime"] == "1795426260000")
        let next = changed["ReceiptHandle"] ?? ""
        #expect(next != handle)
        #expect(await change("?ReceiptHandle=\(handle)&VisibilityTimeout=1").code == "ReceiptHandleError")
        await bench.loop.advance(by: .seconds(59))
        #expect(await bench.receive("q").code == "MessageNotExist")
        #expect(await change("?ReceiptHandle=\(next)&VisibilityTimeout=0").status == 200)
        #expect(await bench.receive("q")["DequeueCount"] == "2")
    }

    @Test func `queries out of range are refused`() async throws {
        let bench = try await MessageBench()
        await bench.make("q")
        for query in [
            "?waitseconds=31", "?waitseconds=-1", "?waitseconds=x", "?waitseconds=", "?numOfMessages=0",
            "?numOfMessages=17", "?peekonly=true&numOfMessages=0",
        ] { #expect(await bench.receive("q", query).code == "InvalidArgument", "\(query)") }
        #expect(await bench.receive("q", "?waitseconds=%zz").code == "InvalidQueryString")
        #expect(await bench.receive("none", "?waitseconds=30").code == "QueueNotExist")
    }
}

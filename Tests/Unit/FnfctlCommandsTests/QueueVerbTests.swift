import FlowEngineAPI
import Primitives
import RPCProtocol
import Testing

@testable import FnfctlCommands

@Suite struct QueueVerbTests {
    private let attributes = Seen<QueueAttributes>()
    private let sent = Seen<SendMessage.Params>()
    private let receives = Seen<ReceiveMessage.Params>()
    private let deleted = Seen<String>()

    private static let message: MessageRecord = {
        var message = PeekMessage.exampleMessage
        message.enqueueTime = "2026-11-23T09:29:00.000Z"
        message.firstDequeueTime = "2026-11-23T09:30:00.000Z"
        message.nextVisibleTime = "2026-11-23T09:30:30.000Z"
        message.dequeueCount = 1
        message.receiptHandle = "AAhandle"
        return message
    }()

    /// An engine with a queue that gives `messages` at the receive number `after`.
    private func engine(_ messages: [MessageRecord] = [message], after: Int = 0) -> HandlerTable {
        var table = HandlerTable()
        table.on(CreateQueue.self) { params, _ in
            self.attributes.note(params)
            return .with { $0.queueName = params.queueName }
        }
        table.on(SetQueueAttributes.self) { params, _ in
            self.attributes.note(params)
            return .with { $0.queueName = params.queueName }
        }
        table.on(ListQueues.self) { _, _ in
            .with { $0.queues = [.with { $0.queueName = "a" }, .with { $0.queueName = "b" }] }
        }
        table.on(DescribeQueue.self) { (params, _) throws(RPCError) in
            guard params.queueName == "q" else { throw RPCError(.queueNotExist, "there is none") }
            return DescribeQueue.exampleResult
        }
        table.on(SendMessage.self) { params, context in
            self.sent.note(params)
            return .with {
                $0.messageId = "m-1"
                $0.messageBodyMD5 = context.meta.idempotencyKey ?? ""
            }
        }
        table.on(ReceiveMessage.self) { params, _ in
            self.receives.note(params)
            return .with { $0.messages = self.receives.all.count > after ? messages : [] }
        }
        table.on(PeekMessage.self) { _, _ in .with { $0.messages = messages } }
        table.on(DeleteMessage.self) { (params, _) throws(RPCError) in
            guard params.receiptHandle != "stale" else { throw RPCError(.receiptHandleError, "it is stale") }
            self.deleted.note(params.receiptHandle)
            return NoFields()
        }
        table.on(ChangeMessageVisibility.self) { params, _ in
            .with {
                $0.receiptHandle = "\(params.receiptHandle)+\(params.visibilityTimeout)"
                $0.nextVisibleTime = "2026-11-23T09:35:00.000Z"
            }
        }
        table.on(DeleteQueue.self) { _, _ in NoFields() }
        return table
    }

    @Test func `create and set pass what is said, in seconds, through the administrators' door`() async throws
    {
        let stage = Stage([.flowEngine: engine()])
        let line = "q --visibility 5m --delay 10 --retention 96h --polling-wait 20 --max-size 2048"
        #expect(await stage.run("fnfctl queue create \(line) --dead-letter dead --max-receives 5") == .ok)
        #expect(
            attributes.all.first
                == .with {
                    $0.queueName = "q"
                    $0.visibilityTimeout = 300
                    $0.delaySeconds = 10
                    $0.messageRetentionPeriod = 345_600
                    $0.pollingWaitSeconds = 20
                    $0.maximumMessageSize = 2048
                    $0.deadLetterQueue = "dead"
                    $0.maxReceiveCount = 5
                })
        #expect(await stage.run("fnfctl queue set q --no-dead-letter") == .ok)
        #expect(
            attributes.all.last
                == .with {
                    $0.queueName = "q"
                    $0.deadLetterQueue = ""
                })
        #expect(Set(stage.sockets) == ["flow-engine-admin.sock"])
        #expect(await stage.run("fnfctl queue set q --delay 500ms") == .usage)
        #expect(await stage.run("fnfctl queue set q --no-dead-letter --dead-letter d") == .usage)
    }

    @Test func `list and show have every form`() async throws {
        let stage = Stage([.flowEngine: engine()])
        #expect(await stage.run("fnfctl queue list -o name") == .ok)
        #expect(stage.out == "a\nb\n")
        let shown = Stage([.flowEngine: engine()])
        #expect(await shown.run("fnfctl queue show q") == .ok)
        #expect(shown.out.contains("Visibility timeout:  30 s") && shown.out.contains("0 ready"))
        let absent = Stage([.flowEngine: engine()])
        #expect(await absent.run("fnfctl queue show none") == .notFound)
        #expect(absent.err.contains("fnfctl queue create none"))
    }

    @Test func `send takes text or a file and prints the message's id`() async throws {
        let file = try TemporaryFile("from a file")
        let stage = Stage([.flowEngine: engine()])
        #expect(await stage.run("fnfctl queue send q 'a b' --priority 1 --delay 2m") == .ok)
        #expect(await stage.run("fnfctl queue send q @\(file.path)") == .ok)
        #expect(stage.out == "m-1\nm-1\n")
        #expect(sent.all.map(\.messageBody) == ["a b", "from a file"])
        #expect(sent.all.first?.priority == 1 && sent.all.first?.delaySeconds == 120)
        let json = Stage([.flowEngine: engine()])
        #expect(await json.run("fnfctl queue send q x -o json") == .ok)
        // The key under which a lost reply is asked for again.
        #expect(json.outJSON?["MessageBodyMD5"]?.stringValue?.count == 36)
    }

    @Test func `receive shows the message and the handle that ends it`() async throws {
        let stage = Stage([.flowEngine: engine()])
        #expect(await stage.run("fnfctl queue receive q --count 3 --visibility 1m") == .ok)
        #expect(receives.all.first?.numOfMessages == 3 && receives.all.first?.visibilityTimeout == 60)
        #expect(receives.all.first?.waitSeconds == nil)
        #expect(stage.out.contains("Handle:       AAhandle") && stage.out.contains(#"{"order":"o-1"}"#))
        #expect(deleted.all.isEmpty)
        let named = Stage([.flowEngine: engine()])
        #expect(await named.run("fnfctl queue receive q -o name") == .ok)
        #expect(named.out == "AAhandle\n")
        #expect(await named.run("fnfctl queue ack q AAhandle other") == .ok)
        #expect(deleted.all == ["AAhandle", "other"])
        #expect(await named.run("fnfctl queue ack q stale") == .conflict)
    }

    @Test func `with --delete a message is printed and then deleted`() async throws {
        let stage = Stage([.flowEngine: engine()])
        #expect(await stage.run("fnfctl queue receive q --delete --body") == .ok)
        #expect(stage.out == "{\"order\":\"o-1\"}\n")
        #expect(deleted.all == ["AAhandle"])
    }

    @Test func `with --wait it asks again until there is a message`() async throws {
        let stage = Stage([.flowEngine: engine(after: 2)])
        #expect(await stage.run("fnfctl queue receive q --wait -o json") == .ok)
        #expect(receives.all.map(\.waitSeconds) == [30, 30, 30])
        #expect(stage.outJSON?["Messages"]?[0]?["MessageId"] != nil)
    }

    @Test func `no message is no failure, and said`() async throws {
        let stage = Stage([.flowEngine: engine([])])
        #expect(await stage.run("fnfctl queue receive q --wait 0") == .ok)
        #expect(stage.out.isEmpty && stage.err.contains("there is no message in q now"))
        let json = Stage([.flowEngine: engine([])])
        #expect(await json.run("fnfctl queue peek q -o json") == .ok)
        #expect(json.outJSON == ["Messages": []])
    }

    @Test func `extend prints the handle that is good from now on`() async throws {
        let stage = Stage([.flowEngine: engine()])
        #expect(await stage.run("fnfctl queue extend q AAhandle --visibility 10m") == .ok)
        #expect(await stage.run("fnfctl queue extend q AAhandle --visibility 0") == .ok)
        #expect(stage.out == "AAhandle+600\nAAhandle+0\n")
        #expect(await stage.run("fnfctl queue delete q") == .ok)
    }
}

import FlowEngineAPI
import Primitives
import RPCProtocol
import Testing

@testable import FnfctlCommands

@Suite struct TopicVerbTests {
    private let attributes = Seen<TopicAttributes>()
    private let published = Seen<PublishMessage.Params>()
    private let subscribed = Seen<Subscribe.Params>()

    private static let failing: SubscriptionRecord = {
        var subscription = DescribeSubscription.exampleResult
        subscription.pendingMessages = 3
        subscription.droppedMessages = 2
        subscription.lastFailure = "AddressNotAllowed: http://127.0.0.1:9000 is not allowed"
        subscription.lastFailureTime = "2026-11-23T09:29:00.000Z"
        return subscription
    }()

    private var engine: HandlerTable {
        var table = HandlerTable()
        table.on(CreateTopic.self) { params, _ in
            self.attributes.note(params)
            return .with {
                $0.created = true
                $0.topic = DescribeTopic.exampleResult
            }
        }
        table.on(SetTopicAttributes.self) { params, _ in
            self.attributes.note(params)
            return DescribeTopic.exampleResult
        }
        table.on(ListTopics.self) { _, _ in
            .with { $0.topics = [.with { $0.topicName = "a" }, .with { $0.topicName = "b" }] }
        }
        table.on(DescribeTopic.self) { (params, _) throws(RPCError) in
            guard params.topicName == "payments" else { throw RPCError(.topicNotExist, "there is none") }
            return DescribeTopic.exampleResult
        }
        table.on(PublishMessage.self) { params, context in
            self.published.note(params)
            return .with {
                $0.messageId = "m-1"
                $0.messageBodyMD5 = context.meta.idempotencyKey ?? ""
            }
        }
        table.on(Subscribe.self) { params, _ in
            self.subscribed.note(params)
            return .with { $0.subscription = DescribeSubscription.exampleResult }
        }
        table.on(ListSubscriptions.self) { _, _ in .with { $0.subscriptions = [Self.failing] } }
        table.on(Unsubscribe.self) { _, _ in NoFields() }
        table.on(DeleteTopic.self) { _, _ in NoFields() }
        return table
    }

    @Test func `create and set pass what is said, through the administrators' door`() async throws {
        let stage = Stage([.flowEngine: engine])
        #expect(await stage.run("fnfctl topic create t --retention 1h --max-size 2048 --logging") == .ok)
        #expect(await stage.run("fnfctl topic set t --no-logging") == .ok)
        #expect(
            attributes.all == [
                .with {
                    $0.topicName = "t"
                    $0.messageRetentionPeriod = 3600
                    $0.maximumMessageSize = 2048
                    $0.loggingEnabled = true
                },
                .with {
                    $0.topicName = "t"
                    $0.loggingEnabled = false
                },
            ])
        #expect(Set(stage.sockets) == ["flow-engine-admin.sock"])
        #expect(await stage.run("fnfctl topic set t --retention 0.5") == .usage)
    }

    @Test func `publish prints the id, and carries a key of its own`() async throws {
        let stage = Stage([.flowEngine: engine])
        #expect(await stage.run("fnfctl topic publish t hello --tag red") == .ok)
        #expect(stage.out == "m-1\n")
        #expect(published.all.first?.messageBody == "hello" && published.all.first?.messageTag == "red")
        let json = Stage([.flowEngine: engine])
        #expect(await json.run("fnfctl topic publish t hello -o json") == .ok)
        #expect(json.outJSON?["MessageBodyMD5"]?.stringValue?.isEmpty == false)
    }

    @Test func `subscribe takes an address or a queue`() async throws {
        let stage = Stage([.flowEngine: engine])
        #expect(
            await stage.run("fnfctl topic subscribe t s http://h/in --format xml --retry exponential") == .ok)
        #expect(await stage.run("fnfctl topic subscribe t s queue:work --tag red") == .ok)
        #expect(
            subscribed.all == [
                .with {
                    $0.topicName = "t"
                    $0.subscriptionName = "s"
                    $0.endpoint = "http://h/in"
                    $0.notifyContentFormat = "XML"
                    $0.notifyStrategy = "EXPONENTIAL_DECAY_RETRY"
                },
                .with {
                    $0.topicName = "t"
                    $0.subscriptionName = "s"
                    $0.endpoint = "acs:mns:::queues/work"
                    $0.notifyContentFormat = "SIMPLIFIED"
                    $0.filterTag = "red"
                },
            ])
    }

    @Test func `show tells of the subscriptions and why they fail`() async throws {
        let stage = Stage([.flowEngine: engine])
        #expect(await stage.run("fnfctl topic show payments") == .ok)
        #expect(stage.out.contains("AddressNotAllowed: http://127.0.0.1:9000 is not allowed"))
        let json = Stage([.flowEngine: engine])
        #expect(await json.run("fnfctl topic show payments -o json") == .ok)
        #expect(json.outJSON?["Subscriptions"]?[0]?["PendingMessages"] == 3)
        #expect(json.outJSON?["TopicName"] == "payments")
        let list = Stage([.flowEngine: engine])
        #expect(await list.run("fnfctl topic subscriptions payments -o name") == .ok)
        #expect(list.out == "audit\n")
    }

    @Test func `topics are listed by name`() async throws {
        let stage = Stage([.flowEngine: engine])
        #expect(await stage.run("fnfctl topics ls -o name") == .ok)
        #expect(stage.out == "a\nb\n")
    }

    @Test func `what there is not is told with the way out`() async throws {
        let stage = Stage([.flowEngine: engine])
        #expect(await stage.run("fnfctl topic show none") == .notFound)
        #expect(stage.err.contains("fnfctl topic create none"))
        #expect(await stage.run("fnfctl topic unsubscribe t s") == .ok)
        #expect(await stage.run("fnfctl topic delete t") == .ok)
    }
}

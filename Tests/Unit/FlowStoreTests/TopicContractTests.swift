import FlowStore
import FlowStoreSQLite
import LoopSupport
import Primitives
import Testing

@Suite struct TopicContractTests {
    private static func time(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: seconds * 1_000_000) }

    private static func topic(_ name: String) -> StoredTopic {
        var topic = StoredTopic()
        topic.name = name
        topic.created = time(1)
        topic.modified = time(2)
        return topic
    }

    private static func subscription(_ name: String, of topic: Int64) -> StoredSubscription {
        var subscription = StoredSubscription()
        subscription.topic = topic
        subscription.topicName = "t"
        subscription.name = name
        subscription.endpoint = "http://127.0.0.1:9000/"
        subscription.created = time(1)
        subscription.modified = time(2)
        return subscription
    }

    private static func message(_ id: String, of topic: Int64) -> PublishedMessage {
        var message = PublishedMessage()
        message.topic = topic
        message.id = id
        message.tag = "tag"
        message.body = "body of \(id)"
        message.published = time(5)
        message.expires = time(50)
        return message
    }

    private static func push(_ message: Int64, to subscription: Int64, next: Int64) -> StoredPush {
        var push = StoredPush()
        push.message = message
        push.subscription = subscription
        push.next = time(next)
        return push
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `a topic is found by its name with all its attributes`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        var topic = Self.topic("payments")
        topic.messageBytesMax = 3
        topic.retention = 4
        topic.isLogged = true
        topic.key = try store.addTopic(topic)
        #expect(try store.topic(named: "payments") == topic)
        #expect(try store.topic(named: "Payments") == nil)
        topic.isLogged = false
        topic.retention = 7
        try store.replaceTopic(topic)
        #expect(try store.topic(named: "payments") == topic)
        #expect(try store.topicCount() == 1)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `topics and subscriptions are listed by name, from a name on and by prefix`(
        _ kind: StoreUnderTest
    ) throws {
        let (store, folder) = try kind.make()
        let names = ["b-2", "a", "b-1", "c"]
        for name in names { _ = try store.addTopic(Self.topic(name)) }
        func topics(_ from: String, _ prefix: String, _ limit: Int = 10) throws -> [String] {
            try store.topics(fromName: from, prefix: prefix, limit: limit).map(\.name)
        }
        #expect(try topics("", "") == ["a", "b-1", "b-2", "c"])
        #expect(try topics("b-1", "", 2) == ["b-1", "b-2"])
        #expect(try topics("b-2", "b-") == ["b-2"])
        for name in names { _ = try store.addSubscription(Self.subscription(name, of: 1)) }
        _ = try store.addSubscription(Self.subscription("a", of: 2))
        func subscriptions(_ from: String, _ prefix: String, _ limit: Int = 10) throws -> [String] {
            try store.subscriptions(of: 1, fromName: from, prefix: prefix, limit: limit).map(\.name)
        }
        #expect(try subscriptions("", "") == ["a", "b-1", "b-2", "c"])
        #expect(try subscriptions("b-1", "", 2) == ["b-1", "b-2"])
        #expect(try subscriptions("", "b-", .max) == ["b-1", "b-2"])
        #expect(try store.subscriptionCount(of: 1) == 4)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `a subscription keeps what is said of it`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        var subscription = Self.subscription("s", of: 3)
        subscription.strategy = .exponential
        subscription.format = .simplified
        subscription.filterTag = "tag"
        subscription.dropped = 5
        subscription.lastFailure = "why"
        subscription.lastFailureTime = Self.time(9)
        subscription.key = try store.addSubscription(subscription)
        #expect(try store.subscription(subscription.key) == subscription)
        subscription.filterTag = nil
        subscription.lastFailure = nil
        subscription.lastFailureTime = nil
        try store.replaceSubscription(subscription)
        #expect(try store.subscription(of: 3, named: "s") == subscription)
        #expect(try store.subscription(of: 4, named: "s") == nil)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `a message stays until its last push is gone, and is counted`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        let topic = try store.addTopic(Self.topic("t"))
        let first = try store.addSubscription(Self.subscription("first", of: topic))
        let second = try store.addSubscription(Self.subscription("second", of: topic))
        var message = Self.message("m", of: topic)
        message.key = try store.addPublished(message)
        let pushes = try [first, second].map { subscription in
            try store.addPush(Self.push(message.key, to: subscription, next: 5))
        }
        #expect(try store.published(message.key) == message)
        #expect(try store.topic(named: "t")?.messages == 1)
        #expect(try store.subscription(first)?.pending == 1)
        try store.removePush(pushes[0])
        #expect(try store.subscription(first)?.pending == 0)
        #expect(try store.published(message.key) == message)
        try store.removePush(pushes[1])
        #expect(try store.published(message.key) == nil)
        #expect(try store.topic(named: "t")?.messages == 0)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `pushes are due by their time and then by their age`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        let message = try store.addPublished(Self.message("m", of: 1))
        for (subscription, next) in [(1, 20), (1, 10), (1, 10), (2, 5)] as [(Int64, Int64)] {
            _ = try store.addPush(Self.push(message, to: subscription, next: next))
        }
        func due(_ now: Int64, _ limit: Int = 10) throws -> [Int64] {
            try store.duePushes(of: 1, until: Self.time(now), limit: limit).map(\.key)
        }
        #expect(try due(9) == [])
        #expect(try due(10) == [2, 3])
        #expect(try due(20) == [2, 3, 1])
        #expect(try due(20, 2) == [2, 3])
        #expect(try store.nextPush(of: 1, after: Self.time(10)) == Self.time(20))
        #expect(try store.nextPush(of: 1, after: Self.time(20)) == nil)
        var push = try #require(try store.push(1))
        push.failures = 2
        push.next = Self.time(30)
        try store.replacePush(push)
        #expect(try store.push(1) == push)
        #expect(
            try store.pushBacklogs() == [
                PushBacklog(subscription: 1, count: 3, next: Self.time(10)),
                PushBacklog(subscription: 2, count: 1, next: Self.time(5)),
            ])
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `a deleted topic frees its name, and its pushes go away in batches`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        let topic = try store.addTopic(Self.topic("t"))
        let subscription = try store.addSubscription(Self.subscription("s", of: topic))
        let message = try store.addPublished(Self.message("m", of: topic))
        for _ in 0..<3 { _ = try store.addPush(Self.push(message, to: subscription, next: 5)) }
        try store.deleteTopic(topic)
        #expect(try store.topic(named: "t") == nil && store.subscription(subscription) == nil)
        #expect(try store.subscriptionCount(of: topic) == 0)
        #expect(try store.addTopic(Self.topic("t")) != topic)
        #expect(try store.unpurgedSubscriptions() == [subscription])
        #expect(try store.purgeSubscription(subscription, limit: 2) == 2)
        #expect(try store.unpurgedSubscriptions() == [subscription])
        #expect(try store.purgeSubscription(subscription, limit: 2) == 1)
        #expect(try store.unpurgedSubscriptions() == [])
        #expect(try store.published(message) == nil && store.pushBacklogs() == [])
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `what is not committed is forgotten`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        let topic = try store.addTopic(Self.topic("t"))
        let subscription = try store.addSubscription(Self.subscription("s", of: topic))
        try store.append([])
        let message = try store.addPublished(Self.message("m", of: topic))
        _ = try store.addPush(Self.push(message, to: subscription, next: 5))
        try store.deleteTopic(topic)
        store.revert()
        #expect(try store.topic(named: "t")?.messages == 0)
        #expect(try store.subscription(subscription)?.pending == 0)
        #expect(try store.published(message) == nil)
        withExtendedLifetime(folder) {}
    }
}

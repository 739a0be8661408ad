import FlowStore
import FlowStoreSQLite
import LoopSupport
import Primitives
import Testing

@Suite struct QueueContractTests {
    static func time(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: seconds * 1_000_000) }

    static func queue(_ name: String) -> StoredQueue {
        var queue = StoredQueue()
        queue.name = name
        queue.created = time(1)
        queue.modified = time(2)
        return queue
    }

    static func message(
        in queue: Int64, _ id: String, priority: Int64 = 8, _ state: MessageState = .ready,
        visible: Int64 = 10
    ) -> StoredMessage {
        var message = StoredMessage()
        message.queue = queue
        message.id = id
        message.priority = priority
        message.state = state
        message.enqueued = time(5)
        message.visible = time(visible)
        return message
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `a queue is found by its name with all its attributes`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        var queue = Self.queue("payments")
        queue.delay = 1
        queue.visibilityTimeout = 2
        queue.messageBytesMax = 3
        queue.retention = 4
        queue.pollingWait = 5
        queue.deadLetterQueue = "dead"
        queue.receivesMax = 6
        queue.key = try store.addQueue(queue)
        #expect(try store.queue(named: "payments") == queue)
        #expect(try store.queue(named: "Payments") == nil)
        queue.deadLetterQueue = nil
        queue.delay = 7
        try store.replaceQueue(queue)
        #expect(try store.queue(named: "payments") == queue)
        #expect(try store.queueCount() == 1)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `queues are listed by name, from a name on and by prefix`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        for name in ["b-2", "a", "b-1", "c"] { _ = try store.addQueue(Self.queue(name)) }
        func names(_ from: String, _ prefix: String, _ limit: Int = 10) throws -> [String] {
            try store.queues(fromName: from, prefix: prefix, limit: limit).map(\.name)
        }
        #expect(try names("", "") == ["a", "b-1", "b-2", "c"])
        #expect(try names("b-1", "", 2) == ["b-1", "b-2"])
        #expect(try names("", "b-") == ["b-1", "b-2"])
        #expect(try names("b-2", "b-") == ["b-2"])
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `ready messages come by priority and then by age`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        let queue = try store.addQueue(Self.queue("q"))
        let other = try store.addQueue(Self.queue("other"))
        for (id, priority) in [("late", 9), ("first", 8), ("second", 8), ("urgent", 1)] as [(String, Int64)] {
            _ = try store.addMessage(Self.message(in: queue, id, priority: priority), body: id)
        }
        _ = try store.addMessage(Self.message(in: queue, "delayed", priority: 1, .delayed), body: "")
        _ = try store.addMessage(Self.message(in: other, "foreign"), body: "")
        let ready = try store.readyMessages(of: queue, limit: 10)
        #expect(ready.map(\.id) == ["urgent", "first", "second", "late"])
        #expect(try store.readyMessages(of: queue, limit: 1).map(\.id) == ["urgent"])
        #expect(try store.messageBody(ready[2].key) == "second")
        #expect(try store.oldestMessages(of: queue, limit: 2).map(\.id) == ["late", "first"])
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `a message keeps all that is written of it, and is gone when removed`(_ kind: StoreUnderTest) throws
    {
        let (store, folder) = try kind.make()
        let queue = try store.addQueue(Self.queue("q"))
        var message = Self.message(in: queue, "m")
        message.key = try store.addMessage(message, body: "text")
        #expect(try store.message(message.key) == message)
        message.state = .received
        message.visible = Self.time(40)
        message.firstReceived = Self.time(9)
        message.receives = 3
        message.receipt = -77
        message.priority = 2
        try store.replaceMessage(message)
        #expect(try store.message(message.key) == message)
        try store.removeMessage(message.key)
        #expect(try store.message(message.key) == nil)
        #expect(try store.messageBody(message.key) == nil)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `the counts follow each change of a message`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        let queue = try store.addQueue(Self.queue("q"))
        func counts() throws -> MessageCounts? { try store.queue(named: "q")?.counts }
        var first = Self.message(in: queue, "a")
        first.key = try store.addMessage(first, body: "a")
        _ = try store.addMessage(Self.message(in: queue, "b", .delayed, visible: 20), body: "b")
        #expect(try counts() == MessageCounts(ready: 1, delayed: 1))
        first.state = .received
        first.visible = Self.time(30)
        try store.replaceMessage(first)
        #expect(try counts() == MessageCounts(delayed: 1, received: 1))
        #expect(try store.dueMessages(of: queue, until: Self.time(25)) == MessageCounts(delayed: 1))
        #expect(
            try store.dueMessages(of: queue, until: Self.time(30)) == MessageCounts(delayed: 1, received: 1))
        #expect(try store.wakeMessages(of: queue, until: Self.time(25), limit: 10) == 1)
        #expect(try counts() == MessageCounts(ready: 1, received: 1))
        try store.removeMessage(first.key)
        #expect(try counts() == MessageCounts(ready: 1))
        #expect(try counts()?.total == 1)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `messages whose time has come become ready, the first due first`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        let queue = try store.addQueue(Self.queue("q"))
        for (id, visible) in [("c", 30), ("a", 10), ("b", 20)] as [(String, Int64)] {
            _ = try store.addMessage(Self.message(in: queue, id, .delayed, visible: visible), body: id)
        }
        #expect(try store.nextWake(of: queue) == Self.time(10))
        #expect(try store.wakeMessages(of: queue, until: Self.time(9), limit: 10) == 0)
        #expect(try store.wakeMessages(of: queue, until: Self.time(20), limit: 1) == 1)
        #expect(try store.readyMessages(of: queue, limit: 10).map(\.id) == ["a"])
        #expect(try store.wakeMessages(of: queue, until: Self.time(30), limit: 10) == 2)
        #expect(try store.nextWake(of: queue) == nil)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `a deleted queue frees its name at once and its messages bit by bit`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        let first = try store.addQueue(Self.queue("q"))
        let keys = try (0..<5).map { try store.addMessage(Self.message(in: first, "m\($0)"), body: "x") }
        try store.deleteQueue(first)
        #expect(try store.queue(named: "q") == nil)
        #expect(try store.queueCount() == 0)
        let second = try store.addQueue(Self.queue("q"))
        #expect(second != first)
        let kept = try store.addMessage(Self.message(in: second, "kept"), body: "x")
        #expect(try store.unpurgedQueues() == [first])
        #expect(try store.purgeQueue(first, limit: 3))
        #expect(try store.message(keys[4]) != nil)
        #expect(try !store.purgeQueue(first, limit: 3))
        #expect(try store.unpurgedQueues().isEmpty)
        #expect(try keys.allSatisfy { try store.message($0) == nil && store.messageBody($0) == nil })
        #expect(try store.message(kept) != nil)
        #expect(try store.queue(named: "q")?.counts.total == 1)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `an answer is found by queue and key until it is pruned`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        func answer(_ key: String, _ seconds: Int64, queue: Int64 = 1) -> KeyedAnswer {
            KeyedAnswer(queue: queue, key: key, digest: "d", answer: "{}", time: Self.time(seconds))
        }
        for (key, seconds) in [("a", 1), ("b", 2), ("c", 3)] as [(String, Int64)] {
            try store.addKeyedAnswer(answer(key, seconds))
        }
        try store.addKeyedAnswer(answer("a", 4, queue: 2))
        #expect(try store.keyedAnswer(queue: 1, key: "b") == answer("b", 2))
        #expect(try store.keyedAnswer(queue: 3, key: "b") == nil)
        try store.pruneKeyedAnswers(before: Self.time(3), limit: 1)
        #expect(try store.keyedAnswer(queue: 1, key: "a") == nil)
        #expect(try store.keyedAnswer(queue: 1, key: "b") != nil)
        try store.pruneKeyedAnswers(before: Self.time(3), limit: 10)
        #expect(try store.keyedAnswer(queue: 1, key: "b") == nil)
        #expect(try store.keyedAnswer(queue: 1, key: "c") != nil)
        #expect(try store.keyedAnswer(queue: 2, key: "a") != nil)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `what a tick did to queues is reverted whole`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        let queue = try store.addQueue(Self.queue("q"))
        let kept = try store.addMessage(Self.message(in: queue, "kept"), body: "x")
        try store.append([])
        _ = try store.addMessage(Self.message(in: queue, "lost"), body: "x")
        try store.removeMessage(kept)
        store.revert()
        #expect(try store.oldestMessages(of: queue, limit: 10).map(\.id) == ["kept"])
        #expect(try store.queue(named: "q")?.counts == MessageCounts(ready: 1))
        withExtendedLifetime(folder) {}
    }
}

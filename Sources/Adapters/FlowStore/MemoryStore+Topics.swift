package import Primitives
import Synchronization

/// The topics of a memory store.
struct MemoryTopics {
    var topics: [Int64: StoredTopic] = [:]
    var subscriptions: [Int64: StoredSubscription] = [:]
    var unpurged: Set<Int64> = []
    var messages: [Int64: PublishedMessage] = [:]
    var pushes: [Int64: StoredPush] = [:]
    var lastTopic: Int64 = 0
    var lastSubscription: Int64 = 0
    var lastMessage: Int64 = 0
    var lastPush: Int64 = 0

    func counted(_ topic: StoredTopic) -> StoredTopic {
        var topic = topic
        topic.messages = Int64(messages.values.count { $0.topic == topic.key })
        return topic
    }

    func counted(_ subscription: StoredSubscription) -> StoredSubscription {
        var subscription = subscription
        subscription.pending = Int64(pushes.values.count { $0.subscription == subscription.key })
        return subscription
    }

    func pushes(of subscription: Int64) -> [StoredPush] {
        pushes.values.filter { $0.subscription == subscription }.sorted {
            ($0.next, $0.key) < ($1.next, $1.key)
        }
    }

    mutating func removePush(_ key: Int64) {
        guard let push = pushes.removeValue(forKey: key) else { return }
        if !pushes.values.contains(where: { $0.message == push.message }) { messages[push.message] = nil }
    }

    mutating func deleteSubscription(_ key: Int64) {
        if subscriptions.removeValue(forKey: key) != nil { unpurged.insert(key) }
    }
}

extension MemoryStore {
    package func topic(named name: String) -> StoredTopic? {
        state.withLock { state in
            let found = state.changing.topics.topics.values.first { $0.name.utf8Equals(name) }
            return found.map(state.changing.topics.counted)
        }
    }

    package func topics(fromName: String, prefix: String, limit: Int) -> [StoredTopic] {
        state.withLock { state in
            let found = state.changing.topics.topics.values.filter {
                !$0.name.utf8Precedes(fromName) && $0.name.utf8.starts(with: prefix.utf8)
            }
            return found.sorted { $0.name.utf8Precedes($1.name) }.prefix(limit).map(
                state.changing.topics.counted)
        }
    }

    package func topicCount() -> Int { state.withLock { $0.changing.topics.topics.count } }

    package func addTopic(_ topic: StoredTopic) -> Int64 {
        change { state in
            var topic = topic
            state.topics.lastTopic += 1
            topic.key = state.topics.lastTopic
            state.topics.topics[topic.key] = topic
            return topic.key
        }
    }

    package func replaceTopic(_ topic: StoredTopic) {
        change { state in
            if state.topics.topics[topic.key] != nil { state.topics.topics[topic.key] = topic }
        }
    }

    package func deleteTopic(_ key: Int64) {
        change { state in
            guard state.topics.topics.removeValue(forKey: key) != nil else { return }
            let subscriptions = state.topics.subscriptions.values.filter { $0.topic == key }
            for subscription in subscriptions { state.topics.deleteSubscription(subscription.key) }
        }
    }
}

extension MemoryStore {
    package func subscription(_ key: Int64) -> StoredSubscription? {
        state.withLock { state in
            state.changing.topics.subscriptions[key].map(state.changing.topics.counted)
        }
    }

    package func subscription(of topic: Int64, named name: String) -> StoredSubscription? {
        state.withLock { state in
            let found = state.changing.topics.subscriptions.values.first {
                $0.topic == topic && $0.name.utf8Equals(name)
            }
            return found.map(state.changing.topics.counted)
        }
    }

    package func subscriptions(
        of topic: Int64, fromName: String, prefix: String, limit: Int
    ) -> [StoredSubscription] {
        state.withLock { state in
            let found = state.changing.topics.subscriptions.values.filter {
                $0.topic == topic && !$0.name.utf8Precedes(fromName)
                    && $0.name.utf8.starts(with: prefix.utf8)
            }
            return found.sorted { $0.name.utf8Precedes($1.name) }.prefix(limit).map(
                state.changing.topics.counted)
        }
    }

    package func subscriptionCount(of topic: Int64) -> Int {
        state.withLock { $0.changing.topics.subscriptions.values.count { $0.topic == topic } }
    }

    package func addSubscription(_ subscription: StoredSubscription) -> Int64 {
        change { state in
            var subscription = subscription
            state.topics.lastSubscription += 1
            subscription.key = state.topics.lastSubscription
            state.topics.subscriptions[subscription.key] = subscription
            return subscription.key
        }
    }

    package func replaceSubscription(_ subscription: StoredSubscription) {
        change { state in
            guard state.topics.subscriptions[subscription.key] != nil else { return }
            state.topics.subscriptions[subscription.key] = subscription
        }
    }

    package func deleteSubscription(_ key: Int64) { change { $0.topics.deleteSubscription(key) } }

    package func unpurgedSubscriptions() -> [Int64] {
        state.withLock { $0.changing.topics.unpurged.sorted() }
    }

    package func purgeSubscription(_ key: Int64, limit: Int) -> Int {
        change { state in
            guard state.topics.unpurged.contains(key) else { return 0 }
            let found = state.topics.pushes(of: key).prefix(limit)
            for push in found { state.topics.removePush(push.key) }
            if found.count < limit { state.topics.unpurged.remove(key) }
            return found.count
        }
    }
}

extension MemoryStore {
    package func addPublished(_ message: PublishedMessage) -> Int64 {
        change { state in
            var message = message
            state.topics.lastMessage += 1
            message.key = state.topics.lastMessage
            state.topics.messages[message.key] = message
            return message.key
        }
    }

    package func published(_ key: Int64) -> PublishedMessage? {
        state.withLock { $0.changing.topics.messages[key] }
    }

    package func addPush(_ push: StoredPush) -> Int64 {
        change { state in
            var push = push
            state.topics.lastPush += 1
            push.key = state.topics.lastPush
            state.topics.pushes[push.key] = push
            return push.key
        }
    }

    package func push(_ key: Int64) -> StoredPush? { state.withLock { $0.changing.topics.pushes[key] } }

    package func replacePush(_ push: StoredPush) {
        change { state in
            if state.topics.pushes[push.key] != nil { state.topics.pushes[push.key] = push }
        }
    }

    package func removePush(_ key: Int64) { change { $0.topics.removePush(key) } }

    package func duePushes(of subscription: Int64, until now: Timestamp, limit: Int) -> [StoredPush] {
        let pushes = state.withLock { $0.changing.topics.pushes(of: subscription) }
        return Array(pushes.prefix { $0.next <= now }.prefix(limit))
    }

    package func nextPush(of subscription: Int64, after now: Timestamp) -> Timestamp? {
        state.withLock { $0.changing.topics.pushes(of: subscription) }.first { $0.next > now }?.next
    }

    package func pushBacklogs() -> [PushBacklog] {
        let pushes = state.withLock {
            Dictionary(grouping: $0.changing.topics.pushes.values, by: \.subscription)
        }
        return pushes.sorted { $0.key < $1.key }.map { subscription, pushes in
            PushBacklog(
                subscription: subscription, count: Int64(pushes.count),
                next: pushes.map(\.next).min() ?? Timestamp(microseconds: 0))
        }
    }
}

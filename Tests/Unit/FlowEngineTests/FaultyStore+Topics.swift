import FlowStore
import Primitives

extension FaultyStore {
    func topic(named name: String) throws(StoreError) -> StoredTopic? { try store.topic(named: name) }
    func topics(fromName: String, prefix: String, limit: Int) throws(StoreError) -> [StoredTopic] {
        try store.topics(fromName: fromName, prefix: prefix, limit: limit)
    }
    func topicCount() throws(StoreError) -> Int { try store.topicCount() }
    func addTopic(_ topic: StoredTopic) throws(StoreError) -> Int64 {
        try check()
        return try store.addTopic(topic)
    }
    func replaceTopic(_ topic: StoredTopic) throws(StoreError) {
        try check()
        try store.replaceTopic(topic)
    }
    func deleteTopic(_ key: Int64) throws(StoreError) {
        try check()
        try store.deleteTopic(key)
    }
    func subscription(_ key: Int64) throws(StoreError) -> StoredSubscription? {
        try store.subscription(key)
    }
    func subscription(of topic: Int64, named name: String) throws(StoreError) -> StoredSubscription? {
        try store.subscription(of: topic, named: name)
    }
    func subscriptions(
        of topic: Int64, fromName: String, prefix: String, limit: Int
    ) throws(StoreError) -> [StoredSubscription] {
        try store.subscriptions(of: topic, fromName: fromName, prefix: prefix, limit: limit)
    }
    func subscriptionCount(of topic: Int64) throws(StoreError) -> Int {
        try store.subscriptionCount(of: topic)
    }
    func addSubscription(_ subscription: StoredSubscription) throws(StoreError) -> Int64 {
        try check()
        return try store.addSubscription(subscription)
    }
    func replaceSubscription(_ subscription: StoredSubscription) throws(StoreError) {
        try check()
        try store.replaceSubscription(subscription)
    }
    func deleteSubscription(_ key: Int64) throws(StoreError) {
        try check()
        try store.deleteSubscription(key)
    }
    func unpurgedSubscriptions() throws(StoreError) -> [Int64] { try store.unpurgedSubscriptions() }
    func purgeSubscription(_ key: Int64, limit: Int) throws(StoreError) -> Int {
        try check()
        return try store.purgeSubscription(key, limit: limit)
    }
    func addPublished(_ message: PublishedMessage) throws(StoreError) -> Int64 {
        try check()
        return try store.addPublished(message)
    }
    func published(_ key: Int64) throws(StoreError) -> PublishedMessage? { try store.published(key) }
    func addPush(_ push: StoredPush) throws(StoreError) -> Int64 {
        try check()
        return try store.addPush(push)
    }
    func push(_ key: Int64) throws(StoreError) -> StoredPush? { try store.push(key) }
    func replacePush(_ push: StoredPush) throws(StoreError) {
        try check()
        try store.replacePush(push)
    }
    func removePush(_ key: Int64) throws(StoreError) {
        try check()
        try store.removePush(key)
    }
    func duePushes(
        of subscription: Int64, until now: Timestamp, limit: Int
    ) throws(StoreError) -> [StoredPush] {
        try store.duePushes(of: subscription, until: now, limit: limit)
    }
    func nextPush(of subscription: Int64, after now: Timestamp) throws(StoreError) -> Timestamp? {
        try store.nextPush(of: subscription, after: now)
    }
    func pushBacklogs() throws(StoreError) -> [PushBacklog] { try store.pushBacklogs() }
}

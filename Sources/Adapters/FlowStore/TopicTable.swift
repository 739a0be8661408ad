package import Primitives

/// The topics, their subscriptions, and the messages that are on their way.
///
/// Durability: as with every port, a change is on disk with the next `append`, together with its rows.
package protocol TopicTable: Sendable {
    func topic(named name: String) throws(StoreError) -> StoredTopic?

    /// The topics in the order of their names.
    func topics(fromName: String, prefix: String, limit: Int) throws(StoreError) -> [StoredTopic]

    func topicCount() throws(StoreError) -> Int

    /// Adds a topic and returns its key.
    func addTopic(_ topic: StoredTopic) throws(StoreError) -> Int64

    /// Replaces the attributes of the topic with this key.
    func replaceTopic(_ topic: StoredTopic) throws(StoreError)

    /// Deletes a topic with its subscriptions, each as `deleteSubscription` does.
    func deleteTopic(_ key: Int64) throws(StoreError)

    func subscription(_ key: Int64) throws(StoreError) -> StoredSubscription?
    func subscription(of topic: Int64, named name: String) throws(StoreError) -> StoredSubscription?

    /// The subscriptions of a topic in the order of their names.
    func subscriptions(
        of topic: Int64, fromName: String, prefix: String, limit: Int
    ) throws(StoreError) -> [StoredSubscription]

    func subscriptionCount(of topic: Int64) throws(StoreError) -> Int

    /// Adds a subscription and returns its key.
    func addSubscription(_ subscription: StoredSubscription) throws(StoreError) -> Int64

    /// Replaces all but the pending of the subscription with this key.
    func replaceSubscription(_ subscription: StoredSubscription) throws(StoreError)

    /// Frees the name. Its pushes are nobody's any more, until `purgeSubscription` has removed them.
    func deleteSubscription(_ key: Int64) throws(StoreError)

    /// Deleted subscriptions that are not purged yet.
    func unpurgedSubscriptions() throws(StoreError) -> [Int64]

    /// Removes at most `limit` pushes of a deleted subscription, and the subscription with the last; returns
    /// how many, fewer than `limit` when none is left.
    func purgeSubscription(_ key: Int64, limit: Int) throws(StoreError) -> Int

    /// Adds a message and returns its key. It goes away with its last push.
    func addPublished(_ message: PublishedMessage) throws(StoreError) -> Int64

    func published(_ key: Int64) throws(StoreError) -> PublishedMessage?

    /// Adds a push and returns its key.
    func addPush(_ push: StoredPush) throws(StoreError) -> Int64

    func push(_ key: Int64) throws(StoreError) -> StoredPush?
    func replacePush(_ push: StoredPush) throws(StoreError)
    func removePush(_ key: Int64) throws(StoreError)

    /// Pushes whose time has come, the first due first.
    func duePushes(of subscription: Int64, until now: Timestamp, limit: Int) throws(StoreError)
        -> [StoredPush]

    /// When the next push is due whose time has not come at `now`.
    func nextPush(of subscription: Int64, after now: Timestamp) throws(StoreError) -> Timestamp?

    /// Every subscription that has pushes, deleted ones too.
    func pushBacklogs() throws(StoreError) -> [PushBacklog]
}

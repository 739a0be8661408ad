package import Primitives

/// The queues, their messages, and the answers that are repeated.
///
/// Durability: as with every port, a change is on disk with the next `append`, together with its rows.
package protocol QueueTable: Sendable {
    func queue(named name: String) throws(StoreError) -> StoredQueue?

    /// The queues in the order of their names.
    func queues(fromName: String, prefix: String, limit: Int) throws(StoreError) -> [StoredQueue]

    func queueCount() throws(StoreError) -> Int

    /// The queues with the most messages, those first that have more; none that is empty.
    func deepestQueues(limit: Int) throws(StoreError) -> [StoredQueue]

    /// Adds a queue and returns its key.
    func addQueue(_ queue: StoredQueue) throws(StoreError) -> Int64

    /// Replaces the attributes of the queue with this key.
    func replaceQueue(_ queue: StoredQueue) throws(StoreError)

    /// Frees the queue's name. Its messages are nobody's any more, until `purgeQueue` has removed them.
    func deleteQueue(_ key: Int64) throws(StoreError)

    /// Deleted queues that are not purged yet.
    func unpurgedQueues() throws(StoreError) -> [Int64]

    /// Removes at most `limit` messages of a deleted queue, and the queue with the last; false when none is
    /// left.
    func purgeQueue(_ key: Int64, limit: Int) throws(StoreError) -> Bool

    /// Adds a message and returns its key.
    func addMessage(_ message: StoredMessage, body: String) throws(StoreError) -> Int64

    func message(_ key: Int64) throws(StoreError) -> StoredMessage?
    func messageBody(_ key: Int64) throws(StoreError) -> String?
    func replaceMessage(_ message: StoredMessage) throws(StoreError)
    func removeMessage(_ key: Int64) throws(StoreError)

    /// Messages in state `ready`, by priority and then by age. Reads no others.
    func readyMessages(of queue: Int64, limit: Int) throws(StoreError) -> [StoredMessage]

    /// The messages that came first, whatever their state.
    func oldestMessages(of queue: Int64, limit: Int) throws(StoreError) -> [StoredMessage]

    /// Makes messages ready whose time has come, at most `limit`, the first due first; returns how many.
    func wakeMessages(of queue: Int64, until now: Timestamp, limit: Int) throws(StoreError) -> Int

    /// How many `wakeMessages` would make ready without a limit.
    func dueMessages(of queue: Int64, until now: Timestamp) throws(StoreError) -> MessageCounts

    /// When the next message that is not ready becomes so.
    func nextWake(of queue: Int64) throws(StoreError) -> Timestamp?

    func keyedAnswer(queue: Int64, key: String) throws(StoreError) -> KeyedAnswer?

    /// Takes the place of an older one under the same key.
    func addKeyedAnswer(_ answer: KeyedAnswer) throws(StoreError)

    /// Removes answers that are older than `time`, the oldest first, at most `limit`.
    func pruneKeyedAnswers(before time: Timestamp, limit: Int) throws(StoreError)
}

import FlowStore
import Primitives

extension FaultyStore {
    func queue(named name: String) throws(StoreError) -> StoredQueue? { try store.queue(named: name) }
    func queues(fromName: String, prefix: String, limit: Int) throws(StoreError) -> [StoredQueue] {
        try store.queues(fromName: fromName, prefix: prefix, limit: limit)
    }
    func deepestQueues(limit: Int) throws(StoreError) -> [StoredQueue] {
        try store.deepestQueues(limit: limit)
    }
    func queueCount() throws(StoreError) -> Int { try store.queueCount() }
    func addQueue(_ queue: StoredQueue) throws(StoreError) -> Int64 {
        try check()
        return try store.addQueue(queue)
    }
    func replaceQueue(_ queue: StoredQueue) throws(StoreError) {
        try check()
        try store.replaceQueue(queue)
    }
    func deleteQueue(_ key: Int64) throws(StoreError) {
        try check()
        try store.deleteQueue(key)
    }
    func unpurgedQueues() throws(StoreError) -> [Int64] { try store.unpurgedQueues() }
    func purgeQueue(_ key: Int64, limit: Int) throws(StoreError) -> Bool {
        try check()
        return try store.purgeQueue(key, limit: limit)
    }
    func addMessage(_ message: StoredMessage, body: String) throws(StoreError) -> Int64 {
        try check()
        return try store.addMessage(message, body: body)
    }
    func message(_ key: Int64) throws(StoreError) -> StoredMessage? { try store.message(key) }
    func messageBody(_ key: Int64) throws(StoreError) -> String? { try store.messageBody(key) }
    func replaceMessage(_ message: StoredMessage) throws(StoreError) {
        try check()
        try store.replaceMessage(message)
    }
    func removeMessage(_ key: Int64) throws(StoreError) {
        try check()
        try store.removeMessage(key)
    }
    func readyMessages(of queue: Int64, limit: Int) throws(StoreError) -> [StoredMessage] {
        try store.readyMessages(of: queue, limit: limit)
    }
    func oldestMessages(of queue: Int64, limit: Int) throws(StoreError) -> [StoredMessage] {
        try store.oldestMessages(of: queue, limit: limit)
    }
    func wakeMessages(of queue: Int64, until now: Timestamp, limit: Int) throws(StoreError) -> Int {
        try store.wakeMessages(of: queue, until: now, limit: limit)
    }
    func dueMessages(of queue: Int64, until now: Timestamp) throws(StoreError) -> MessageCounts {
        try store.dueMessages(of: queue, until: now)
    }
    func nextWake(of queue: Int64) throws(StoreError) -> Timestamp? { try store.nextWake(of: queue) }
    func keyedAnswer(queue: Int64, key: String) throws(StoreError) -> KeyedAnswer? {
        try store.keyedAnswer(queue: queue, key: key)
    }
    func addKeyedAnswer(_ answer: KeyedAnswer) throws(StoreError) {
        try check()
        try store.addKeyedAnswer(answer)
    }
    func pruneKeyedAnswers(before time: Timestamp, limit: Int) throws(StoreError) {
        try store.pruneKeyedAnswers(before: time, limit: limit)
    }
}

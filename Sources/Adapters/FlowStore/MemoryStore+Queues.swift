package import Primitives
import Synchronization

/// The queues of a memory store.
struct MemoryQueues {
    var queues: [Int64: StoredQueue] = [:]
    var unpurged: Set<Int64> = []
    var messages: [Int64: StoredMessage] = [:]
    var bodies: [Int64: String] = [:]
    var answers: [KeyedAnswer] = []
    var lastQueue: Int64 = 0
    var lastMessage: Int64 = 0

    func counted(_ queue: StoredQueue) -> StoredQueue {
        var queue = queue
        queue.counts = MessageCounts(messages.values.filter { $0.queue == queue.key })
        return queue
    }

    func messages(_ holds: (StoredMessage) -> Bool) -> [StoredMessage] {
        messages.values.filter(holds).sorted { $0.key < $1.key }
    }

    mutating func remove(_ key: Int64) {
        messages[key] = nil
        bodies[key] = nil
    }
}

extension MessageCounts {
    init(_ messages: [StoredMessage]) {
        self.init(
            ready: Int64(messages.count { $0.state == .ready }),
            delayed: Int64(messages.count { $0.state == .delayed }),
            received: Int64(messages.count { $0.state == .received }))
    }
}

extension MemoryStore {
    package func queue(named name: String) -> StoredQueue? {
        state.withLock { state in
            let found = state.changing.queues.queues.values.first { $0.name.utf8Equals(name) }
            return found.map(state.changing.queues.counted)
        }
    }

    package func queues(fromName: String, prefix: String, limit: Int) -> [StoredQueue] {
        state.withLock { state in
            let found = state.changing.queues.queues.values.filter {
                !$0.name.utf8Precedes(fromName) && $0.name.utf8.starts(with: prefix.utf8)
            }
            return found.sorted { $0.name.utf8Precedes($1.name) }.prefix(limit).map(
                state.changing.queues.counted)
        }
    }

    package func deepestQueues(limit: Int) -> [StoredQueue] {
        let queues = state.withLock { state in
            let all = state.changing.queues
            return all.queues.values.filter { !all.unpurged.contains($0.key) }.map(all.counted)
        }
        let full = queues.filter { $0.counts.total > 0 }.sorted { left, right in
            left.counts.total == right.counts.total
                ? left.name.utf8Precedes(right.name) : left.counts.total > right.counts.total
        }
        return Array(full.prefix(limit))
    }

    package func queueCount() -> Int { state.withLock { $0.changing.queues.queues.count } }

    package func addQueue(_ queue: StoredQueue) -> Int64 {
        change { state in
            var queue = queue
            state.queues.lastQueue += 1
            queue.key = state.queues.lastQueue
            state.queues.queues[queue.key] = queue
            return queue.key
        }
    }

    package func replaceQueue(_ queue: StoredQueue) {
        change { state in
            if state.queues.queues[queue.key] != nil { state.queues.queues[queue.key] = queue }
        }
    }

    package func deleteQueue(_ key: Int64) {
        change { state in
            guard state.queues.queues.removeValue(forKey: key) != nil else { return }
            state.queues.unpurged.insert(key)
        }
    }

    package func unpurgedQueues() -> [Int64] { state.withLock { $0.changing.queues.unpurged.sorted() } }

    package func purgeQueue(_ key: Int64, limit: Int) -> Bool {
        change { state in
            guard state.queues.unpurged.contains(key) else { return false }
            let left = state.queues.messages { $0.queue == key }
            for message in left.prefix(limit) { state.queues.remove(message.key) }
            if left.count > limit { return true }
            state.queues.unpurged.remove(key)
            return false
        }
    }
}

extension MemoryStore {
    package func addMessage(_ message: StoredMessage, body: String) -> Int64 {
        change { state in
            var message = message
            state.queues.lastMessage += 1
            message.key = state.queues.lastMessage
            state.queues.messages[message.key] = message
            state.queues.bodies[message.key] = body
            return message.key
        }
    }

    package func message(_ key: Int64) -> StoredMessage? {
        state.withLock { $0.changing.queues.messages[key] }
    }
    package func messageBody(_ key: Int64) -> String? { state.withLock { $0.changing.queues.bodies[key] } }

    package func replaceMessage(_ message: StoredMessage) {
        change { state in
            if state.queues.messages[message.key] != nil { state.queues.messages[message.key] = message }
        }
    }

    package func removeMessage(_ key: Int64) { change { $0.queues.remove(key) } }

    package func readyMessages(of queue: Int64, limit: Int) -> [StoredMessage] {
        let ready = state.withLock { $0.changing.queues.messages { $0.queue == queue && $0.state == .ready } }
        return Array(ready.sorted { ($0.priority, $0.key) < ($1.priority, $1.key) }.prefix(limit))
    }

    package func oldestMessages(of queue: Int64, limit: Int) -> [StoredMessage] {
        Array(state.withLock { $0.changing.queues.messages { $0.queue == queue } }.prefix(limit))
    }

    package func wakeMessages(of queue: Int64, until now: Timestamp, limit: Int) -> Int {
        change { state in
            let due = state.queues.waiting(queue).filter { $0.visible <= now }.prefix(limit)
            for message in due { state.queues.messages[message.key]?.state = .ready }
            return due.count
        }
    }

    package func dueMessages(of queue: Int64, until now: Timestamp) -> MessageCounts {
        MessageCounts(state.withLock { $0.changing.queues.waiting(queue).filter { $0.visible <= now } })
    }

    package func nextWake(of queue: Int64) -> Timestamp? {
        state.withLock { $0.changing.queues.waiting(queue).first?.visible }
    }
}

extension MemoryQueues {
    /// Those that are not ready, the first due first.
    func waiting(_ queue: Int64) -> [StoredMessage] {
        messages { $0.queue == queue && $0.state != .ready }.sorted {
            ($0.visible, $0.key) < ($1.visible, $1.key)
        }
    }
}

extension MemoryStore {
    package func keyedAnswer(queue: Int64, key: String) -> KeyedAnswer? {
        state.withLock { state in
            state.changing.queues.answers.first { $0.queue == queue && $0.key.utf8Equals(key) }
        }
    }

    package func addKeyedAnswer(_ answer: KeyedAnswer) {
        change { state in
            state.queues.answers.removeAll { $0.queue == answer.queue && $0.key.utf8Equals(answer.key) }
            state.queues.answers.append(answer)
        }
    }

    package func pruneKeyedAnswers(before time: Timestamp, limit: Int) {
        change { state in
            let old = state.queues.answers.prefix(limit).prefix { $0.time < time }
            state.queues.answers.removeFirst(old.count)
        }
    }
}

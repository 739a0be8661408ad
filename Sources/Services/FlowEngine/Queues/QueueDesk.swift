import FlowEngineAPI
import FlowStore
import Primitives

/// A receive that waits for a message, or that has some and waits for the commit.
final class MessageReceiver {
    let id: Int64
    let queue: StoredQueue
    let countMax: Int
    /// Units: seconds; nil: the queue's.
    let visibilityTimeout: Int64?
    /// Set once it is served.
    var messages: [MessageRecord]?

    init(id: Int64, queue: StoredQueue, countMax: Int, visibilityTimeout: Int64?) {
        self.id = id
        self.queue = queue
        self.countMax = countMax
        self.visibilityTimeout = visibilityTimeout
    }
}

/// What the engine knows of its queues beside the store: who waits at them, and what this tick did.
struct QueueDesk {
    /// By queue, in the order in which they came.
    private(set) var lines: [Int64: [MessageReceiver]] = [:]
    /// When a message of a queue somebody waits at becomes ready.
    var timers = TimerQueue()
    /// They have their messages, and are told when the tick is on disk.
    private(set) var served: [MessageReceiver] = []
    var tally = QueueTally()
    /// Whether the end of this tick is asked for.
    var isTickNoted = false
    /// Whether messages of deleted queues are being removed.
    var isPurging = false

    var waitingCount: Int { lines.values.reduce(0) { $0 + $1.count } }

    func first(_ queue: Int64) -> MessageReceiver? { lines[queue]?.first }

    mutating func enter(_ receiver: MessageReceiver) {
        lines[receiver.queue.key, default: []].append(receiver)
    }

    /// The first of the line has its messages.
    mutating func serve(_ receiver: MessageReceiver, _ messages: [MessageRecord]) {
        receiver.messages = messages
        served.append(receiver)
        leave(receiver)
    }

    /// True when it stood in the line still.
    @discardableResult
    mutating func leave(_ receiver: MessageReceiver) -> Bool {
        let key = receiver.queue.key
        guard let place = lines[key]?.firstIndex(where: { $0 === receiver }) else { return false }
        lines[key]?.remove(at: place)
        if lines[key]?.isEmpty == true {
            lines[key] = nil
            timers.set(key, nil)
        }
        return true
    }

    func isServed(_ id: Int64) -> Bool { served.contains { $0.id == id } }

    /// All who wait at the queue, who now do so no more.
    mutating func dismiss(_ queue: Int64) -> [MessageReceiver] {
        timers.set(queue, nil)
        return lines.removeValue(forKey: queue) ?? []
    }

    /// Ends the tick; returns what it did and whom it served.
    mutating func endTick() -> (QueueTally, [MessageReceiver]) {
        defer {
            tally = QueueTally()
            served = []
            isTickNoted = false
        }
        return (tally, served)
    }
}

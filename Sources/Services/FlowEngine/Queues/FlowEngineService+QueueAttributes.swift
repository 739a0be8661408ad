import FlowEngineAPI
import FlowStore
import Primitives
import RPCProtocol

/// What may be said of a queue. Source: MNS 2015-06-06, ranges of the Queue element.
enum QueueRange {
    static let delay: ClosedRange<Int64> = 0...604_800
    static let visibility: ClosedRange<Int64> = 1...43_200
    static let messageBytesMin: Int64 = 1024
    static let retention: ClosedRange<Int64> = 60...1_296_000
    static let wait: ClosedRange<Int64> = 0...30
    static let batch: ClosedRange<Int64> = 1...16
    static let priority: ClosedRange<Int64> = 1...16
    static let priorityUnasked: Int64 = 8
    static let receives: ClosedRange<Int64> = 1...1000
    static let receivesUnasked: Int64 = 16
}

extension FlowEngineService {
    /// A message of this size fits into a frame even when each of its bytes must be escaped. Units: bytes.
    var messageBytesMax: Int64 { Int64(min(settings.messageBytesMax, settings.wire.frameBytesMax / 8)) }

    /// A queue with what a queue has of which nothing is said.
    func plainQueue(_ name: String) -> StoredQueue {
        var queue = StoredQueue()
        queue.name = name
        queue.messageBytesMax = min(queue.messageBytesMax, messageBytesMax)
        return queue
    }

    /// Takes over the attributes that are given.
    func apply(_ attributes: QueueAttributes, to queue: inout StoredQueue) throws(RPCError) {
        if let delay = try attributes.delaySeconds.inRange(QueueRange.delay, parameter: "DelaySeconds") {
            queue.delay = delay
        }
        if let bytes = try attributes.maximumMessageSize.inRange(
            QueueRange.messageBytesMin...max(messageBytesMax, QueueRange.messageBytesMin),
            parameter: "MaximumMessageSize")
        {
            queue.messageBytesMax = bytes
        }
        if let retention = try attributes.messageRetentionPeriod.inRange(
            QueueRange.retention, parameter: "MessageRetentionPeriod")
        {
            queue.retention = retention
        }
        if let timeout = try attributes.visibilityTimeout.inRange(
            QueueRange.visibility, parameter: "VisibilityTimeout")
        {
            queue.visibilityTimeout = timeout
        }
        if let wait = try attributes.pollingWaitSeconds.inRange(
            QueueRange.wait, parameter: "PollingWaitSeconds")
        {
            queue.pollingWait = wait
        }
        if let isLogged = attributes.loggingEnabled { queue.isLogged = isLogged }
        try applyDeadLetters(attributes, to: &queue)
    }

    private func applyDeadLetters(
        _ attributes: QueueAttributes, to queue: inout StoredQueue
    ) throws(RPCError) {
        let receives = try attributes.maxReceiveCount.inRange(
            QueueRange.receives, parameter: "MaxReceiveCount")
        if let name = attributes.deadLetterQueue {
            guard !name.isEmpty else {
                guard receives == nil else {
                    throw .argument("MaxReceiveCount", "it means nothing without a DeadLetterQueue")
                }
                queue.deadLetterQueue = nil
                queue.receivesMax = 0
                return
            }
            guard name != queue.name else {
                throw .argument("DeadLetterQueue", "a queue can't be its own; name another")
            }
            let target = try answering { () throws(StoreError) in try store.queue(named: name) }
            guard target != nil else {
                throw .argument("DeadLetterQueue", "there is no queue \(name); create it first")
            }
            queue.deadLetterQueue = name
            if queue.receivesMax == 0 { queue.receivesMax = QueueRange.receivesUnasked }
        }
        guard let receives else { return }
        guard queue.deadLetterQueue != nil else {
            throw .argument("MaxReceiveCount", "it means nothing without a DeadLetterQueue")
        }
        queue.receivesMax = receives
    }
}

extension StoredQueue {
    /// Whether a repeated CreateQueue asks for what is there already.
    func hasAttributes(of other: StoredQueue) -> Bool {
        delay == other.delay && visibilityTimeout == other.visibilityTimeout
            && messageBytesMax == other.messageBytesMax && retention == other.retention
            && pollingWait == other.pollingWait && deadLetterQueue == other.deadLetterQueue
            && receivesMax == other.receivesMax && isLogged == other.isLogged
    }
}

extension QueueRecord {
    init(_ queue: StoredQueue, due: MessageCounts) {
        self.init()
        queueName = queue.name
        delaySeconds = queue.delay
        maximumMessageSize = queue.messageBytesMax
        messageRetentionPeriod = queue.retention
        visibilityTimeout = queue.visibilityTimeout
        pollingWaitSeconds = queue.pollingWait
        deadLetterQueue = queue.deadLetterQueue
        maxReceiveCount = queue.deadLetterQueue == nil ? nil : queue.receivesMax
        loggingEnabled = queue.isLogged
        activeMessages = queue.counts.ready + due.total
        inactiveMessages = queue.counts.received - due.received
        delayMessages = queue.counts.delayed - due.delayed
        createTime = queue.created.description
        lastModifyTime = queue.modified.description
    }
}

import FlowEngineAPI
import FlowStore
import Primitives
import RPCProtocol

/// A message on its way into a queue.
struct Letter {
    let body: String
    let md5: String
    /// Units: seconds; nil: the queue's.
    let delay: Int64?
    let priority: Int64

    /// Throws: `InvalidArgument`, naming the parameter.
    init(body: String, delay: Int64?, priority: Int64?) throws(RPCError) {
        guard !body.isEmpty else { throw .argument("MessageBody", "it is empty; a message needs a text") }
        self.body = body
        md5 = TaskCall.md5(body)
        self.delay = try delay.inRange(QueueRange.delay, parameter: "DelaySeconds")
        self.priority =
            try priority.inRange(QueueRange.priority, parameter: "Priority") ?? QueueRange.priorityUnasked
    }
}

extension FlowEngineService {
    func sendMessage(
        _ params: SendMessage.Params, key: String?
    ) async throws(RPCError) -> SendMessage.Result {
        let letter = try Letter(
            body: params.messageBody, delay: params.delaySeconds, priority: params.priority)
        let queue = try queue(params.queueName)
        let asked = "send \(letter.md5) \(letter.priority) \(letter.delay ?? -1)"
        return try await once(key, in: queue, asked: asked) { () throws(RPCError) -> SendMessage.Result in
            let message: StoredMessage
            do throws(QueueFault) { message = try enqueue(letter, in: queue) } catch {
                throw error.rpcError
            }
            queues.tally.sent += 1
            serve(queue.key)
            var result = SendMessage.Result()
            result.messageId = message.id
            result.messageBodyMD5 = letter.md5
            return result
        }
    }

    /// Stages a message; whoever waits at the queue is served by `serve`.
    func enqueue(_ letter: Letter, in queue: StoredQueue) throws(QueueFault) -> StoredMessage {
        guard letter.body.utf8.count <= queue.messageBytesMax else {
            throw .refused(
                .tooLarge("MessageBody", bytes: letter.body.utf8.count, bytesMax: Int(queue.messageBytesMax)))
        }
        try checkRoom(in: queue)
        let delay = letter.delay ?? queue.delay
        var message = StoredMessage()
        message.queue = queue.key
        message.id = makeUUID(from: world)
        message.priority = letter.priority
        message.state = delay > 0 ? .delayed : .ready
        message.enqueued = world.now
        message.visible = message.enqueued.advanced(by: .seconds(delay))
        let staged = message
        message.key = try queueing { () throws(StoreError) in
            try changing { () throws(StoreError) in try store.addMessage(staged, body: letter.body) }
        }
        return message
    }

    private func checkRoom(in queue: StoredQueue) throws(QueueFault) {
        let messagesMax = Int64(settings.queueMessagesMax)
        guard queue.counts.total >= messagesMax else { return }
        let now = try queueing { () throws(StoreError) -> StoredQueue? in
            try dropExpired(queue)
            return try store.queue(named: queue.name)
        }
        guard (now?.counts.total ?? 0) < messagesMax else {
            throw .refused(.queueFull(queue.name, messagesMax: messagesMax))
        }
    }

    /// Removes messages whose retention has ended, a batch at most: the rest when it is met.
    func dropExpired(_ queue: StoredQueue) throws(StoreError) {
        let oldest = try store.oldestMessages(of: queue.key, limit: 1)
        guard oldest.contains(where: { isExpired($0, queue) }) else { return }
        for message in try store.oldestMessages(of: queue.key, limit: settings.queueBatch) {
            guard isExpired(message, queue) else { return }
            try drop(message)
        }
    }

    func isExpired(_ message: StoredMessage, _ queue: StoredQueue) -> Bool {
        message.enqueued.advanced(by: .seconds(queue.retention)) <= world.now
    }

    func drop(_ message: StoredMessage) throws(StoreError) {
        try changing { () throws(StoreError) in try store.removeMessage(message.key) }
        queues.tally.expired += 1
    }
}

import FlowEngineAPI
import FlowStore
import Primitives
import RPCProtocol

/// Receiving: who waits is served in the order in which they came.
extension FlowEngineService {
    func receiveMessage(_ params: ReceiveMessage.Params) async throws(RPCError) -> ReceiveMessage.Result {
        let queue = try queue(params.queueName)
        let wait =
            try params.waitSeconds.inRange(QueueRange.wait, parameter: "WaitSeconds") ?? queue.pollingWait
        let count = try params.numOfMessages.inRange(QueueRange.batch, parameter: "NumOfMessages") ?? 1
        let timeout = try params.visibilityTimeout.inRange(
            QueueRange.visibility, parameter: "VisibilityTimeout")
        if isDraining { throw Self.gone }
        let receiver = MessageReceiver(
            id: nextParkedID(), queue: queue, countMax: Int(count), visibilityTimeout: timeout)
        queues.enter(receiver)
        let fault = serve(queue.key)
        if receiver.messages != nil {
            try await committed()
        } else if let fault {
            queues.leave(receiver)
            throw RPCError(fault)
        } else if wait == 0 {
            queues.leave(receiver)
        } else {
            try await waitForMessage(receiver, atMost: .seconds(wait))
        }
        var result = ReceiveMessage.Result()
        result.messages = receiver.messages ?? []
        return result
    }

    /// Returns when the receiver is served and that is on disk, or when the time is over.
    private func waitForMessage(
        _ receiver: MessageReceiver, atMost time: Duration
    ) async throws(RPCError) {
        showWaiting()
        let id = receiver.id
        let timer = loop.after(time) { [self] in
            assumeIsolated { engine in
                // One that is served already waits for the commit only.
                if !engine.queues.isServed(id) { engine.unpark(id) }
            }
        }
        let error = await park(id)
        timer.cancel()
        queues.leave(receiver)
        showWaiting()
        if let error { throw error }
    }

    /// Gives messages to those who wait at the queue, as part of this tick, and sees to it that somebody
    /// comes back when the next message becomes ready. Returns: why nobody could be served.
    @discardableResult
    func serve(_ queue: Int64) -> StoreError? {
        guard !isDraining, queues.first(queue) != nil else { return nil }
        var touched: Set<Int64> = []
        defer {
            armQueueTimers()
            for other in touched where other != queue { serve(other) }
        }
        do throws(StoreError) {
            while let receiver = queues.first(queue) {
                guard let current = try store.queue(named: receiver.queue.name), current.key == queue else {
                    // Deleted in this tick: its commit tells them.
                    queues.timers.set(queue, nil)
                    return nil
                }
                let messages = try take(receiver, from: current, &touched)
                if messages.isEmpty { break }
                queues.serve(receiver, messages)
            }
            guard queues.first(queue) != nil else { return nil }
            // A batch that was all expired or dead may have more behind it.
            let isMore = try !store.readyMessages(of: queue, limit: 1).isEmpty
            queues.timers.set(queue, isMore ? world.now : try store.nextWake(of: queue))
            return nil
        } catch {
            if case .unreadable = error {
                for receiver in queues.dismiss(queue) { unpark(receiver.id, RPCError(error)) }
            } else {
                queues.timers.set(queue, world.now.advanced(by: Self.queueRetryPause))
            }
            return error
        }
    }

    /// Takes messages out for a receiver. `touched`: dead-letter queues that got something.
    private func take(
        _ receiver: MessageReceiver, from queue: StoredQueue, _ touched: inout Set<Int64>
    ) throws(StoreError) -> [MessageRecord] {
        try wakeMessages(of: queue)
        var page = Page<MessageRecord>(
            limit: receiver.countMax, bytesMax: settings.wire.replyBytesMax)
        var met = 0
        while page.items.count < receiver.countMax, met < settings.queueBatch {
            let found = try store.readyMessages(of: queue.key, limit: receiver.countMax - page.items.count)
            if found.isEmpty { break }
            met += found.count
            for message in found {
                if isExpired(message, queue) {
                    try drop(message)
                } else if let target = try moveIfDead(message, from: queue) {
                    touched.insert(target)
                } else {
                    let timeout = receiver.visibilityTimeout ?? queue.visibilityTimeout
                    guard try give(message, for: .seconds(timeout), to: &page) else { return page.items }
                }
            }
        }
        return page.items
    }

    /// Makes ready what became so by the time that passed.
    func wakeMessages(of queue: StoredQueue) throws(StoreError) {
        try dropExpired(queue)
        guard let next = try store.nextWake(of: queue.key), next <= world.now else { return }
        _ = try changing { () throws(StoreError) in
            try store.wakeMessages(of: queue.key, until: world.now, limit: settings.queueBatch)
        }
    }

    /// False when the page has no room for it.
    private func give(
        _ message: StoredMessage, for time: Duration, to page: inout Page<MessageRecord>
    ) throws(StoreError) -> Bool {
        let now = world.now
        var message = message
        message.state = .received
        message.visible = now.advanced(by: time)
        message.firstReceived = message.firstReceived ?? now
        message.receives += 1
        message.receipt = newReceipt()
        var record = MessageRecord(message, body: try body(of: message))
        record.nextVisibleTime = message.visible.description
        record.receiptHandle = ReceiptHandle(message).text
        guard page.add(record, bytes: record.wireBytes) else { return false }
        let taken = message
        try changing { () throws(StoreError) in try store.replaceMessage(taken) }
        queues.tally.received += 1
        return true
    }

    func newReceipt() -> Int64 { Int64(bitPattern: ReceiptHandle.number(world.entropy(8))) }

    func body(of message: StoredMessage) throws(StoreError) -> String {
        guard let body = try store.messageBody(message.key) else {
            throw .unreadable(place: "message \(message.key) of the queues", reason: "its body is missing")
        }
        return body
    }

    /// Moves a message that was received too often; returns the key of the queue that has it now. It stays
    /// when that queue is gone or full: better received once more than lost.
    private func moveIfDead(_ message: StoredMessage, from queue: StoredQueue) throws(StoreError) -> Int64? {
        guard queue.receivesMax > 0, message.receives >= queue.receivesMax,
            let name = queue.deadLetterQueue, let target = try store.queue(named: name),
            target.counts.total < Int64(settings.queueMessagesMax)
        else { return nil }
        var moved = message
        moved.key = 0
        moved.queue = target.key
        moved.state = .ready
        moved.enqueued = world.now
        moved.visible = moved.enqueued
        moved.firstReceived = nil
        moved.receives = 0
        moved.receipt = 0
        let (text, copy) = (try body(of: message), moved)
        try changing { () throws(StoreError) in
            try store.removeMessage(message.key)
            _ = try store.addMessage(copy, body: text)
        }
        queues.tally.deadLettered += 1
        return target.key
    }
}

extension MessageRecord {
    init(_ message: StoredMessage, body: String) {
        self.init()
        messageId = message.id
        messageBody = body
        messageBodyMD5 = TaskCall.md5(body)
        priority = message.priority
        enqueueTime = message.enqueued.description
        firstDequeueTime = message.firstReceived?.description
        dequeueCount = message.receives
    }

    /// How much of a reply it takes. Units: bytes.
    var wireBytes: Int { JSONValue.string(messageBody).text.utf8.count + 500 }
}

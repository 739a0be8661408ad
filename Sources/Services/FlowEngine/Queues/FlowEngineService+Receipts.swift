import FlowEngineAPI
import FlowStore
import Primitives
import RPCProtocol

/// What whoever has a message does with it, and looking without taking.
extension FlowEngineService {
    func deleteMessage(_ params: DeleteMessage.Params, key: String?) async throws(RPCError) -> NoFields {
        let queue = try queue(params.queueName)
        let asked = "delete \(params.receiptHandle)"
        return try await once(key, in: queue, asked: asked) { () throws(RPCError) -> NoFields in
            try remove(params.receiptHandle, from: queue)
            return NoFields()
        }
    }

    /// Removes the message that the handle gives a right to.
    func remove(_ handle: String, from queue: StoredQueue) throws(RPCError) {
        let message = try held(handle, in: queue)
        try answering { () throws(StoreError) in
            try changing { () throws(StoreError) in try store.removeMessage(message.key) }
        }
        queues.tally.deleted += 1
    }

    func changeMessageVisibility(
        _ params: ChangeMessageVisibility.Params, key: String?
    ) async throws(RPCError) -> ChangeMessageVisibility.Result {
        let queue = try queue(params.queueName)
        let given: Int64? = params.visibilityTimeout
        let seconds = try given.inRange(0...QueueRange.visibility.upperBound, parameter: "VisibilityTimeout")
        let asked = "visibility \(params.receiptHandle) \(params.visibilityTimeout)"
        return try await once(key, in: queue, asked: asked) {
            () throws(RPCError) -> ChangeMessageVisibility.Result in
            var message = try held(params.receiptHandle, in: queue)
            message.visible = world.now.advanced(by: .seconds(seconds ?? 0))
            message.receipt = newReceipt()
            if seconds == 0 { message.state = .ready }
            let changed = message
            try answering { () throws(StoreError) in
                try changing { () throws(StoreError) in try store.replaceMessage(changed) }
            }
            serve(queue.key)
            var result = ChangeMessageVisibility.Result()
            result.receiptHandle = ReceiptHandle(message).text
            result.nextVisibleTime = message.visible.description
            return result
        }
    }

    /// The message that the handle gives a right to now.
    private func held(_ text: String, in queue: StoredQueue) throws(RPCError) -> StoredMessage {
        guard let handle = ReceiptHandle(text: text) else {
            throw .receiptHandle("\"\(text.prefix(64))\" was not given by a receive")
        }
        guard let message = try answering({ () throws(StoreError) in try store.message(handle.message) })
        else { throw .messageNotExist(queue.name) }
        guard message.queue == queue.key else {
            throw .receiptHandle("it is of a message in another queue than \(queue.name)")
        }
        if UInt32(clamping: message.receives) > handle.receive {
            throw .receiptHandle("it is stale: the message was received again since")
        }
        guard handle == ReceiptHandle(message) else {
            throw .receiptHandle(
                "it is stale: ChangeMessageVisibility gave another one, or it was not given by a receive")
        }
        guard message.state == .received, message.visible > world.now else {
            throw .receiptHandle(
                "it is stale: the visibility timeout passed at \(message.visible); receive the message again")
        }
        return message
    }

    func peekMessage(_ params: PeekMessage.Params) async throws(RPCError) -> PeekMessage.Result {
        let count = Int(
            try params.numOfMessages.inRange(QueueRange.batch, parameter: "NumOfMessages") ?? 1)
        await settle()
        let queue = try queue(params.queueName)
        var result = PeekMessage.Result()
        result.messages = try answering { () throws(StoreError) in try peek(at: queue, count) }
        return result
    }

    private func peek(at queue: StoredQueue, _ count: Int) throws(StoreError) -> [MessageRecord] {
        try wakeMessages(of: queue)
        var page = Page<MessageRecord>(limit: count, bytesMax: settings.wire.replyBytesMax)
        for message in try store.readyMessages(of: queue.key, limit: count) where !isExpired(message, queue) {
            let record = MessageRecord(message, body: try body(of: message))
            guard page.add(record, bytes: record.wireBytes) else { break }
        }
        return page.items
    }
}

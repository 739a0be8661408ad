import FlowEngineAPI
import MessageXML
import RPCProtocol

/// What is done at `/queues/NAME/messages`.
extension MessageService {
    func messages(_ call: MessageCall, _ queue: String) async throws(MessageFault) -> MessageReply {
        try call.need(call.method == "GET" && call.query.isTrue("peekonly") ? .read : .operate)
        try MessageName.queue.check(queue)
        switch call.method {
        case "POST": return try await send(call, to: queue)
        case "GET" where call.query.isTrue("peekonly"): return try await peek(call, at: queue)
        case "GET": return try await receive(call, from: queue)
        case "DELETE":
            // A batch has its handles in the body.
            if call.query["ReceiptHandle"] == nil, call.hasBody {
                return try await deleteBatch(call, from: queue)
            }
            return try await delete(call, from: queue)
        case "PUT": return try await changeVisibility(call, in: queue)
        default: throw .noSuchMethod(call.method, allowed: "POST, GET, DELETE, PUT")
        }
    }

    private func receive(_ call: MessageCall, from queue: String) async throws(MessageFault) -> MessageReply {
        let count = try call.query.integer("numOfMessages", .batch)
        let wait = try call.query.integer("waitseconds", .wait)
        let result = try await ask(
            ReceiveMessage.self,
            .with {
                $0.queueName = queue
                $0.waitSeconds = wait
                $0.numOfMessages = count
            }, as: .operate, waits: wait != 0)
        return try Self.reply(result.messages.map { MessageElement(received: $0) }, isBatch: count != nil)
    }

    private func peek(_ call: MessageCall, at queue: String) async throws(MessageFault) -> MessageReply {
        let count = try call.query.integer("numOfMessages", .batch)
        let result = try await ask(
            PeekMessage.self,
            .with {
                $0.queueName = queue
                $0.numOfMessages = count
            }, as: .read)
        return try Self.reply(result.messages.map { MessageElement($0) }, isBatch: count != nil)
    }

    /// Throws: `MessageNotExist` when there is none.
    private static func reply(
        _ messages: [MessageElement], isBatch: Bool
    ) throws(MessageFault) -> MessageReply {
        guard let first = messages.first else { throw .noMessage }
        return MessageReply(
            200, document: isBatch ? MessageElement("Messages", children: messages) : first)
    }

    private func delete(_ call: MessageCall, from queue: String) async throws(MessageFault) -> MessageReply {
        let handle = try Self.handle(call)
        _ = try await ask(
            DeleteMessage.self,
            .with {
                $0.queueName = queue
                $0.receiptHandle = handle
            }, as: .operate)
        return MessageReply(204)
    }

    private func deleteBatch(
        _ call: MessageCall, from queue: String
    ) async throws(MessageFault) -> MessageReply {
        let handles = try call.document("ReceiptHandles").children
            .filter { $0.name == "ReceiptHandle" }.map(\.text)
        _ = try MessageRange.batch.number("\(handles.count)", of: "the number of ReceiptHandles")
        let result = try await ask(
            DeleteMessages.self,
            .with {
                $0.queueName = queue
                $0.receiptHandles = handles
            }, as: .operate)
        guard !result.failures.isEmpty else { return MessageReply(204) }
        // Exactly these three children, or the library can't read it.
        let errors = result.failures.map {
            MessageElement(
                "Error",
                [
                    "ErrorCode": $0.errorCode, "ErrorMessage": $0.errorMessage,
                    "ReceiptHandle": $0.receiptHandle,
                ])
        }
        return MessageReply(404, document: MessageElement("Errors", children: errors))
    }

    private func changeVisibility(
        _ call: MessageCall, in queue: String
    ) async throws(MessageFault) -> MessageReply {
        let handle = try Self.handle(call)
        guard let seconds = try call.query.integer("VisibilityTimeout", .changedVisibility) else {
            throw .missingVisibilityTimeout
        }
        let result = try await ask(
            ChangeMessageVisibility.self,
            .with {
                $0.queueName = queue
                $0.receiptHandle = handle
                $0.visibilityTimeout = seconds
            }, as: .operate)
        return MessageReply(
            200,
            document: MessageElement(
                "ChangeVisibility",
                [
                    "ReceiptHandle": result.receiptHandle,
                    "NextVisibleTime": MessageTime.milliseconds(result.nextVisibleTime),
                ]))
    }

    private static func handle(_ call: MessageCall) throws(MessageFault) -> String {
        guard let handle = call.query["ReceiptHandle"], !handle.isEmpty else { throw .missingReceiptHandle }
        return handle
    }
}

extension MessageElement {
    /// Shape: the library wants each of them, also of a message that nobody took yet.
    init(_ message: MessageRecord) {
        self.init(
            "Message",
            [
                "MessageId": message.messageId,
                "MessageBodyMD5": message.messageBodyMD5,
                "MessageBody": message.messageBody,
                "EnqueueTime": MessageTime.milliseconds(message.enqueueTime),
                "FirstDequeueTime": MessageTime.milliseconds(message.firstDequeueTime),
                "DequeueCount": "\(message.dequeueCount)",
                "Priority": "\(message.priority)",
            ])
    }

    init(received message: MessageRecord) {
        self.init(message)
        children.append(MessageElement("ReceiptHandle", text: message.receiptHandle ?? ""))
        children.append(
            MessageElement("NextVisibleTime", text: MessageTime.milliseconds(message.nextVisibleTime)))
    }
}

import FlowEngineAPI
import MessageXML
import RPCProtocol

/// Sending, one message or a batch. Bodies pass as they are: whether they are base64 is the programs' own
/// affair.
extension MessageService {
    func send(_ call: MessageCall, to queue: String) async throws(MessageFault) -> MessageReply {
        let document = try call.document("Message", "Messages")
        if document.name == "Messages" { return try await sendBatch(document, to: queue) }
        let reader = AttributeReader(element: document)
        let body = try reader.requiredText("MessageBody")
        let delay = try reader.number("DelaySeconds", .delay)
        let priority = try reader.number("Priority", .priority)
        let sent = try await ask(
            SendMessage.self,
            .with {
                $0.queueName = queue
                $0.messageBody = body
                $0.delaySeconds = delay
                $0.priority = priority
            }, as: .operate)
        return MessageReply(201, document: .sent(sent.messageId, md5: sent.messageBodyMD5))
    }

    /// Shape: 500 when a message was refused, with two children of each: id and digest, or code and reason.
    private func sendBatch(
        _ document: MessageElement, to queue: String
    ) async throws(MessageFault) -> MessageReply {
        let messages = document.children.filter { $0.name == "Message" }
        _ = try MessageRange.batch.number("\(messages.count)", of: "the number of Messages")
        var entries: [SendMessages.Entry] = []
        for message in messages { entries.append(try SendMessages.Entry(message)) }
        let asked = entries
        let result = try await ask(
            SendMessages.self,
            .with {
                $0.queueName = queue
                $0.messages = asked
            }, as: .operate)
        let outcomes = result.messages.map { MessageElement($0) }
        let isWhole = result.messages.allSatisfy { $0.errorCode == nil }
        return MessageReply(
            isWhole ? 201 : 500, document: MessageElement("Messages", children: outcomes))
    }
}

extension SendMessages.Entry {
    /// Throws: only what is no number at all; a value out of range is the message's own failure.
    init(_ message: MessageElement) throws(MessageFault) {
        self.init()
        messageBody = message["MessageBody"]?.text ?? ""
        delaySeconds = try Self.number("DelaySeconds", of: message)
        priority = try Self.number("Priority", of: message)
    }

    private static func number(_ name: String, of message: MessageElement) throws(MessageFault) -> Int64? {
        guard let text = message[name]?.text else { return nil }
        guard let number = Int64(text) else {
            throw .argument(name, "\"\(text.prefix(40))\" is no whole number.")
        }
        return number
    }
}

extension MessageElement {
    static func sent(_ id: String, md5: String) -> MessageElement {
        MessageElement("Message", ["MessageId": id, "MessageBodyMD5": md5])
    }

    fileprivate init(_ outcome: SendMessages.Outcome) {
        if let id = outcome.messageId {
            self = .sent(id, md5: outcome.messageBodyMD5 ?? "")
            return
        }
        // The one code that the service has for what is wrong with a message.
        let code = outcome.errorCode == "EntityTooLarge" ? "InvalidArgument" : outcome.errorCode
        self.init(
            "Message",
            [
                "ErrorCode": code ?? "InternalError",
                "ErrorMessage": outcome.errorMessage ?? "the engine gave no reason",
            ])
    }
}

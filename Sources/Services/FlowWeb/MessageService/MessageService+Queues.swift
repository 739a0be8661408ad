import FlowEngineAPI
import MessageXML
import RPCProtocol

/// Queues: made, changed, shown, listed, deleted.
extension MessageService {
    func queues(_ call: MessageCall) async throws(MessageFault) -> MessageReply {
        guard call.method == "GET" else { throw .noSuchMethod(call.method, allowed: "GET") }
        try call.need(.read)
        let listing = try MessageListing(call.headers)
        let page = try await ask(
            ListQueues.self,
            .with {
                $0.prefix = listing.prefix
                $0.nextToken = listing.marker
                $0.limit = listing.limit
            }, as: .read)
        let items = page.queues.map { queue in
            let url = MessageElement("QueueURL", text: call.origin.url("queues", queue.queueName))
            let meta = listing.withMeta ? MessageElement(queue).children : []
            return MessageElement("Queue", children: [url] + meta)
        }
        return listing.reply("Queues", items, next: page.nextToken)
    }

    func queue(_ call: MessageCall, _ name: String) async throws(MessageFault) -> MessageReply {
        switch call.method {
        case "PUT":
            try call.need(.admin)
            let isChange = call.query.isTrue("metaoverride")
            try MessageName.queue.check(name, isMade: !isChange)
            return isChange ? try await setQueue(call, name) : try await createQueue(call, name)
        case "GET":
            try call.need(.read)
            try MessageName.queue.check(name)
            let queue = try await ask(DescribeQueue.self, .with { $0.queueName = name }, as: .read)
            return MessageReply(200, document: MessageElement(queue))
        case "DELETE":
            try call.need(.admin)
            try MessageName.queue.check(name)
            do throws(MessageFault) {
                _ = try await ask(DeleteQueue.self, .with { $0.queueName = name }, as: .admin)
            } catch { guard error.isQueueNotExist else { throw error } }
            return MessageReply(204)
        default: throw .noSuchMethod(call.method, allowed: "PUT, GET, DELETE")
        }
    }

    private func createQueue(_ call: MessageCall, _ name: String) async throws(MessageFault) -> MessageReply {
        let attributes = try QueueAttributes(call.documentIfAny("Queue"), name: name)
        let queue = try await ask(CreateQueue.self, attributes, as: .admin)
        return MessageReply(queue.created == false ? 204 : 201, location: call.origin.url("queues", name))
    }

    private func setQueue(_ call: MessageCall, _ name: String) async throws(MessageFault) -> MessageReply {
        let attributes = try QueueAttributes(call.document("Queue"), name: name)
        _ = try await ask(SetQueueAttributes.self, attributes, as: .admin)
        return MessageReply(204)
    }
}

extension MessageFault {
    fileprivate var isQueueNotExist: Bool { code == "QueueNotExist" }
}

extension QueueAttributes {
    init(_ document: MessageElement, name: String) throws(MessageFault) {
        self.init()
        let reader = AttributeReader(element: document)
        queueName = name
        delaySeconds = try reader.number("DelaySeconds", .delay)
        maximumMessageSize = try reader.number("MaximumMessageSize", .messageBytes)
        messageRetentionPeriod = try reader.number("MessageRetentionPeriod", .retention)
        visibilityTimeout = try reader.number("VisibilityTimeout", .visibility)
        pollingWaitSeconds = try reader.number("PollingWaitSeconds", .wait)
        loggingEnabled = try reader.flag("LoggingEnabled")
    }
}

extension MessageElement {
    init(_ queue: QueueRecord) {
        self.init(
            "Queue",
            [
                "QueueName": queue.queueName,
                "CreateTime": MessageTime.seconds(queue.createTime),
                "LastModifyTime": MessageTime.seconds(queue.lastModifyTime),
                "DelaySeconds": "\(queue.delaySeconds)",
                "MaximumMessageSize": "\(queue.maximumMessageSize)",
                "MessageRetentionPeriod": "\(queue.messageRetentionPeriod)",
                "VisibilityTimeout": "\(queue.visibilityTimeout)",
                "PollingWaitSeconds": "\(queue.pollingWaitSeconds)",
                "ActiveMessages": "\(queue.activeMessages)",
                "InactiveMessages": "\(queue.inactiveMessages)",
                "DelayMessages": "\(queue.delayMessages)",
                "LoggingEnabled": queue.loggingEnabled ? "True" : "False",
            ])
    }
}

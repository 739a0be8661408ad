import FlowEngineAPI
import MessageXML
import Primitives
import RPCProtocol

/// Topics: made, changed, shown, listed, deleted, published to.
extension MessageService {
    func topics(_ call: MessageCall) async throws(MessageFault) -> MessageReply {
        guard call.method == "GET" else { throw .noSuchMethod(call.method, allowed: "GET") }
        try call.need(.read)
        let listing = try MessageListing(call.headers)
        let page = try await ask(
            ListTopics.self,
            .with {
                $0.prefix = listing.prefix
                $0.nextToken = listing.marker
                $0.limit = listing.limit
            }, as: .read)
        let items = page.topics.map { topic in
            let url = MessageElement("TopicURL", text: call.origin.url("topics", topic.topicName))
            let meta = listing.withMeta ? MessageElement(topic).children : []
            return MessageElement("Topic", children: [url] + meta)
        }
        return listing.reply("Topics", items, next: page.nextToken)
    }

    func topic(_ call: MessageCall, _ name: String) async throws(MessageFault) -> MessageReply {
        switch call.method {
        case "PUT":
            try call.need(.admin)
            let isChange = call.query.isTrue("metaoverride")
            try MessageName.topic.check(name, isMade: !isChange)
            return isChange ? try await setTopic(call, name) : try await createTopic(call, name)
        case "GET":
            try call.need(.read)
            try MessageName.topic.check(name)
            let topic = try await ask(DescribeTopic.self, .with { $0.topicName = name }, as: .read)
            return MessageReply(200, document: MessageElement(topic))
        case "DELETE":
            try call.need(.admin)
            try MessageName.topic.check(name)
            do throws(MessageFault) {
                _ = try await ask(DeleteTopic.self, .with { $0.topicName = name }, as: .admin)
            } catch { guard error.code == "TopicNotExist" else { throw error } }
            return MessageReply(204)
        default: throw .noSuchMethod(call.method, allowed: "PUT, GET, DELETE")
        }
    }

    private func createTopic(_ call: MessageCall, _ name: String) async throws(MessageFault) -> MessageReply {
        let attributes = try TopicAttributes(call.documentIfAny("Topic"), name: name)
        let made = try await ask(CreateTopic.self, attributes, as: .admin)
        return MessageReply(made.created ? 201 : 204, location: call.origin.url("topics", name))
    }

    private func setTopic(_ call: MessageCall, _ name: String) async throws(MessageFault) -> MessageReply {
        let attributes = try TopicAttributes(call.document("Topic"), name: name)
        _ = try await ask(SetTopicAttributes.self, attributes, as: .admin)
        return MessageReply(204)
    }

    func publish(_ call: MessageCall, _ topic: String) async throws(MessageFault) -> MessageReply {
        guard call.method == "POST" else { throw .noSuchMethod(call.method, allowed: "POST") }
        try call.need(.operate)
        try MessageName.topic.check(topic)
        let document = try call.document("Message")
        let reader = AttributeReader(element: document)
        let body = try reader.requiredText("MessageBody")
        let tag = reader.text("MessageTag")
        guard (tag ?? "").count <= MessageRange.tagLengthMax else {
            throw .argument(
                "MessageTag", "it has more than \(MessageRange.tagLengthMax) characters.")
        }
        let attributes = document["MessageAttributes"]?.children.map { ($0.name, JSONValue.string($0.text)) }
        let published = try await ask(
            PublishMessage.self,
            .with {
                $0.topicName = topic
                $0.messageBody = body
                $0.messageTag = tag == "" ? nil : tag
                $0.messageAttributes = attributes.map { JSONObject($0) }
            }, as: .operate)
        return MessageReply(201, document: .sent(published.messageId, md5: published.messageBodyMD5))
    }
}

extension TopicAttributes {
    init(_ document: MessageElement, name: String) throws(MessageFault) {
        self.init()
        let reader = AttributeReader(element: document)
        topicName = name
        maximumMessageSize = try reader.number("MaximumMessageSize", .messageBytes)
        loggingEnabled = try reader.flag("LoggingEnabled")
    }
}

extension MessageElement {
    init(_ topic: TopicRecord) {
        self.init(
            "Topic",
            [
                "TopicName": topic.topicName,
                "CreateTime": MessageTime.seconds(topic.createTime),
                "LastModifyTime": MessageTime.seconds(topic.lastModifyTime),
                "MaximumMessageSize": "\(topic.maximumMessageSize)",
                "MessageRetentionPeriod": "\(topic.messageRetentionPeriod)",
                "MessageCount": "\(topic.messageCount)",
                "LoggingEnabled": topic.loggingEnabled ? "True" : "False",
            ])
    }
}

import FlowEngineAPI
import MessageXML
import RPCProtocol

/// The subscriptions of a topic: made, changed, shown, listed, ended.
extension MessageService {
    func subscriptions(_ call: MessageCall, of topic: String) async throws(MessageFault) -> MessageReply {
        guard call.method == "GET" else { throw .noSuchMethod(call.method, allowed: "GET") }
        try call.need(.read)
        try MessageName.topic.check(topic)
        let listing = try MessageListing(call.headers)
        let page = try await ask(
            ListSubscriptions.self,
            .with {
                $0.topicName = topic
                $0.prefix = listing.prefix
                $0.nextToken = listing.marker
                $0.limit = listing.limit
            }, as: .read)
        let items = page.subscriptions.map { subscription in
            let url = call.origin.url("topics", topic, "subscriptions", subscription.subscriptionName)
            return MessageElement("Subscription", ["SubscriptionURL": url])
        }
        return listing.reply("Subscriptions", items, next: page.nextToken)
    }

    func subscription(
        _ call: MessageCall, _ topic: String, _ name: String
    ) async throws(MessageFault) -> MessageReply {
        let isMade = call.method == "PUT" && !call.query.isTrue("metaoverride")
        try call.need(call.method == "GET" ? .read : .admin)
        try MessageName.topic.check(topic)
        try MessageName.subscription.check(name, isMade: isMade)
        switch call.method {
        case "PUT":
            return isMade ? try await subscribe(call, topic, name) : try await change(call, topic, name)
        case "GET":
            let found = try await ask(
                DescribeSubscription.self,
                .with {
                    $0.topicName = topic
                    $0.subscriptionName = name
                }, as: .read)
            return MessageReply(200, document: MessageElement(found))
        case "DELETE": return try await unsubscribe(topic, name)
        default: throw .noSuchMethod(call.method, allowed: "PUT, GET, DELETE")
        }
    }

    private func subscribe(
        _ call: MessageCall, _ topic: String, _ name: String
    ) async throws(MessageFault) -> MessageReply {
        let reader = AttributeReader(element: try call.document("Subscription"))
        let endpoint = try reader.requiredText("Endpoint")
        let made = try await ask(
            Subscribe.self,
            .with {
                $0.topicName = topic
                $0.subscriptionName = name
                $0.endpoint = endpoint
                $0.notifyStrategy = reader.text("NotifyStrategy")
                $0.notifyContentFormat = reader.text("NotifyContentFormat")
                $0.filterTag = reader.text("FilterTag")
            }, as: .admin)
        return MessageReply(
            made.created ? 201 : 204, location: call.origin.url("topics", topic, "subscriptions", name))
    }

    private func change(
        _ call: MessageCall, _ topic: String, _ name: String
    ) async throws(MessageFault) -> MessageReply {
        let reader = AttributeReader(element: try call.document("Subscription"))
        _ = try await ask(
            SetSubscriptionAttributes.self,
            .with {
                $0.topicName = topic
                $0.subscriptionName = name
                $0.notifyStrategy = reader.text("NotifyStrategy")
            }, as: .admin)
        return MessageReply(204)
    }

    /// One that is not there is ended already.
    private func unsubscribe(_ topic: String, _ name: String) async throws(MessageFault) -> MessageReply {
        do throws(MessageFault) {
            _ = try await ask(
                Unsubscribe.self,
                .with {
                    $0.topicName = topic
                    $0.subscriptionName = name
                }, as: .admin)
        } catch { guard error.code == "SubscriptionNotExist" else { throw error } }
        return MessageReply(204)
    }
}

extension MessageElement {
    init(_ subscription: SubscriptionRecord) {
        self.init(
            "Subscription",
            [
                "TopicOwner": subscription.topicOwner,
                "TopicName": subscription.topicName,
                "SubscriptionName": subscription.subscriptionName,
                "Endpoint": subscription.endpoint,
                "NotifyStrategy": subscription.notifyStrategy,
                "NotifyContentFormat": subscription.notifyContentFormat,
                "CreateTime": MessageTime.seconds(subscription.createTime),
                "LastModifyTime": MessageTime.seconds(subscription.lastModifyTime),
            ])
        // Left out when it filters nothing.
        if let tag = subscription.filterTag { children.append(MessageElement("FilterTag", text: tag)) }
    }
}

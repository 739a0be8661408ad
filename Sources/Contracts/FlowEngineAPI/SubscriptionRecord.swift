package import RPCProtocol

/// A subscription as Subscribe, SetSubscriptionAttributes, DescribeSubscription and ListSubscriptions answer
/// it. Source: MNS 2015-06-06, the Subscription element; what is pending and what failed is ours.
package struct SubscriptionRecord: WireRecord {
    package var topicOwner: String = ""
    package var topicName: String = ""
    package var subscriptionName: String = ""
    package var endpoint: String = ""
    package var notifyStrategy: String = ""
    package var notifyContentFormat: String = ""
    package var filterTag: String?
    package var createTime: String = ""
    package var lastModifyTime: String = ""
    package var pendingMessages: Int64 = 0
    package var droppedMessages: Int64 = 0
    package var lastFailure: String?
    package var lastFailureTime: String?

    package init() {}

    package static let fields: [WireField<SubscriptionRecord>] = [
        .required("TopicOwner", \.topicOwner),
        .required("TopicName", \.topicName),
        .required("SubscriptionName", \.subscriptionName),
        .required("Endpoint", \.endpoint),
        .required("NotifyStrategy", \.notifyStrategy, "BACKOFF_RETRY or EXPONENTIAL_DECAY_RETRY"),
        .required("NotifyContentFormat", \.notifyContentFormat, "XML, JSON or SIMPLIFIED"),
        .optional("FilterTag", \.filterTag, "Only messages with this tag"),
        .defaulted("CreateTime", \.createTime),
        .defaulted("LastModifyTime", \.lastModifyTime),
        .defaulted("PendingMessages", \.pendingMessages, "That it does not have yet"),
        .defaulted("DroppedMessages", \.droppedMessages, "That were given up after all tries"),
        .optional("LastFailure", \.lastFailure, "Why a push was not taken last"),
        .optional("LastFailureTime", \.lastFailureTime),
    ]

    static let example = SubscriptionRecord.with {
        $0.topicOwner = "fnf"
        $0.topicName = "payments"
        $0.subscriptionName = "audit"
        $0.endpoint = "http://127.0.0.1:9000/notifications"
        $0.notifyStrategy = "BACKOFF_RETRY"
        $0.notifyContentFormat = "SIMPLIFIED"
        $0.createTime = "2026-11-23T09:30:00.000Z"
        $0.lastModifyTime = "2026-11-23T09:30:00.000Z"
    }
}

package import RPCProtocol

/// A topic by its name, and what CreateTopic and SetTopicAttributes may say of it. Source: MNS 2015-06-06,
/// the Topic element; that MessageRetentionPeriod can be set is ours.
package struct TopicAttributes: WireRecord {
    package var topicName: String = ""
    package var maximumMessageSize: Int64?
    package var messageRetentionPeriod: Int64?
    package var loggingEnabled: Bool?

    package init() {}

    package static let fields: [WireField<TopicAttributes>] = [
        .required("TopicName", \.topicName),
        .optional("MaximumMessageSize", \.maximumMessageSize, "1024 to 262144 bytes; a new topic has 65536"),
        .optional(
            "MessageRetentionPeriod", \.messageRetentionPeriod,
            "60 to 1296000 seconds: how long a message is tried; a new topic has 86400"),
        .optional("LoggingEnabled", \.loggingEnabled, "Kept and shown; a new topic has false"),
    ]
}

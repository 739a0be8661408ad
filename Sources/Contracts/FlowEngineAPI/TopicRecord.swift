package import RPCProtocol

/// A topic as CreateTopic, SetTopicAttributes, DescribeTopic and ListTopics answer it.
package struct TopicRecord: WireRecord {
    package var topicName: String = ""
    package var maximumMessageSize: Int64 = 0
    package var messageRetentionPeriod: Int64 = 0
    package var messageCount: Int64 = 0
    package var loggingEnabled: Bool = false
    package var createTime: String = ""
    package var lastModifyTime: String = ""

    package init() {}

    package static let fields: [WireField<TopicRecord>] = [
        .required("TopicName", \.topicName),
        .defaulted("MaximumMessageSize", \.maximumMessageSize, "Bytes of a body"),
        .defaulted("MessageRetentionPeriod", \.messageRetentionPeriod, "Seconds"),
        .defaulted("MessageCount", \.messageCount, "That some subscription does not have yet"),
        .defaulted("LoggingEnabled", \.loggingEnabled),
        .defaulted("CreateTime", \.createTime),
        .defaulted("LastModifyTime", \.lastModifyTime),
    ]

    static let example = TopicRecord.with {
        $0.topicName = "payments"
        $0.maximumMessageSize = 65_536
        $0.messageRetentionPeriod = 86_400
        $0.createTime = "2026-11-23T09:30:00.000Z"
        $0.lastModifyTime = "2026-11-23T09:30:00.000Z"
    }
}

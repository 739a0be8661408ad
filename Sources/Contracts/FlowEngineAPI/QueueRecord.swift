package import RPCProtocol

/// A queue as CreateQueue, SetQueueAttributes, DescribeQueue and ListQueues answer it.
package struct QueueRecord: WireRecord {
    package var queueName: String = ""
    package var delaySeconds: Int64 = 0
    package var maximumMessageSize: Int64 = 0
    package var messageRetentionPeriod: Int64 = 0
    package var visibilityTimeout: Int64 = 0
    package var pollingWaitSeconds: Int64 = 0
    package var deadLetterQueue: String?
    package var maxReceiveCount: Int64?
    package var loggingEnabled: Bool = false
    package var activeMessages: Int64 = 0
    package var inactiveMessages: Int64 = 0
    package var delayMessages: Int64 = 0
    package var createTime: String = ""
    package var lastModifyTime: String = ""
    package var created: Bool?

    package init() {}

    package static let fields: [WireField<QueueRecord>] = [
        .required("QueueName", \.queueName),
        .defaulted("DelaySeconds", \.delaySeconds),
        .defaulted("MaximumMessageSize", \.maximumMessageSize, "Bytes of a body"),
        .defaulted("MessageRetentionPeriod", \.messageRetentionPeriod, "Seconds"),
        .defaulted("VisibilityTimeout", \.visibilityTimeout, "Seconds"),
        .defaulted("PollingWaitSeconds", \.pollingWaitSeconds),
        .optional("DeadLetterQueue", \.deadLetterQueue),
        .optional("MaxReceiveCount", \.maxReceiveCount, "With a DeadLetterQueue only"),
        .defaulted("LoggingEnabled", \.loggingEnabled, "Kept and shown"),
        .defaulted("ActiveMessages", \.activeMessages, "That could be received now"),
        .defaulted("InactiveMessages", \.inactiveMessages, "Received and not deleted yet"),
        .defaulted("DelayMessages", \.delayMessages, "Whose delay has not passed yet"),
        .defaulted("CreateTime", \.createTime),
        .defaulted("LastModifyTime", \.lastModifyTime),
        .optional(
            "Created", \.created, "Of CreateQueue only; false: it was there with the same attributes"),
    ]
}

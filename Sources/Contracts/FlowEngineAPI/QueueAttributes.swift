package import RPCProtocol

/// A queue by its name, and what CreateQueue and SetQueueAttributes may say of it. Source: MNS 2015-06-06,
/// the Queue element; DeadLetterQueue and MaxReceiveCount are ours.
package struct QueueAttributes: WireRecord {
    package var queueName: String = ""
    package var delaySeconds: Int64?
    package var maximumMessageSize: Int64?
    package var messageRetentionPeriod: Int64?
    package var visibilityTimeout: Int64?
    package var pollingWaitSeconds: Int64?
    package var deadLetterQueue: String?
    package var maxReceiveCount: Int64?
    package var loggingEnabled: Bool?

    package init() {}

    package static let fields: [WireField<QueueAttributes>] = [
        .required("QueueName", \.queueName),
        .optional("DelaySeconds", \.delaySeconds, "0 to 604800; a new queue has 0"),
        .optional("MaximumMessageSize", \.maximumMessageSize, "1024 to 262144 bytes; a new queue has 65536"),
        .optional(
            "MessageRetentionPeriod", \.messageRetentionPeriod,
            "60 to 1296000 seconds; a new queue has 345600"),
        .optional("VisibilityTimeout", \.visibilityTimeout, "1 to 43200 seconds; a new queue has 30"),
        .optional(
            "PollingWaitSeconds", \.pollingWaitSeconds,
            "0 to 30: how long a receive waits that does not say; a new queue has 0"),
        .optional(
            "DeadLetterQueue", \.deadLetterQueue,
            "The queue that takes what was received too often; empty for none"),
        .optional(
            "MaxReceiveCount", \.maxReceiveCount,
            "1 to 1000 receives until a message counts as dead; 16 if only the queue is named"),
        .optional("LoggingEnabled", \.loggingEnabled, "Kept and shown; a new queue has false"),
    ]
}

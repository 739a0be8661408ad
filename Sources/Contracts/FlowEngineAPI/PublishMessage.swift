package import Primitives
package import RPCProtocol

/// Gives a message to every subscription of a topic, and to the service that a binding of `resources.d` names
/// for it. The binding alone makes the topic exist.
///
/// Durability: the message is in the queues that are subscribed, and on disk for the others, when this
/// returns. The same idempotency key again is answered with the message that there was.
package enum PublishMessage: RPCMethod {
    package struct Params: WireRecord {
        package var topicName: String = ""
        package var messageBody: String = ""
        package var messageTag: String?
        package var messageAttributes: JSONObject?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("TopicName", \.topicName),
            .required(
                "MessageBody", \.messageBody, "Any text but none, at most the topic's MaximumMessageSize"),
            .optional(
                "MessageTag", \.messageTag, "At most 16 characters, for subscriptions with a FilterTag"),
            .optional(
                "MessageAttributes", \.messageAttributes,
                "Taken and not used: this host sends no mail and no short messages"),
        ]
    }

    package struct Result: WireRecord {
        package var messageId: String = ""
        package var messageBodyMD5: String = ""

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("MessageId", \.messageId),
            .required("MessageBodyMD5", \.messageBodyMD5, "32 hexadecimal digits"),
        ]
    }

    package static let summary = "Publishes a message to a topic"
    package static let roles: Set<RPCRole> = [.operate, .service]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .topicNotExist, .topicFull, .entityTooLarge, .idempotencyConflict,
    ]
    package static let exampleParams = Params.with {
        $0.topicName = "payments"
        $0.messageBody = "{\"order\":\"o-1\"}"
        $0.messageTag = "paid"
    }
    package static let exampleResult = Result.with {
        $0.messageId = "C7E7D97498854FEA925B090BA8588439"
        $0.messageBodyMD5 = "B72E17CFFE97FA32F5C04374A5729531"
    }
}

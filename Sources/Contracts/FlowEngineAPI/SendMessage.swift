package import RPCProtocol

/// Puts a message into a queue.
///
/// Durability: the message is on disk when this returns. The same idempotency key again, also after the
/// message was consumed, is answered with the message that there was.
package enum SendMessage: RPCMethod {
    package struct Params: WireRecord {
        package var queueName: String = ""
        package var messageBody: String = ""
        package var delaySeconds: Int64?
        package var priority: Int64?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("QueueName", \.queueName),
            .required(
                "MessageBody", \.messageBody, "Any text but none, at most the queue's MaximumMessageSize"),
            .optional(
                "DelaySeconds", \.delaySeconds,
                "0 to 604800: until then nobody receives it; the queue's if not given"),
            .optional("Priority", \.priority, "1 to 16, 1 is served first; 8 if not given"),
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

    package static let summary = "Sends a message to a queue"
    package static let roles: Set<RPCRole> = [.operate, .service]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .queueNotExist, .queueFull, .entityTooLarge, .idempotencyConflict,
    ]
    package static let exampleParams = Params.with {
        $0.queueName = "payments"
        $0.messageBody = "{\"order\":\"o-1\"}"
    }
    package static let exampleResult = Result.with {
        $0.messageId = "69f71f89-3329-42c4-b508-b41617432db1"
        $0.messageBodyMD5 = "B72E17CFFE97FA32F5C04374A5729531"
    }
}

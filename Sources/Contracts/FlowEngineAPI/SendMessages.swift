package import RPCProtocol

/// Puts up to 16 messages into a queue, in one commit and in this order. One that is refused does not keep
/// the others out.
///
/// Durability: the messages that have an id in the answer are on disk when this returns. The same idempotency
/// key again is answered as the first time.
package enum SendMessages: RPCMethod {
    package struct Entry: WireRecord {
        package var messageBody: String = ""
        package var delaySeconds: Int64?
        package var priority: Int64?

        package init() {}

        package static let fields: [WireField<Entry>] = [
            .required("MessageBody", \.messageBody, "As SendMessage's"),
            .optional("DelaySeconds", \.delaySeconds),
            .optional("Priority", \.priority),
        ]
    }

    package struct Params: WireRecord {
        package var queueName: String = ""
        package var messages: [Entry] = []

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("QueueName", \.queueName),
            .required("Messages", \.messages, "1 to 16"),
        ]
    }

    /// Either the two of a message that was sent, or the two of one that was refused.
    package struct Outcome: WireRecord {
        package var messageId: String?
        package var messageBodyMD5: String?
        package var errorCode: String?
        package var errorMessage: String?

        package init() {}

        package static let fields: [WireField<Outcome>] = [
            .optional("MessageId", \.messageId),
            .optional("MessageBodyMD5", \.messageBodyMD5, "32 hexadecimal digits"),
            .optional("ErrorCode", \.errorCode, "InvalidArgument, EntityTooLarge or QueueFull"),
            .optional("ErrorMessage", \.errorMessage),
        ]
    }

    package struct Result: WireRecord {
        package var messages: [Outcome] = []

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Messages", \.messages, "One for each, in the same order")
        ]
    }

    package static let summary = "Sends several messages to a queue"
    package static let roles: Set<RPCRole> = [.operate, .service]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .queueNotExist, .idempotencyConflict,
    ]
    package static let exampleParams = Params.with {
        $0.queueName = "payments"
        $0.messages = [
            .with { $0.messageBody = "{\"order\":\"o-1\"}" },
            .with {
                $0.messageBody = "{\"order\":\"o-2\"}"
                $0.priority = 17
            },
        ]
    }
    package static let exampleResult = Result.with {
        $0.messages = [
            .with {
                $0.messageId = "69f71f89-3329-42c4-b508-b41617432db1"
                $0.messageBodyMD5 = "B72E17CFFE97FA32F5C04374A5729531"
            },
            .with {
                $0.errorCode = "InvalidArgument"
                $0.errorMessage = "Priority: 17 is out of range; 1 to 16 are allowed"
            },
        ]
    }
}

package import RPCProtocol

/// Takes messages, by priority and then in the order in which they were sent; waits for one if asked to.
/// Nobody else receives them until their visibility timeout has passed: delete each when its work is done.
///
/// Durability: that they were received is on disk when this returns. An empty list: there was none in time.
package enum ReceiveMessage: RPCMethod {
    package struct Params: WireRecord {
        package var queueName: String = ""
        package var waitSeconds: Int64?
        package var numOfMessages: Int64?
        package var visibilityTimeout: Int64?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("QueueName", \.queueName),
            .optional("WaitSeconds", \.waitSeconds, "0 to 30; the queue's PollingWaitSeconds if not given"),
            .optional("NumOfMessages", \.numOfMessages, "At most so many, 1 to 16; 1 if not given"),
            .optional(
                "VisibilityTimeout", \.visibilityTimeout, "1 to 43200 seconds; the queue's if not given"),
        ]
    }

    package struct Result: WireRecord {
        package var messages: [MessageRecord] = []

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Messages", \.messages)
        ]
    }

    package static let summary = "Receives messages, waiting for one if asked to"
    package static let kind = RPCMethodKind.longPoll
    package static let roles: Set<RPCRole> = [.operate, .service]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .queueNotExist,
    ]
    package static let exampleParams = Params.with {
        $0.queueName = "payments"
        $0.waitSeconds = 30
    }
    package static let exampleResult = Result.with { $0.messages = [received] }

    private static let received: MessageRecord = {
        var message = PeekMessage.exampleMessage
        message.firstDequeueTime = "2026-11-23T09:30:01.000Z"
        message.nextVisibleTime = "2026-11-23T09:30:31.000Z"
        message.dequeueCount = 1
        message.receiptHandle = "AAAAAAAAAAcAAAAB1m0yJbCoDkY"
        return message
    }()
}

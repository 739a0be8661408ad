package import RPCProtocol

/// Shows the messages that a receive would give now, without taking them.
package enum PeekMessage: RPCMethod {
    package struct Params: WireRecord {
        package var queueName: String = ""
        package var numOfMessages: Int64?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("QueueName", \.queueName),
            .optional("NumOfMessages", \.numOfMessages, "At most so many, 1 to 16; 1 if not given"),
        ]
    }

    package struct Result: WireRecord {
        package var messages: [MessageRecord] = []

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Messages", \.messages)
        ]
    }

    package static let summary = "Shows the next messages of a queue without taking them"
    package static let roles: Set<RPCRole> = [.operate, .service]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .queueNotExist,
    ]
    package static let exampleParams = Params.with {
        $0.queueName = "payments"
    }
    package static let exampleResult = Result.with {
        $0.messages = [exampleMessage]
    }

    package static let exampleMessage = MessageRecord.with {
        $0.messageId = "69f71f89-3329-42c4-b508-b41617432db1"
        $0.messageBody = "{\"order\":\"o-1\"}"
        $0.messageBodyMD5 = "B72E17CFFE97FA32F5C04374A5729531"
        $0.priority = 8
        $0.enqueueTime = "2026-11-23T09:30:00.000Z"
    }
}

package import RPCProtocol

/// Keeps a received message invisible for so many seconds from now, or gives it back at once with 0.
///
/// Durability: the change is on disk when this returns. The old handle is dead, the new one takes its place.
package enum ChangeMessageVisibility: RPCMethod {
    package struct Params: WireRecord {
        package var queueName: String = ""
        package var receiptHandle: String = ""
        package var visibilityTimeout: Int64 = 0

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("QueueName", \.queueName),
            .required("ReceiptHandle", \.receiptHandle, "From ReceiveMessage or ChangeMessageVisibility"),
            .required("VisibilityTimeout", \.visibilityTimeout, "0 to 43200 seconds, from now"),
        ]
    }

    package struct Result: WireRecord {
        package var receiptHandle: String = ""
        package var nextVisibleTime: String = ""

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("ReceiptHandle", \.receiptHandle, "Takes the place of the one given"),
            .required("NextVisibleTime", \.nextVisibleTime),
        ]
    }

    package static let summary = "Keeps a received message longer, or gives it back"
    package static let roles: Set<RPCRole> = [.operate, .service]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .queueNotExist, .messageNotExist, .receiptHandleError, .idempotencyConflict,
    ]
    package static let exampleParams = Params.with {
        $0.queueName = "payments"
        $0.receiptHandle = "AAAAAAAAAAcAAAAB1m0yJbCoDkY"
        $0.visibilityTimeout = 300
    }
    package static let exampleResult = Result.with {
        $0.receiptHandle = "AAAAAAAAAAcAAAAB2m0yJbCoDkZ"
        $0.nextVisibleTime = "2026-11-23T09:35:00.000Z"
    }
}

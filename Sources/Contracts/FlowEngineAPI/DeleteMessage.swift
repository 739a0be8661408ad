package import RPCProtocol

/// Removes a message whose work is done.
///
/// Durability: it is gone when this returns. A handle is good until the visibility timeout has passed;
/// afterwards the message is somebody else's to do.
package enum DeleteMessage: RPCMethod {
    package struct Params: WireRecord {
        package var queueName: String = ""
        package var receiptHandle: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("QueueName", \.queueName),
            .required("ReceiptHandle", \.receiptHandle, "From ReceiveMessage or ChangeMessageVisibility"),
        ]
    }

    package typealias Result = NoFields

    package static let summary = "Deletes a received message"
    package static let roles: Set<RPCRole> = [.operate, .service]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .queueNotExist, .messageNotExist, .receiptHandleError, .idempotencyConflict,
    ]
    package static let exampleParams = Params.with {
        $0.queueName = "payments"
        $0.receiptHandle = "AAAAAAAAAAcAAAAB1m0yJbCoDkY"
    }
    package static let exampleResult = Result()
}

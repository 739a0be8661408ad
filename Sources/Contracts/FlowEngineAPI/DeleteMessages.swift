package import RPCProtocol

/// Removes up to 16 messages whose work is done, in one commit. A handle that is good for nothing keeps the
/// others from nothing.
///
/// Durability: all but those that are answered as failures are gone when this returns.
package enum DeleteMessages: RPCMethod {
    package struct Params: WireRecord {
        package var queueName: String = ""
        package var receiptHandles: [String] = []

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("QueueName", \.queueName),
            .required(
                "ReceiptHandles", \.receiptHandles,
                "1 to 16, from ReceiveMessage or ChangeMessageVisibility"),
        ]
    }

    package struct Failure: WireRecord {
        package var receiptHandle: String = ""
        package var errorCode: String = ""
        package var errorMessage: String = ""

        package init() {}

        package static let fields: [WireField<Failure>] = [
            .required("ReceiptHandle", \.receiptHandle),
            .required("ErrorCode", \.errorCode, "MessageNotExist or ReceiptHandleError"),
            .required("ErrorMessage", \.errorMessage),
        ]
    }

    package struct Result: WireRecord {
        package var failures: [Failure] = []

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Failures", \.failures, "Empty when all are deleted")
        ]
    }

    package static let summary = "Deletes several received messages"
    package static let roles: Set<RPCRole> = [.operate, .service]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .queueNotExist, .idempotencyConflict,
    ]
    package static let exampleParams = Params.with {
        $0.queueName = "payments"
        $0.receiptHandles = ["AAAAAAAAAAcAAAAB1m0yJbCoDkY", "AAAAAAAAAAgAAAAB1m0yJbCoDkZ"]
    }
    package static let exampleResult = Result.with {
        $0.failures = [
            .with {
                $0.receiptHandle = "AAAAAAAAAAgAAAAB1m0yJbCoDkZ"
                $0.errorCode = "MessageNotExist"
                $0.errorMessage = "Queue payments has no such message any more"
            }
        ]
    }
}

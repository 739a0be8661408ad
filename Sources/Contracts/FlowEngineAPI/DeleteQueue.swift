package import RPCProtocol

/// Deletes a queue with all its messages; who waits at it is told.
///
/// Durability: the queue is gone when this returns; the disk space of its messages is freed in the
/// background.
package enum DeleteQueue: RPCMethod {
    package struct Params: WireRecord {
        package var queueName: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("QueueName", \.queueName)
        ]
    }

    package typealias Result = NoFields

    package static let summary = "Deletes a queue and its messages"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .queueNotExist,
    ]
    package static let exampleParams = Params.with {
        $0.queueName = "payments"
    }
    package static let exampleResult = Result()
}

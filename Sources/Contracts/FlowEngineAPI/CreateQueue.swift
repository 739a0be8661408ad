package import RPCProtocol

/// Makes a queue; attributes that are left out have the values of a new queue.
///
/// Durability: the queue is on disk when this returns. A repeat with the same attributes answers the queue
/// again.
package enum CreateQueue: RPCMethod {
    package typealias Params = QueueAttributes

    package typealias Result = QueueRecord

    package static let summary = "Creates a queue"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .queueAlreadyExist, .queueNumExceededLimit,
    ]
    package static let exampleParams = Params.with {
        $0.queueName = "payments"
    }
    package static let exampleResult = Result.with {
        $0.queueName = "payments"
        $0.maximumMessageSize = 65_536
        $0.messageRetentionPeriod = 345_600
        $0.visibilityTimeout = 30
        $0.createTime = "2026-11-23T09:30:00.000Z"
        $0.lastModifyTime = "2026-11-23T09:30:00.000Z"
        $0.created = true
    }
}

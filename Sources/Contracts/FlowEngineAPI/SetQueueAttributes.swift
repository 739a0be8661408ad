package import RPCProtocol

/// Changes the attributes that are given, the others stay. Messages that are delayed or received keep the
/// times they have.
///
/// Durability: the change is on disk when this returns.
package enum SetQueueAttributes: RPCMethod {
    package typealias Params = QueueAttributes

    package typealias Result = QueueRecord

    package static let summary = "Changes attributes of a queue"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .queueNotExist,
    ]
    package static let exampleParams = Params.with {
        $0.queueName = "payments"
        $0.visibilityTimeout = 60
    }
    package static let exampleResult = Result.with {
        $0.queueName = "payments"
        $0.maximumMessageSize = 65_536
        $0.messageRetentionPeriod = 345_600
        $0.visibilityTimeout = 60
        $0.createTime = "2026-11-23T09:30:00.000Z"
        $0.lastModifyTime = "2026-11-23T09:30:00.000Z"
    }
}

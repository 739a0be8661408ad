package import RPCProtocol

/// The queue's attributes, and how many messages it holds.
package enum DescribeQueue: RPCMethod {
    package struct Params: WireRecord {
        package var queueName: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("QueueName", \.queueName)
        ]
    }

    package typealias Result = QueueRecord

    package static let summary = "Shows one queue"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .queueNotExist,
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
    }
}

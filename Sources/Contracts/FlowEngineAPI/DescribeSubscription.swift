package import RPCProtocol

/// The subscription's attributes, what it does not have yet, and what went wrong last.
package enum DescribeSubscription: RPCMethod {
    package struct Params: WireRecord {
        package var topicName: String = ""
        package var subscriptionName: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("TopicName", \.topicName),
            .required("SubscriptionName", \.subscriptionName),
        ]
    }

    package typealias Result = SubscriptionRecord

    package static let summary = "Shows one subscription"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .topicNotExist, .subscriptionNotExist,
    ]
    package static let exampleParams = Params.with {
        $0.topicName = "payments"
        $0.subscriptionName = "audit"
    }
    package static let exampleResult = Result.example
}

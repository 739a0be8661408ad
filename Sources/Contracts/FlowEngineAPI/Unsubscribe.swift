package import RPCProtocol

/// Deletes a subscription, and the messages that it does not have yet.
///
/// Durability: the subscription is gone when this returns; the disk space of its messages is freed in the
/// background.
package enum Unsubscribe: RPCMethod {
    package struct Params: WireRecord {
        package var topicName: String = ""
        package var subscriptionName: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("TopicName", \.topicName),
            .required("SubscriptionName", \.subscriptionName),
        ]
    }

    package typealias Result = NoFields

    package static let summary = "Deletes a subscription"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .topicNotExist, .subscriptionNotExist,
    ]
    package static let exampleParams = Params.with {
        $0.topicName = "payments"
        $0.subscriptionName = "audit"
    }
    package static let exampleResult = Result()
}

package import RPCProtocol

/// Changes how a subscription is retried; it holds for the next try of messages that are under way, too.
///
/// Durability: the change is on disk when this returns.
package enum SetSubscriptionAttributes: RPCMethod {
    package struct Params: WireRecord {
        package var topicName: String = ""
        package var subscriptionName: String = ""
        package var notifyStrategy: String?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("TopicName", \.topicName),
            .required("SubscriptionName", \.subscriptionName),
            .optional("NotifyStrategy", \.notifyStrategy, "BACKOFF_RETRY or EXPONENTIAL_DECAY_RETRY"),
        ]
    }

    package typealias Result = SubscriptionRecord

    package static let summary = "Changes how a subscription is retried"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .topicNotExist, .subscriptionNotExist,
    ]
    package static let exampleParams = Params.with {
        $0.topicName = "payments"
        $0.subscriptionName = "audit"
        $0.notifyStrategy = "EXPONENTIAL_DECAY_RETRY"
    }
    package static let exampleResult = Result.with {
        $0 = .example
        $0.notifyStrategy = "EXPONENTIAL_DECAY_RETRY"
    }
}

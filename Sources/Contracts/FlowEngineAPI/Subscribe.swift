package import RPCProtocol

/// Sends the messages of a topic, from now on, to an HTTP address or into a queue.
///
/// Durability: the subscription is on disk when this returns. A repeat with the same attributes answers it
/// again.
package enum Subscribe: RPCMethod {
    package struct Params: WireRecord {
        package var topicName: String = ""
        package var subscriptionName: String = ""
        package var endpoint: String = ""
        package var notifyStrategy: String?
        package var notifyContentFormat: String?
        package var filterTag: String?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("TopicName", \.topicName),
            .required("SubscriptionName", \.subscriptionName),
            .required(
                "Endpoint", \.endpoint,
                "http://HOST[:PORT][/PATH], https:// as well, or acs:mns:REGION:ACCOUNT:queues/QUEUE"),
            .optional(
                "NotifyStrategy", \.notifyStrategy,
                "BACKOFF_RETRY (3 more tries) if not given, or EXPONENTIAL_DECAY_RETRY (176 tries)"),
            .optional(
                "NotifyContentFormat", \.notifyContentFormat,
                "XML if not given, JSON, or SIMPLIFIED: the body as it was published"),
            .optional("FilterTag", \.filterTag, "Only messages with this tag; at most 16 characters"),
        ]
    }

    package struct Result: WireRecord {
        package var created: Bool = false
        package var subscription = SubscriptionRecord()

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Created", \.created, "False: it was there with the same attributes"),
            .required("Subscription", \.subscription),
        ]
    }

    package static let summary = "Subscribes an address or a queue to a topic"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .topicNotExist, .subscriptionAlreadyExist, .subscriptionNumExceededLimit,
    ]
    package static let exampleParams = Params.with {
        $0.topicName = "payments"
        $0.subscriptionName = "audit"
        $0.endpoint = "http://127.0.0.1:9000/notifications"
        $0.notifyContentFormat = "SIMPLIFIED"
    }
    package static let exampleResult = Result.with {
        $0.created = true
        $0.subscription = .example
    }
}

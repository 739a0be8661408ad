package import RPCProtocol

/// The names of what can be wrong with a topic or a subscription. Source: MNS 2015-06-06; those of the bounds
/// are ours.
extension RPCErrorName {
    package static let topicNotExist: Self = "TopicNotExist"
    package static let topicAlreadyExist: Self = "TopicAlreadyExist"
    package static let topicFull: Self = "TopicFull"
    package static let topicNumExceededLimit: Self = "TopicNumExceededLimit"
    package static let subscriptionNotExist: Self = "SubscriptionNotExist"
    package static let subscriptionAlreadyExist: Self = "SubscriptionAlreadyExist"
    package static let subscriptionNumExceededLimit: Self = "SubscriptionNumExceededLimit"
}

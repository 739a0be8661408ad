package import RPCProtocol

/// Deletes a topic with its subscriptions, and the messages that they do not have yet.
///
/// Durability: the topic is gone when this returns; the disk space of its messages is freed in the
/// background.
package enum DeleteTopic: RPCMethod {
    package struct Params: WireRecord {
        package var topicName: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("TopicName", \.topicName)
        ]
    }

    package typealias Result = NoFields

    package static let summary = "Deletes a topic and its subscriptions"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .topicNotExist,
    ]
    package static let exampleParams = Params.with {
        $0.topicName = "payments"
    }
    package static let exampleResult = Result()
}

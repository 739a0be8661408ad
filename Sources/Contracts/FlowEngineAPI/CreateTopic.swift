package import RPCProtocol

/// Makes a topic; attributes that are left out have the values of a new topic.
///
/// Durability: the topic is on disk when this returns. A repeat with the same attributes answers the topic
/// again.
package enum CreateTopic: RPCMethod {
    package typealias Params = TopicAttributes

    package struct Result: WireRecord {
        package var created: Bool = false
        package var topic = TopicRecord()

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Created", \.created, "False: it was there with the same attributes"),
            .required("Topic", \.topic),
        ]
    }

    package static let summary = "Creates a topic"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .topicAlreadyExist, .topicNumExceededLimit,
    ]
    package static let exampleParams = Params.with {
        $0.topicName = "payments"
    }
    package static let exampleResult = Result.with {
        $0.created = true
        $0.topic = .example
    }
}

package import RPCProtocol

/// Changes the attributes that are given, the others stay. Messages that are under way keep the time they
/// have.
///
/// Durability: the change is on disk when this returns.
package enum SetTopicAttributes: RPCMethod {
    package typealias Params = TopicAttributes

    package typealias Result = TopicRecord

    package static let summary = "Changes attributes of a topic"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .topicNotExist,
    ]
    package static let exampleParams = Params.with {
        $0.topicName = "payments"
        $0.loggingEnabled = true
    }
    package static let exampleResult = Result.with {
        $0 = .example
        $0.loggingEnabled = true
    }
}

package import RPCProtocol

/// The topic's attributes, and how many messages are under way.
package enum DescribeTopic: RPCMethod {
    package struct Params: WireRecord {
        package var topicName: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("TopicName", \.topicName)
        ]
    }

    package typealias Result = TopicRecord

    package static let summary = "Shows one topic"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .topicNotExist,
    ]
    package static let exampleParams = Params.with {
        $0.topicName = "payments"
    }
    package static let exampleResult = Result.example
}

package import RPCProtocol

/// The subscriptions of a topic in the order of their names, a page at a time.
package enum ListSubscriptions: RPCMethod {
    package struct Params: WireRecord {
        package var topicName: String = ""
        package var prefix: String?
        package var nextToken: String?
        package var limit: Int64?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("TopicName", \.topicName),
            .optional("Prefix", \.prefix, "Only names that begin so"),
            .optional("NextToken", \.nextToken, "From the page before"),
            .optional("Limit", \.limit, "1 to 1000, 60 if not given"),
        ]
    }

    package struct Result: WireRecord {
        package var subscriptions: [SubscriptionRecord] = []
        package var nextToken: String?

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Subscriptions", \.subscriptions),
            .optional("NextToken", \.nextToken, "Absent at the end"),
        ]
    }

    package static let summary = "Lists the subscriptions of a topic"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .topicNotExist,
    ]
    package static let exampleParams = Params.with {
        $0.topicName = "payments"
    }
    package static let exampleResult = Result.with {
        $0.subscriptions = [.example]
    }
}

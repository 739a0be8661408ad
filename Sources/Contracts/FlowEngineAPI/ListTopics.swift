package import RPCProtocol

/// The topics in the order of their names, a page at a time.
package enum ListTopics: RPCMethod {
    package struct Params: WireRecord {
        package var prefix: String?
        package var nextToken: String?
        package var limit: Int64?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .optional("Prefix", \.prefix, "Only names that begin so"),
            .optional("NextToken", \.nextToken, "From the page before"),
            .optional("Limit", \.limit, "1 to 1000, 60 if not given"),
        ]
    }

    package struct Result: WireRecord {
        package var topics: [TopicRecord] = []
        package var nextToken: String?

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Topics", \.topics),
            .optional("NextToken", \.nextToken, "Absent at the end"),
        ]
    }

    package static let summary = "Lists the topics"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [
        .invalidArgument
    ]
    package static let exampleParams = Params.with {
        $0.prefix = "pay"
    }
    package static let exampleResult = Result.with {
        $0.topics = [.example]
    }
}

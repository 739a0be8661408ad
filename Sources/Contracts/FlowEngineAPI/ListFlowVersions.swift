package import RPCProtocol

/// The versions of a flow, newest first, a page at a time.
package enum ListFlowVersions: RPCMethod {
    package struct Params: WireRecord {
        package var flowName: String = ""
        package var nextToken: String?
        package var limit: Int64?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("FlowName", \.flowName),
            .optional("NextToken", \.nextToken, "From the page before"),
            .optional("Limit", \.limit, "1 to 1000, 60 if not given"),
        ]
    }

    package struct Result: WireRecord {
        package var flowVersions: [FlowVersionRecord] = []
        package var nextToken: String?

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("FlowVersions", \.flowVersions),
            .optional("NextToken", \.nextToken, "Absent at the end"),
        ]
    }

    package static let summary = "Lists the versions of a flow, newest first"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [.flowNotExists, .invalidArgument]
    package static let exampleParams = Params.with {
        $0.flowName = "Greeting"
    }
    package static let exampleResult = Result.with {
        $0.flowVersions = [PublishFlowVersion.exampleResult]
    }
}

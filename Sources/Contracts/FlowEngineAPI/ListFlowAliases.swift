package import RPCProtocol

/// The aliases of a flow in the order of their names, a page at a time.
package enum ListFlowAliases: RPCMethod {
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
        package var aliases: [FlowAliasRecord] = []
        package var nextToken: String?

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Aliases", \.aliases),
            .optional("NextToken", \.nextToken, "Absent at the end"),
        ]
    }

    package static let summary = "Lists the aliases of a flow"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [.flowNotExists, .invalidArgument]
    package static let exampleParams = Params.with {
        $0.flowName = "Greeting"
    }
    package static let exampleResult = Result.with {
        $0.aliases = [FlowAliasRecord.example]
    }
}

package import RPCProtocol

/// The flows in the order of their names, a page at a time.
package enum ListFlows: RPCMethod {
    package struct Params: WireRecord {
        package var nextToken: String?
        package var limit: Int64?
        package var resourceGroupId: String?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .optional("NextToken", \.nextToken, "From the page before"),
            .optional("Limit", \.limit, "1 to 1000, 60 if not given"),
            .optional("ResourceGroupId", \.resourceGroupId, "Only flows of this group"),
        ]
    }

    package struct Result: WireRecord {
        package var flows: [FlowRecord] = []
        package var nextToken: String?

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Flows", \.flows),
            .optional("NextToken", \.nextToken, "Absent at the end"),
        ]
    }

    package static let summary = "Lists the flows"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [.invalidArgument]
    package static let exampleParams = Params.with {
        $0.limit = 2
    }
    package static let exampleResult = Result.with {
        $0.flows = [CreateFlow.exampleResult]
    }
}

package import RPCProtocol

/// Executions of a flow, newest first. An execution is listed from the moment its start was acknowledged.
package enum ListExecutions: RPCMethod {
    package struct Params: WireRecord {
        package var flowName: String = ""
        package var nextToken: String?
        package var limit: Int64?
        package var status: String?
        package var startedTimeBegin: String?
        package var startedTimeEnd: String?
        package var executionNamePrefix: String?
        package var qualifier: String?
        package var metadataOnly: Bool?
        package var mapRunName: String?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("FlowName", \.flowName),
            .optional("NextToken", \.nextToken),
            .optional("Limit", \.limit, "1 to 100, 60 if not given"),
            .optional("Status", \.status),
            .optional("StartedTimeBegin", \.startedTimeBegin, "RFC 3339"),
            .optional("StartedTimeEnd", \.startedTimeEnd, "RFC 3339"),
            .optional("ExecutionNamePrefix", \.executionNamePrefix),
            .optional(
                "Qualifier", \.qualifier,
                "A version they run, an alias they were started under, or LATEST for neither"),
            .optional(
                "MetadataOnly", \.metadataOnly,
                "True if not given; false: with FlowDefinition, Input and Output"),
            .optional("MapRunName", \.mapRunName, "Belongs to the newer language; must be empty"),
        ]
    }

    package struct Result: WireRecord {
        package var executions: [ExecutionRecord] = []
        package var nextToken: String?

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Executions", \.executions, "FlowDefinition, Input and Output only if asked for"),
            .optional("NextToken", \.nextToken),
        ]
    }

    package static let summary = "Lists executions of a flow, newest first"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [.flowNotExists, .invalidArgument]
    package static let exampleParams = Params.with {
        $0.flowName = "Greeting"
        $0.status = "Running"
    }
    package static let exampleResult = Result.with {
        $0.executions = [StartExecution.exampleResult]
    }
}

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

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("FlowName", \.flowName),
            .optional("NextToken", \.nextToken),
            .optional("Limit", \.limit, "1 to 100, 60 if not given"),
            .optional("Status", \.status),
            .optional("StartedTimeBegin", \.startedTimeBegin, "RFC 3339"),
            .optional("StartedTimeEnd", \.startedTimeEnd, "RFC 3339"),
            .optional("ExecutionNamePrefix", \.executionNamePrefix),
        ]
    }

    package struct Result: WireRecord {
        package var executions: [ExecutionRecord] = []
        package var nextToken: String?

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Executions", \.executions, "Without FlowDefinition, Input and Output"),
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

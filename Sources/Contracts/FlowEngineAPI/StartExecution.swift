package import Primitives
package import RPCProtocol

/// Starts an execution, or returns the running one of the same name.
///
/// Durability: the start is on disk when this returns; the definition in force is pinned. An ended execution
/// of the same name: `ExecutionAlreadyExists`, with its input and status in `details`.
package enum StartExecution: RPCMethod {
    package struct Params: WireRecord {
        package var flowName: String = ""
        package var executionName: String?
        package var input: String?
        package var callbackFnFTaskToken: String?
        package var qualifier: String?
        package var labels: JSONObject = [:]

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("FlowName", \.flowName),
            .optional("ExecutionName", \.executionName, "Generated when empty"),
            .optional("Input", \.input, "Text of a JSON object"),
            .optional("CallbackFnFTaskToken", \.callbackFnFTaskToken, "A task to report the end to"),
            .optional("Qualifier", \.qualifier, "A version or an alias; empty or LATEST: the flow itself"),
            .defaulted(
                "Labels", \.labels,
                "At most 8 short strings, for logs and for who calls tasks, e.g. order"),
        ]
    }

    package typealias Result = ExecutionRecord

    package static let summary = "Starts an execution of a flow"
    package static let roles: Set<RPCRole> = [.operate, .service]
    package static let errors: [RPCErrorName] = [
        .flowNotExists, .flowVersionNotExists, .flowAliasNotExists, .executionAlreadyExists, .invalidArgument,
        .executionNotExists, .taskAlreadyCompleted, .entityTooLarge, .resourceThrottled,
    ]
    package static let exampleParams = Params.with {
        $0.flowName = "Greeting"
        $0.executionName = "run-1"
        $0.input = "{}"
    }
    package static let exampleResult = Result.with {
        $0.flowName = "Greeting"
        $0.name = "run-1"
        $0.status = "Running"
        $0.startedTime = "2026-11-23T09:30:00.000Z"
    }
}

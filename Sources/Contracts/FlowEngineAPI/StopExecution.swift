package import RPCProtocol

/// Stops a running execution: open tasks are abandoned, their tokens no longer accepted.
package enum StopExecution: RPCMethod {
    package struct Params: WireRecord {
        package var flowName: String = ""
        package var executionName: String = ""
        package var error: String?
        package var cause: String?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("FlowName", \.flowName),
            .required("ExecutionName", \.executionName),
            .optional("Error", \.error, "Name of the failure that a parent flow sees"),
            .optional("Cause", \.cause),
        ]
    }

    package typealias Result = ExecutionRecord

    package static let summary = "Stops a running execution"
    package static let roles: Set<RPCRole> = [.operate]
    package static let errors: [RPCErrorName] = [
        .executionNotExists, .flowNotExists, .executionAlreadyCompleted, .invalidArgument,
    ]
    package static let exampleParams = Params.with {
        $0.flowName = "Greeting"
        $0.executionName = "run-1"
    }
    package static let exampleResult = Result.with {
        $0.flowName = "Greeting"
        $0.name = "run-1"
        $0.status = "Running"
        $0.startedTime = "2026-11-23T09:30:00.000Z"
    }
}

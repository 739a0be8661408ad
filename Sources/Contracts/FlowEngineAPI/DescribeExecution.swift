package import RPCProtocol

/// The execution as it is; with WaitTimeSeconds the answer waits for its end, at most so long.
package enum DescribeExecution: RPCMethod {
    package struct Params: WireRecord {
        package var flowName: String = ""
        package var executionName: String = ""
        package var waitTimeSeconds: Int64?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("FlowName", \.flowName),
            .required("ExecutionName", \.executionName),
            .optional("WaitTimeSeconds", \.waitTimeSeconds, "0 to 60"),
        ]
    }

    package typealias Result = ExecutionRecord

    package static let summary = "Shows one execution, waiting for its end if asked to"
    package static let kind = RPCMethodKind.longPoll
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [.executionNotExists, .flowNotExists, .invalidArgument]
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

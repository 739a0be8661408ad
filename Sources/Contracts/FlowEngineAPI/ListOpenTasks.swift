package import RPCProtocol

/// What an execution waits for. Ours: the cloud has no such action.
package enum ListOpenTasks: RPCMethod {
    package struct Params: WireRecord {
        package var flowName: String = ""
        package var executionName: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("FlowName", \.flowName),
            .required("ExecutionName", \.executionName),
        ]
    }

    package struct Result: WireRecord {
        package var tasks: [OpenTask] = []

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Tasks", \.tasks)
        ]
    }

    package static let summary = "Lists the tasks that an execution waits for"
    package static let roles: Set<RPCRole> = [.read, .operate, .service]
    package static let errors: [RPCErrorName] = [.executionNotExists, .flowNotExists, .invalidArgument]
    package static let exampleParams = Params.with {
        $0.flowName = "Greeting"
        $0.executionName = "run-1"
    }
    package static let exampleResult = Result()
}

package import RPCProtocol

/// Everything that is stored of one execution, as lines of JSON: what it is and its definition, then its rows
/// with their checksums. Ours: the cloud has no such action.
package enum ExportExecution: RPCStreamMethod {
    package struct Params: WireRecord {
        package var flowName = ""
        package var executionName = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("FlowName", \.flowName), .required("ExecutionName", \.executionName),
        ]
    }

    package struct Item: WireRecord {
        package var line = ""

        package init() {}

        package static let fields: [WireField<Item>] = [.required("Line", \.line)]
    }

    package typealias Result = NoFields

    package static let summary = "Exports an execution with its definition and its rows"
    package static let roles: Set<RPCRole> = [.operate]
    package static let errors: [RPCErrorName] = [.invalidArgument, .flowNotExists, .executionNotExists]
    package static let exampleParams = Params.with {
        $0.flowName = "Greeting"
        $0.executionName = "run-1"
    }
    package static let exampleItem = Item.with { $0.line = #"{"format":"fnf-execution","version":1}"# }
    package static let exampleResult = Result()
}

package import RPCProtocol

/// Deletes a version, to which no alias may route. Executions that run it go on; its number is not used
/// again.
package enum DeleteFlowVersion: RPCMethod {
    package struct Params: WireRecord {
        package var flowName: String = ""
        package var flowVersion: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("FlowName", \.flowName),
            .required("FlowVersion", \.flowVersion),
        ]
    }

    package typealias Result = NoFields

    package static let summary = "Deletes a version of a flow"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [
        .flowNotExists, .flowVersionNotExists, .flowVersionInUse, .invalidArgument,
    ]
    package static let exampleParams = Params.with {
        $0.flowName = "Greeting"
        $0.flowVersion = "1"
    }
    package static let exampleResult = Result()
}

package import RPCProtocol

/// Deletes an alias. Executions that were started under it go on with their version.
package enum DeleteFlowAlias: RPCMethod {
    package struct Params: WireRecord {
        package var flowName: String = ""
        package var name: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("FlowName", \.flowName),
            .required("Name", \.name),
        ]
    }

    package typealias Result = NoFields

    package static let summary = "Deletes an alias of a flow"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [.flowNotExists, .flowAliasNotExists, .invalidArgument]
    package static let exampleParams = Params.with {
        $0.flowName = "Greeting"
        $0.name = "prod"
    }
    package static let exampleResult = Result()
}

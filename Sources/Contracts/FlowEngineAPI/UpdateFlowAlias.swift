package import RPCProtocol

/// Replaces what is given of an alias. Executions that were started under it keep their version.
package enum UpdateFlowAlias: RPCMethod {
    package struct Params: WireRecord {
        package var flowName: String = ""
        package var name: String = ""
        package var description: String?
        package var routingConfigurations: [RoutingConfiguration]?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("FlowName", \.flowName),
            .required("Name", \.name),
            .optional("Description", \.description),
            .optional("RoutingConfigurations", \.routingConfigurations, "One version or two"),
        ]
    }

    package typealias Result = DescribeFlowAlias.Result

    package static let summary = "Changes an alias of a flow"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [
        .flowNotExists, .flowAliasNotExists, .flowVersionNotExists, .invalidArgument, .entityTooLarge,
    ]
    package static let exampleParams = Params.with {
        $0.flowName = "Greeting"
        $0.name = "prod"
        $0.routingConfigurations = FlowAliasRecord.example.routingConfigurations
    }
    package static let exampleResult = DescribeFlowAlias.exampleResult
}

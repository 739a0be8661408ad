package import RPCProtocol

/// Makes an alias, under which executions can be started.
///
/// Durability: the alias is on disk when this returns. A repeat with the same content answers the alias
/// again.
package enum CreateFlowAlias: RPCMethod {
    package struct Params: WireRecord {
        package var flowName: String = ""
        package var name: String = ""
        package var description: String = ""
        package var routingConfigurations: [RoutingConfiguration] = []
        package var onlyNew: Bool?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("FlowName", \.flowName),
            .required("Name", \.name, "As a flow's name, but not LATEST"),
            .defaulted("Description", \.description),
            .required("RoutingConfigurations", \.routingConfigurations, "One version or two"),
            .optional(StrictCreation.parameter, \.onlyNew, StrictCreation.about),
        ]
    }

    package struct Result: WireRecord {
        package var flowName: String = ""
        package var name: String = ""
        package var description: String = ""
        package var routingConfigurations: [RoutingConfiguration] = []
        package var createdTime: String = ""
        package var lastModifiedTime: String = ""

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("FlowName", \.flowName),
            .required("Name", \.name),
            .defaulted("Description", \.description),
            .required("RoutingConfigurations", \.routingConfigurations, "The older version first"),
            .defaulted("CreatedTime", \.createdTime),
            .defaulted("LastModifiedTime", \.lastModifiedTime),
        ]
    }

    package static let summary = "Creates an alias for versions of a flow"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [
        .flowNotExists, .flowVersionNotExists, .flowAliasAlreadyExists, .invalidArgument,
        .entityTooLarge,
    ]
    package static let exampleParams = Params.with {
        $0.flowName = "Greeting"
        $0.name = "prod"
        $0.routingConfigurations = FlowAliasRecord.example.routingConfigurations
    }
    package static let exampleResult = Result.with {
        $0.flowName = "Greeting"
        $0.name = "prod"
        $0.routingConfigurations = FlowAliasRecord.example.routingConfigurations
        $0.createdTime = FlowAliasRecord.example.createdTime
        $0.lastModifiedTime = FlowAliasRecord.example.lastModifiedTime
    }
}

package import RPCProtocol

/// The alias as it is now.
package enum DescribeFlowAlias: RPCMethod {
    package struct Params: WireRecord {
        package var flowName: String = ""
        package var name: String = ""

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("FlowName", \.flowName),
            .required("Name", \.name),
        ]
    }

    package struct Result: WireRecord {
        package var alias = FlowAliasRecord()

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Alias", \.alias)
        ]
    }

    package static let summary = "Shows an alias of a flow"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [.flowNotExists, .flowAliasNotExists, .invalidArgument]
    package static let exampleParams = Params.with {
        $0.flowName = "Greeting"
        $0.name = "prod"
    }
    package static let exampleResult = Result.with {
        $0.alias = FlowAliasRecord.example
    }
}

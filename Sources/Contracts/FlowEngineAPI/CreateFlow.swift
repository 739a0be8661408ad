package import RPCProtocol

/// Makes a flow. The definition must be free of errors; warnings and unbound resources do not refuse it.
///
/// Durability: the flow is on disk when this returns. A repeat with the same content answers the flow again.
package enum CreateFlow: RPCMethod {
    package struct Params: WireRecord {
        package var name: String = ""
        package var definition: String = ""
        package var description: String = ""
        package var type: String = "FDL"
        package var roleArn: String?
        package var externalStorageLocation: String?
        package var executionMode: String?
        package var environment: FlowEnvironment?
        package var resourceGroupId: String?
        package var onlyNew: Bool?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("Name", \.name),
            .required("Definition", \.definition, "FDL text (YAML or JSON)"),
            .defaulted("Description", \.description),
            .defaulted("Type", \.type, "FDL"),
            .optional("RoleArn", \.roleArn),
            .optional("ExternalStorageLocation", \.externalStorageLocation),
            .optional("ExecutionMode", \.executionMode, "Standard, Express or empty"),
            .optional("Environment", \.environment, "Kept and given back"),
            .optional("ResourceGroupId", \.resourceGroupId, "A group to list flows by"),
            .optional(StrictCreation.parameter, \.onlyNew, StrictCreation.about),
        ]
    }

    package typealias Result = FlowRecord

    package static let summary = "Creates a flow from its definition"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .flowAlreadyExists, .entityTooLarge, .resourceThrottled,
    ]
    package static let exampleParams = Params.with {
        $0.name = "Greeting"
        $0.definition = "version: v1\ntype: flow\nsteps:\n  - type: pass\n    name: hello\n"
    }
    package static let exampleResult = Result.with {
        $0.name = "Greeting"
        $0.definition = "version: v1\ntype: flow\nsteps:\n  - type: pass\n    name: hello\n"
    }
}

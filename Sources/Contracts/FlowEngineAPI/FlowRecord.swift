package import RPCProtocol

/// A flow as CreateFlow, UpdateFlow, DescribeFlow and ListFlows answer it. Source: fdl §10.2.
package struct FlowRecord: WireRecord {
    package var id: String = ""
    package var name: String = ""
    package var definition: String = ""
    package var description: String = ""
    package var type: String = "FDL"
    package var roleArn: String = ""
    package var externalStorageLocation: String?
    package var executionMode: String = "Standard"
    package var environment: FlowEnvironment?
    package var resourceGroupId: String?
    package var flowVersion: String?
    package var createdTime: String = ""
    package var lastModifiedTime: String = ""
    package var warnings: [FlowWarning]?

    package init() {}

    package static let fields: [WireField<FlowRecord>] = [
        .defaulted("Id", \.id, "Made by the engine; a flow made again under the same name has another"),
        .required("Name", \.name),
        .required("Definition", \.definition, "FDL text, byte for byte as it was given"),
        .defaulted("Description", \.description),
        .defaulted("Type", \.type),
        .defaulted("RoleArn", \.roleArn, "Kept and given back; no meaning on one host"),
        .optional("ExternalStorageLocation", \.externalStorageLocation, "Kept and given back"),
        .defaulted("ExecutionMode", \.executionMode),
        .optional("Environment", \.environment, "Kept and given back"),
        .optional("ResourceGroupId", \.resourceGroupId, "A group to list flows by"),
        .optional("FlowVersion", \.flowVersion, "When a version was asked for"),
        .defaulted("CreatedTime", \.createdTime),
        .defaulted("LastModifiedTime", \.lastModifiedTime),
        .optional(
            "Warnings", \.warnings, "Of CreateFlow and UpdateFlow: what is legal in it and still wrong"),
    ]
}

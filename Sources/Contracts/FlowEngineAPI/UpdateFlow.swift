package import RPCProtocol

/// Replaces what is given of a flow. Executions that run keep the definition they started with.
package enum UpdateFlow: RPCMethod {
    package struct Params: WireRecord {
        package var name: String = ""
        package var definition: String?
        package var description: String?
        package var type: String?
        package var roleArn: String?
        package var externalStorageLocation: String?
        package var environment: FlowEnvironment?
        package var ifLastModifiedTime: String?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("Name", \.name),
            .optional("Definition", \.definition),
            .optional("Description", \.description),
            .optional("Type", \.type),
            .optional("RoleArn", \.roleArn),
            .optional("ExternalStorageLocation", \.externalStorageLocation),
            .optional("Environment", \.environment, "Replaced as a whole"),
            .optional(
                "IfLastModifiedTime", \.ifLastModifiedTime,
                "Ours: refused with ConcurrentUpdateError when the flow was changed at another time since"),
        ]
    }

    package typealias Result = FlowRecord

    package static let summary = "Changes a flow; running executions keep theirs"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [
        .invalidArgument, .flowNotExists, .entityTooLarge, .concurrentUpdateError,
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

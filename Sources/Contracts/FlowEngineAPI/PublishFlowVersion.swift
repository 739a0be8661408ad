package import RPCProtocol

/// Keeps the flow as it stands as a version, which nothing changes any more: its definition, role and
/// environment.
///
/// Durability: the version is on disk when this returns. When the newest version has the same content, that
/// one is answered, with its own description.
package enum PublishFlowVersion: RPCMethod {
    package struct Params: WireRecord {
        package var flowName: String = ""
        package var description: String?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .required("FlowName", \.flowName),
            .optional("Description", \.description, "The flow's own when not given"),
        ]
    }

    package typealias Result = FlowVersionRecord

    package static let summary = "Publishes a version of a flow"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [.flowNotExists, .invalidArgument, .entityTooLarge]
    package static let exampleParams = Params.with {
        $0.flowName = "Greeting"
        $0.description = "says hello"
    }
    package static let exampleResult = Result.with {
        $0.flowName = "Greeting"
        $0.version = "1"
        $0.description = "says hello"
        $0.createdTime = "2026-11-23T09:30:00.000Z"
    }
}

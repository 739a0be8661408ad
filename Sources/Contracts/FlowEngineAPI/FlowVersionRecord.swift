package import RPCProtocol

/// A published version of a flow. Source: the published PublishFlowVersion and ListFlowVersions.
package struct FlowVersionRecord: WireRecord {
    package var flowName: String = ""
    package var version: String = ""
    package var description: String = ""
    package var createdTime: String = ""

    package init() {}

    package static let fields: [WireField<FlowVersionRecord>] = [
        .required("FlowName", \.flowName),
        .required("Version", \.version, "1, 2, 3 …; a number is never used twice"),
        .defaulted("Description", \.description),
        .defaulted("CreatedTime", \.createdTime),
    ]
}

package import Primitives
package import RPCProtocol

/// An execution as Start-, Stop-, Describe- and ListExecutions answer it. Source: fdl §10.2; Error, Cause,
/// Qualifier, FlowVersion and Labels are ours.
package struct ExecutionRecord: WireRecord {
    package var flowName: String = ""
    package var name: String = ""
    package var flowDefinition: String = ""
    package var input: String = ""
    package var output: String = ""
    package var status: String = ""
    package var startedTime: String = ""
    package var stoppedTime: String = ""
    package var error: String?
    package var cause: String?
    package var roleArn: String?
    package var environment: FlowEnvironment?
    package var qualifier: String?
    package var flowVersion: String?
    package var labels: JSONObject = [:]

    package init() {}

    package static let fields: [WireField<ExecutionRecord>] = [
        .required("FlowName", \.flowName),
        .required("Name", \.name),
        .defaulted("FlowDefinition", \.flowDefinition, "The definition in force at the start"),
        .defaulted("Input", \.input, "As it was given"),
        .defaulted("Output", \.output, "JSON text; empty until it succeeded"),
        .required("Status", \.status, "Starting, Running, Stopped, Succeeded, Failed or TimedOut"),
        .defaulted("StartedTime", \.startedTime),
        .defaulted("StoppedTime", \.stoppedTime, "Empty while it runs"),
        .optional("Error", \.error, "Name of the failure, when there is one"),
        .optional("Cause", \.cause),
        .optional("RoleArn", \.roleArn, "The flow's at the start, when it had one"),
        .optional("Environment", \.environment, "The flow's at the start, when it had one"),
        .optional("Qualifier", \.qualifier, "As it was started, when a version or alias was named"),
        .optional("FlowVersion", \.flowVersion, "The published version it runs"),
        .defaulted("Labels", \.labels, "As given at the start"),
    ]
}

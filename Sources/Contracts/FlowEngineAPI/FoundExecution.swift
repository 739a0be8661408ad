package import Primitives
package import RPCProtocol

/// An execution as a search answers it: a line of a list, without input and output.
package struct FoundExecution: WireRecord {
    package var flowName: String = ""
    package var name: String = ""
    package var status: String = ""
    package var startedTime: String = ""
    package var stoppedTime: String = ""
    package var durationMs: Int64 = 0
    package var error: String?
    package var cause: String?
    package var steps: [CurrentStep] = []
    package var openSteps: Int64 = 0
    package var labels: JSONObject = [:]
    package var flowVersion: String?
    package var matchedIn: String?

    package init() {}

    package static let fields: [WireField<FoundExecution>] = [
        .required("FlowName", \.flowName),
        .required("Name", \.name),
        .required("Status", \.status, "Running, Stopped, Succeeded, Failed or TimedOut"),
        .required("StartedTime", \.startedTime),
        .defaulted("StoppedTime", \.stoppedTime, "Empty while it runs"),
        .defaulted("DurationMs", \.durationMs, "Until its end, or until now"),
        .optional("Error", \.error, "Name of the failure, when there is one"),
        .optional("Cause", \.cause),
        .defaulted("Steps", \.steps, "Where it stands now: at most 10, in the order in which they began"),
        .defaulted("OpenSteps", \.openSteps, "How many there are"),
        .defaulted("Labels", \.labels, "As given at the start"),
        .optional("FlowVersion", \.flowVersion, "The published version it runs"),
        .optional(
            "MatchedIn", \.matchedIn, "Where Text was found: name, label, error, cause, input or output"),
    ]
}

package import RPCProtocol

/// Executions of all flows that every filter agrees with, newest first. Ours: the cloud has no such action.
///
/// Bounds: a page looks at 100,000 executions at most, and into input and output of 2,000; when it ends for
/// that reason it may be short or empty and has a NextToken to go on with.
package enum SearchExecutions: RPCMethod {
    package struct Params: WireRecord {
        package var flowName: String?
        package var statuses: [String]?
        package var stepName: String?
        package var condition: String?
        package var olderThanSeconds: Int64?
        package var startedTimeBegin: String?
        package var startedTimeEnd: String?
        package var text: String?
        package var labelName: String?
        package var labelValue: String?
        package var nextToken: String?
        package var limit: Int64?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .optional("FlowName", \.flowName, "Also of flows of this name that were deleted"),
            .optional("Statuses", \.statuses, "One of these: Running, Stopped, Succeeded, Failed, TimedOut"),
            .optional("StepName", \.stepName, "Open ones that stand at a step of this name"),
            .optional(
                "Condition", \.condition,
                "Open ones with a step that is waitingForCallback, retrying or delivering"),
            .optional("OlderThanSeconds", \.olderThanSeconds, "Started at least so long ago"),
            .optional("StartedTimeBegin", \.startedTimeBegin, "RFC 3339"),
            .optional("StartedTimeEnd", \.startedTimeEnd, "RFC 3339; not included"),
            .optional(
                "Text", \.text,
                "Part of the name, a label's value, error or cause; those that have it only in input or "
                    + "output follow after these. 1 to 200 bytes; ASCII letters in either case"),
            .optional("LabelName", \.labelName, "With LabelValue, or alone: has a label of this name"),
            .optional("LabelValue", \.labelValue, "The whole value"),
            .optional("NextToken", \.nextToken, "With the same filters"),
            .optional("Limit", \.limit, "1 to 100, 60 if not given"),
        ]
    }

    package struct Result: WireRecord {
        package var executions: [FoundExecution] = []
        package var nextToken: String?
        package var searchedBackTo: String?
        package var isInPayloads: Bool = false

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Executions", \.executions),
            .optional("NextToken", \.nextToken, "There may be more"),
            .optional(
                "SearchedBackTo", \.searchedBackTo, "Start of the oldest execution that was looked at"),
            .defaulted(
                "InPayloads", \.isInPayloads,
                "The page looked into input and output; names and labels are done"),
        ]
    }

    package static let summary = "Searches the executions of all flows, newest first"
    package static let roles: Set<RPCRole> = [.read, .service]
    package static let errors: [RPCErrorName] = [.invalidArgument, .resourceThrottled]
    package static let exampleParams = Params.with {
        $0.statuses = ["Running"]
        $0.condition = "waitingForCallback"
        $0.text = "run-"
    }
    package static let exampleResult = Result.with {
        $0.executions = [
            FoundExecution.with {
                $0.flowName = "Greeting"
                $0.name = "run-1"
                $0.status = "Running"
                $0.startedTime = "2026-11-23T09:30:00.000Z"
                $0.durationMs = 61_000
                $0.steps = [
                    CurrentStep.with {
                        $0.stepName = "ask"
                        $0.state = "waitingForCallback"
                        $0.since = "2026-11-23T09:30:00.010Z"
                        $0.resourceArn = "acs:mns:::/topics/demo/messages"
                    }
                ]
                $0.openSteps = 1
                $0.matchedIn = "name"
            }
        ]
    }
}

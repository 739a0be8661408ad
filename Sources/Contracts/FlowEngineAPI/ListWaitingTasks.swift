package import Primitives
package import RPCProtocol

/// The tasks of all executions that await a report, those that have waited longest first. Ours: the cloud
/// has no such action.
///
/// Bounds: a page looks at 20,000 tasks at most; when it ends for that reason it may be short or empty and
/// has a NextToken to go on with.
package enum ListWaitingTasks: RPCMethod {
    package struct Params: WireRecord {
        package var flowName: String?
        package var stepName: String?
        package var resource: String?
        package var nextToken: String?
        package var limit: Int64?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .optional("FlowName", \.flowName),
            .optional("StepName", \.stepName),
            .optional("Resource", \.resource, "The beginning of the ResourceArn, or all of it"),
            .optional("NextToken", \.nextToken, "With the same filters"),
            .optional("Limit", \.limit, "1 to 100, 60 if not given"),
        ]
    }

    package struct Result: WireRecord {
        package var tasks: [WaitingTask] = []
        package var nextToken: String?
        package var total: Int64 = 0

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Tasks", \.tasks),
            .optional("NextToken", \.nextToken, "There may be more"),
            .required("Total", \.total, "Tasks that await a report, whatever the filters"),
        ]
    }

    package static let summary = "Lists the tasks that await a report, oldest first"
    package static let roles: Set<RPCRole> = [.read, .operate, .service]
    package static let errors: [RPCErrorName] = [.invalidArgument]
    package static let exampleParams = Params.with { $0.stepName = "ask" }
    package static let exampleResult = Result.with {
        $0.tasks = [
            WaitingTask.with {
                $0.flowName = "Greeting"
                $0.executionName = "run-1"
                $0.stepName = "ask"
                $0.scheduledEventId = 4
                $0.resourceArn = "acs:mns:::/topics/demo/messages"
                $0.since = "2026-11-23T09:30:00.010Z"
                $0.deadline = "2026-11-23T09:40:00.010Z"
            }
        ]
        $0.total = 1
    }
}

/// A task that was delivered and awaits its report.
package struct WaitingTask: WireRecord {
    package var flowName: String = ""
    package var executionName: String = ""
    package var stepName: String = ""
    package var scheduledEventId: Int64 = 0
    package var resourceArn: String = ""
    package var since: String = ""
    package var deadline: String?
    package var attempt: Int64 = 0
    package var taskToken: String?
    package var labels: JSONObject = [:]

    package init() {}

    package static let fields: [WireField<WaitingTask>] = [
        .required("FlowName", \.flowName),
        .required("ExecutionName", \.executionName),
        .required("StepName", \.stepName),
        .required("ScheduledEventId", \.scheduledEventId),
        .required("ResourceArn", \.resourceArn),
        .required("Since", \.since, "When it was delivered"),
        .optional("Deadline", \.deadline, "When it times out"),
        .defaulted("Attempt", \.attempt, "0 for the first"),
        .optional("TaskToken", \.taskToken, "Only for callers with the role operate"),
        .defaulted("Labels", \.labels, "Of the execution"),
    ]
}

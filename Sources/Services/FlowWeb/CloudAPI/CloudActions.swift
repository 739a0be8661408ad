import FlowEngineAPI
import Primitives

/// Every action of the API, version 2019-03-15. Source: the published API; DescribeRegions and the map runs
/// of the newer language are not among them.
enum CloudActions {
    static let version = "2019-03-15"

    static let all = flows + executions + tasks + schedules + versions + aliases
    static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    private static let flow: [CloudMember] = [
        .text("Id"), .text("Name"), .text("Description"), .text("Type"), .text("Definition"),
        .text("RoleArn"),
        .text("ExecutionMode"), .text("ExternalStorageLocation"), .text("CreatedTime"),
        .text("LastModifiedTime"), .ifAny("Environment"), .ifAny("ResourceGroupId"), .ifAny("FlowVersion"),
    ]
    private static let execution: [CloudMember] = [
        .text("FlowName"), .text("Name"), .text("Status"), .text("Input"), .text("Output"),
        .text("StartedTime"), .text("StoppedTime"), .text("FlowDefinition"), .ifAny("Environment"),
    ]
    private static let event: [CloudMember] = [
        .integer("EventId"), .integer("ScheduleEventId"), .text("StepName"), .text("Type"), .text("Time"),
        .text("EventDetail"),
    ]
    private static let schedule: [CloudMember] = [
        .text("ScheduleId"), .text("ScheduleName"), .text("Description"), .text("CronExpression"),
        .text("Payload"), .boolean("Enable"), .text("CreatedTime"), .text("LastModifiedTime"),
    ]
    private static let publishedVersion: [CloudMember] = [
        .text("Version"), .text("Description"), .text("CreatedTime"),
    ]
    private static let alias: [CloudMember] = [
        .text("Name"), .text("Description"), .text("CreatedTime"),
        .list("RoutingConfigurations", of: [.text("Version"), .integer("Weight")]),
    ]
    private static let page: [CloudParameter] = [.integer("Limit"), .text("NextToken")]

    private static let flows = [
        CloudAction(
            CreateFlow.self, of: .flow(parameter: "Name"),
            [
                .text("Name").required, .text("Definition").required, .text("Type").required,
                .text("Description"), .text("RoleArn"), .text("ExecutionMode"),
                .text("ExternalStorageLocation"), .json("Environment"), .text("ResourceGroupId"),
            ], answers: flow
        ).telling([StrictCreation.parameter: true]),
        CloudAction(
            UpdateFlow.self, of: .flow(parameter: "Name"),
            [
                .text("Name").required, .text("Definition"), .text("Type"), .text("Description"),
                .text("RoleArn"), .json("Environment"),
            ], answers: flow),
        CloudAction(
            DescribeFlow.self, of: .flow(parameter: "Name"), [.text("Name").required, .text("FlowVersion")],
            answers: flow),
        CloudAction(DeleteFlow.self, of: .flow(parameter: "Name"), [.text("Name").required])
            .telling([DeleteFlow.Params.stopRunningParameter: true]),
        CloudAction(
            ListFlows.self, of: .flows, page + [.text("ResourceGroupId")],
            answers: [.list("Flows", of: flow), .ifAny("NextToken")]),
    ]

    private static let executions = [
        CloudAction(
            StartExecution.self, of: .flow(parameter: "FlowName"),
            [
                .text("FlowName").required, .text("ExecutionName"), .text("Input"),
                .text("CallbackFnFTaskToken"), .text("Qualifier"),
            ], answers: execution
        ).naming("ExecutionName"),
        CloudAction(
            StartSyncExecution.self, of: .flow(parameter: "FlowName"),
            [.text("FlowName").required, .text("ExecutionName"), .text("Input"), .text("Qualifier")],
            answers: [
                .text("FlowName"), .text("Name"), .text("Status"), .text("ErrorCode"), .text("ErrorMessage"),
                .text("Output"), .text("StartedTime"), .text("StoppedTime"),
            ]
        ).waiting(.always),
        CloudAction(
            StopExecution.self, of: .flow(parameter: "FlowName"),
            [
                .text("FlowName").required, .text("ExecutionName").required, .text("Error"), .text("Cause"),
            ], answers: execution + [.text("RoleArn")]),
        CloudAction(
            DescribeExecution.self, of: .flow(parameter: "FlowName"),
            [
                .text("FlowName").required, .text("ExecutionName").required, .integer("WaitTimeSeconds"),
            ], answers: execution
        ).waiting(.when(parameter: "WaitTimeSeconds")),
        CloudAction(
            ListExecutions.self, of: .flow(parameter: "FlowName"),
            [
                .text("FlowName").required, .text("Status"), .text("StartedTimeBegin"),
                .text("StartedTimeEnd"), .text("ExecutionNamePrefix"), .text("Qualifier"),
                .text("MapRunName"), .boolean("MetadataOnly"),
            ] + page, answers: [.list("Executions", of: execution), .ifAny("NextToken")]
        ).telling(["MetadataOnly": false]),
        CloudAction(
            GetExecutionHistory.self, of: .flow(parameter: "FlowName"),
            [.text("FlowName").required, .text("ExecutionName").required] + page,
            answers: [.list("Events", of: event), .ifAny("NextToken")]),
    ]

    private static let tasks = [
        CloudAction(
            ReportTaskSucceeded.self, of: .token(parameter: "TaskToken"),
            [.text("TaskToken").required, .text("Output").required], answers: [.integer("EventId")]),
        CloudAction(
            ReportTaskFailed.self, of: .token(parameter: "TaskToken"),
            [.text("TaskToken").required, .text("Error").required, .text("Cause")],
            answers: [.integer("EventId")]),
    ]

    private static let schedules = [
        CloudAction(
            CreateSchedule.self, of: .flow(parameter: "FlowName"),
            [
                .text("FlowName").required, .text("ScheduleName").required, .text("CronExpression").required,
                .text("Description"), .text("Payload"), .boolean("Enable"),
            ], answers: schedule
        ).telling([StrictCreation.parameter: true]),
        CloudAction(
            UpdateSchedule.self, of: .flow(parameter: "FlowName"),
            [
                .text("FlowName").required, .text("ScheduleName").required, .text("CronExpression"),
                .text("Description"), .text("Payload"), .boolean("Enable"),
            ], answers: schedule),
        CloudAction(
            DeleteSchedule.self, of: .flow(parameter: "FlowName"),
            [.text("FlowName").required, .text("ScheduleName").required]),
        CloudAction(
            DescribeSchedule.self, of: .flow(parameter: "FlowName"),
            [.text("FlowName").required, .text("ScheduleName").required], answers: schedule),
        CloudAction(
            ListSchedules.self, of: .flow(parameter: "FlowName"), [.text("FlowName").required] + page,
            answers: [.list("Schedules", of: schedule), .ifAny("NextToken")]),
    ]

    private static let versions = [
        CloudAction(
            PublishFlowVersion.self, of: .flow(parameter: "FlowName"),
            [.text("FlowName").required, .text("Description")],
            answers: [.text("FlowName")] + publishedVersion),
        CloudAction(
            ListFlowVersions.self, of: .flow(parameter: "FlowName"), [.text("FlowName").required] + page,
            answers: [.list("FlowVersions", of: publishedVersion), .ifAny("NextToken")]),
        CloudAction(
            DeleteFlowVersion.self, of: .flow(parameter: "FlowName"),
            [.text("FlowName").required, .text("FlowVersion").required]),
    ]

    private static let aliases = [
        CloudAction(
            CreateFlowAlias.self, of: .flow(parameter: "FlowName"),
            [
                .text("FlowName").required, .text("Name").required, .text("Description"),
                .json("RoutingConfigurations").required,
            ], answers: [.text("FlowName")] + alias
        ).telling([StrictCreation.parameter: true]),
        CloudAction(
            UpdateFlowAlias.self, of: .flow(parameter: "FlowName"),
            [
                .text("FlowName").required, .text("Name").required, .text("Description"),
                .json("RoutingConfigurations"),
            ], answers: [.record("Alias", alias)]),
        CloudAction(
            DescribeFlowAlias.self, of: .flow(parameter: "FlowName"),
            [.text("FlowName").required, .text("Name").required], answers: [.record("Alias", alias)]),
        CloudAction(
            DeleteFlowAlias.self, of: .flow(parameter: "FlowName"),
            [.text("FlowName").required, .text("Name").required]),
        CloudAction(
            ListFlowAliases.self, of: .flow(parameter: "FlowName"), [.text("FlowName").required] + page,
            answers: [.list("Aliases", of: alias), .ifAny("NextToken")]),
    ]
}

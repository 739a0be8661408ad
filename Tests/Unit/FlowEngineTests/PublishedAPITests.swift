import FlowEngineAPI
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

/// The actions of the published API with their fields, against what the engine says of itself. Source: fdl
/// §10.2, and the published SDK for versions and aliases. RequestId is the transport's.
@Suite(.timeLimit(.minutes(1))) struct PublishedAPITests {
    struct Action: Sendable, CustomTestStringConvertible {
        let name: String
        /// With * behind those that must be given.
        let request: String
        let response: String
        /// The member of the response that lists such records.
        var list: String?
        var errors = ""

        var testDescription: String { name }
    }

    private static let flow =
        "Id Name Definition Description Type RoleArn ExecutionMode CreatedTime LastModifiedTime Environment "
        + "ResourceGroupId ExternalStorageLocation"
    private static let execution = "FlowName Name FlowDefinition Input Output Status StartedTime StoppedTime"
    private static let alias = "Name Description RoutingConfigurations CreatedTime"

    private static let schedule =
        "ScheduleId ScheduleName CronExpression Payload Description Enable CreatedTime LastModifiedTime"

    static let actions = [
        Action(
            name: "CreateSchedule",
            request: "FlowName* ScheduleName* CronExpression* Payload Description Enable", response: schedule,
            errors: "FlowNotExists ScheduleAlreadyExists InvalidArgument"),
        Action(
            name: "UpdateSchedule",
            request: "FlowName* ScheduleName* CronExpression Payload Description Enable", response: schedule,
            errors: "FlowNotExists ScheduleNotExists InvalidArgument"),
        Action(
            name: "DescribeSchedule", request: "FlowName* ScheduleName*", response: schedule,
            errors: "FlowNotExists ScheduleNotExists"),
        Action(
            name: "DeleteSchedule", request: "FlowName* ScheduleName*", response: "",
            errors: "FlowNotExists ScheduleNotExists"),
        Action(
            name: "ListSchedules", request: "FlowName* NextToken Limit", response: schedule,
            list: "Schedules", errors: "FlowNotExists"),
        Action(
            name: "CreateFlow",
            request: "Name* Definition* Description* Type* RoleArn ExternalStorageLocation ExecutionMode "
                + "Environment ResourceGroupId",
            response: flow, errors: "InvalidArgument FlowAlreadyExists EntityTooLarge ResourceThrottled"),
        Action(
            name: "UpdateFlow",
            request: "Name* Definition Description Type RoleArn Environment ExternalStorageLocation",
            response: flow, errors: "InvalidArgument FlowNotExists EntityTooLarge ConcurrentUpdateError"),
        Action(name: "DescribeFlow", request: "Name* FlowVersion", response: flow, errors: "FlowNotExists"),
        Action(name: "DeleteFlow", request: "Name*", response: "", errors: "FlowNotExists"),
        Action(
            name: "ListFlows", request: "NextToken Limit ResourceGroupId", response: flow, list: "Flows"),
        Action(
            name: "StartExecution",
            request: "FlowName* ExecutionName Input CallbackFnFTaskToken Qualifier", response: execution,
            errors: "FlowNotExists ExecutionAlreadyExists EntityTooLarge ResourceThrottled"),
        Action(
            name: "StartSyncExecution", request: "FlowName* ExecutionName Input Qualifier",
            response: "FlowName Name Status Output ErrorCode ErrorMessage StartedTime StoppedTime",
            errors: "FlowNotExists EntityTooLarge"),
        Action(
            name: "StopExecution", request: "FlowName* ExecutionName* Error Cause",
            response: "\(execution) RoleArn",
            errors: "FlowNotExists ExecutionNotExists ExecutionAlreadyCompleted"),
        Action(
            name: "DescribeExecution", request: "FlowName* ExecutionName* WaitTimeSeconds",
            response: "\(execution) Environment", errors: "FlowNotExists ExecutionNotExists"),
        Action(
            name: "ListExecutions",
            request: "FlowName* NextToken Limit Status StartedTimeBegin StartedTimeEnd ExecutionNamePrefix "
                + "Qualifier MapRunName MetadataOnly",
            response: "\(execution) Environment", list: "Executions", errors: "FlowNotExists"),
        Action(
            name: "GetExecutionHistory", request: "FlowName* ExecutionName* NextToken Limit",
            response: "EventId ScheduleEventId Type StepName Time EventDetail", list: "Events",
            errors: "FlowNotExists ExecutionNotExists"),
        Action(
            name: "ReportTaskSucceeded", request: "TaskToken* Output*", response: "EventId",
            errors: "EntityTooLarge TaskAlreadyCompleted TaskInvalidState ExecutionNotExists FlowNotExists"),
        Action(
            name: "ReportTaskFailed", request: "TaskToken* Error* Cause", response: "EventId",
            errors: "TaskAlreadyCompleted TaskInvalidState ExecutionNotExists FlowNotExists"),
        Action(
            name: "PublishFlowVersion", request: "FlowName* Description",
            response: "FlowName Version Description CreatedTime", errors: "FlowNotExists"),
        Action(
            name: "ListFlowVersions", request: "FlowName* NextToken Limit",
            response: "Version Description CreatedTime", list: "FlowVersions", errors: "FlowNotExists"),
        Action(
            name: "DeleteFlowVersion", request: "FlowName* FlowVersion*", response: "",
            errors: "FlowNotExists"),
        Action(
            name: "CreateFlowAlias", request: "FlowName* Name* Description RoutingConfigurations*",
            response: "FlowName \(alias)", errors: "FlowNotExists"),
        Action(
            name: "UpdateFlowAlias", request: "FlowName* Name* Description RoutingConfigurations",
            response: alias, list: "Alias", errors: "FlowNotExists"),
        Action(
            name: "DescribeFlowAlias", request: "FlowName* Name*", response: alias, list: "Alias",
            errors: "FlowNotExists"),
        Action(name: "DeleteFlowAlias", request: "FlowName* Name*", response: "", errors: "FlowNotExists"),
        Action(
            name: "ListFlowAliases", request: "FlowName* NextToken Limit", response: alias, list: "Aliases",
            errors: "FlowNotExists"),
    ]

    private func names(_ text: String) -> Set<String> {
        Set(text.split(separator: " ").map { String($0.hasSuffix("*") ? $0.dropLast() : $0) })
    }

    private func properties(_ schema: JSONValue?) -> Set<String> {
        Set((schema?["properties"]?.objectValue ?? [:]).map(\.key))
    }

    /// The engine's own description of the method.
    private func document(_ action: Action) async throws -> JSONValue {
        let test = try await EngineUnderTest()
        return try #require(test.engine.methods.entries[action.name]).description.json
    }

    @Test(arguments: actions) func `every published field of a request is taken`(_ action: Action)
        async throws
    {
        let params = try #require(try await document(action)["x-params"])
        #expect(names(action.request).subtracting(properties(params)) == [])
        // What need not be given there must not be asked for here.
        let needed = names(
            action.request.split(separator: " ").filter { $0.hasSuffix("*") }.joined(separator: " "))
        let required = (params["required"]?.arrayValue ?? []).compactMap(\.stringValue)
        #expect(Set(required).subtracting(needed) == [])
    }

    @Test(arguments: actions) func `every published field of a response is answered`(_ action: Action)
        async throws
    {
        let result = try #require(try await document(action)["result"]?["schema"])
        guard let list = action.list else {
            return #expect(names(action.response).subtracting(properties(result)) == [])
        }
        let member = try #require(result["properties"]?[list])
        #expect(names(action.response).subtracting(properties(member["items"] ?? member)) == [])
        if properties(result).count > 1 { #expect(properties(result).contains("NextToken")) }
    }

    @Test(arguments: actions) func `the published errors of an action are declared`(_ action: Action)
        async throws
    {
        let declared = (try await document(action)["errors"]?.arrayValue ?? []).compactMap {
            $0["message"]?.stringValue
        }
        #expect(names(action.errors).subtracting(declared) == [])
    }

    @Test(
        arguments: [
            ("ListFlows", 1000), ("ListExecutions", 100), ("GetExecutionHistory", 1000),
            ("ListFlowVersions", 1000), ("ListFlowAliases", 1000),
        ] as [(String, Int64)])
    func `a Limit is taken up to its bound and no further`(_ method: String, _ bound: Int64) async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        try await test.begin()
        func call(_ limit: Int64) async -> RPCError? {
            var params: JSONObject = ["Limit": .integer(limit)]
            if method != "ListFlows" { params["FlowName"] = "Demo" }
            if method == "GetExecutionHistory" { params["ExecutionName"] = "run" }
            let document = JSONValue.object(params)
            return await refusal { try await test.client.call(method, document, meta: RPCMeta()) }
        }
        #expect(await call(1) == nil)
        #expect(await call(bound) == nil)
        for limit in [0, -1, bound + 1] {
            let error = await call(limit)
            #expect(error?.name == .invalidArgument && error?.details["parameter"] == "Limit", "\(limit)")
        }
    }

    @Test func `a field that is not known is refused with the nearest`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        let error = await refusal {
            try await test.client.call(
                "StartExecution", ["FlowName": "Demo", "Qualifer": "1"], meta: RPCMeta())
        }
        #expect(error?.name == .invalidParams)
        #expect(error?.message == "Qualifer: is not a known parameter; did you mean Qualifier?")
    }
}

import FlowEngine
import Primitives
import RPCProtocol
import Testing

@testable import FlowWeb

/// The table of actions against the published API and against the engine's contracts.
@Suite(.timeLimit(.minutes(1))) struct CloudCatalogTests {
    private static let published: Set<String> = [
        "CreateFlow", "UpdateFlow", "DescribeFlow", "DeleteFlow", "ListFlows", "StartExecution",
        "StartSyncExecution", "StopExecution", "DescribeExecution", "ListExecutions", "GetExecutionHistory",
        "ReportTaskSucceeded", "ReportTaskFailed", "CreateSchedule", "UpdateSchedule", "DeleteSchedule",
        "DescribeSchedule", "ListSchedules",
    ]
    private static let newer: Set<String> = [
        "PublishFlowVersion", "ListFlowVersions", "DeleteFlowVersion", "CreateFlowAlias", "UpdateFlowAlias",
        "DescribeFlowAlias", "DeleteFlowAlias", "ListFlowAliases",
    ]

    private func schema(_ action: CloudAction, _ part: String) async throws -> JSONValue {
        let cloud = try await CloudUnderTest()
        let entry = try #require(cloud.doors.entries[action.name])
        let json = entry.description.json
        return try #require(part == "params" ? json["x-params"] : json["result"]?["schema"])
    }

    @Test func `the published actions are there, and the family's newer ones`() {
        #expect(Set(CloudActions.byName.keys) == Self.published.union(Self.newer))
    }

    @Test(arguments: CloudActions.all.map(\.name))
    func `what an action takes is what the engine's method takes`(_ name: String) async throws {
        let action = try #require(CloudActions.byName[name])
        let schema = try await schema(action, "params")
        let properties = try #require(schema["properties"])
        for parameter in action.parameters {
            let type = properties[parameter.name]?["type"]?.stringValue
            switch parameter.kind {
            case .text: #expect(type == "string", "\(parameter.name)")
            case .integer: #expect(type == "integer", "\(parameter.name)")
            case .boolean: #expect(type == "boolean", "\(parameter.name)")
            case .json: #expect(type == "object" || type == "array", "\(parameter.name)")
            }
        }
        for (told, _) in action.fixed { #expect(properties[told] != nil, "\(told)") }
        let asked = Set(action.parameters.filter(\.isRequired).map(\.name))
        let needed = Set((schema["required"]?.arrayValue ?? []).compactMap(\.stringValue))
        #expect(needed.subtracting(asked) == [])
    }

    @Test(arguments: CloudActions.all.map(\.name))
    func `what an action answers is what the engine's method answers`(_ name: String) async throws {
        let action = try #require(CloudActions.byName[name])
        check(action.answer, try await schema(action, "result"))
    }

    private func check(_ members: [CloudMember], _ schema: JSONValue) {
        for member in members {
            let property = schema["properties"]?[member.name]
            let type = property?["type"]?.stringValue
            switch member {
            case .text: #expect(type == "string", "\(member.name)")
            case .integer: #expect(type == "integer", "\(member.name)")
            case .boolean: #expect(type == "boolean", "\(member.name)")
            case .ifAny: #expect(property != nil, "\(member.name)")
            case .list(_, let members):
                #expect(type == "array", "\(member.name)")
                check(members, property?["items"] ?? [:])
            case .record(_, let members):
                #expect(type == "object", "\(member.name)")
                check(members, property ?? [:])
            }
        }
    }
}

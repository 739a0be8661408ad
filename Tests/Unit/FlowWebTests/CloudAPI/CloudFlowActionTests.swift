import Primitives
import RPCProtocol
import Testing

@testable import FlowWeb

/// The actions about flows and their schedules, versions and aliases.
@Suite(.timeLimit(.minutes(1))) struct CloudFlowActionTests {
    private func refused(
        _ cloud: CloudUnderTest, _ action: String, _ parameters: [String: String], as key: String = "admin"
    ) async throws -> (Int, String, String) {
        let (status, body) = try await cloud.call(action, parameters, as: key)
        return (status, body["Code"]?.stringValue ?? "", body["Message"]?.stringValue ?? "")
    }

    @Test func `a flow is made, shown, changed, listed and deleted`() async throws {
        let cloud = try await CloudUnderTest()
        let made = try await cloud.ask(
            "CreateFlow", ["Name": "Demo", "Definition": CloudFlows.pass, "Type": "FDL", "Description": "你好"])
        let names = Set((made.objectValue ?? [:]).map(\.key))
        let published: Set = [
            "Id", "Name", "Description", "Type", "Definition", "RoleArn", "ExecutionMode",
            "ExternalStorageLocation", "CreatedTime", "LastModifiedTime", "RequestId",
        ]
        #expect(names == published)
        #expect(made["Definition"]?.stringValue == CloudFlows.pass && made["Description"] == "你好")
        #expect(made["CreatedTime"] == "2026-11-23T09:30:00.000Z" && made["RoleArn"] == "")
        let changed = try await cloud.ask("UpdateFlow", ["Name": "Demo", "RoleArn": "acs:ram::1:role/r"])
        #expect(changed["RoleArn"] == "acs:ram::1:role/r" && changed["Description"] == "你好")
        let shown = try await cloud.ask("DescribeFlow", ["Name": "Demo"])
        #expect(shown["RoleArn"] == "acs:ram::1:role/r" && shown["Id"] == made["Id"])
        #expect(try await cloud.ask("ListFlows")["Flows"]?[0]?["Name"] == "Demo")
        let gone = try await cloud.ask("DeleteFlow", ["Name": "Demo"])
        #expect(gone.objectValue?.count == 1)
        let missing = try await refused(cloud, "DescribeFlow", ["Name": "Demo"])
        #expect(missing == (404, "FlowNotExists", "Flow  Demo does not exist."))
    }

    @Test func `what ran of a deleted flow is gone, and stays gone under the name`() async throws {
        let cloud = try await CloudUnderTest()
        let flow = ["Name": "Demo", "Definition": CloudFlows.rest, "Type": "FDL"]
        let run = ["FlowName": "Demo", "ExecutionName": "7-run"]
        try await cloud.ask("CreateFlow", flow)
        try await cloud.ask("StartExecution", run)
        try await cloud.ask("DeleteFlow", ["Name": "Demo"])
        for action in ["DescribeExecution", "GetExecutionHistory", "ListExecutions"] {
            #expect(try await refused(cloud, action, run).1 == "FlowNotExists", "\(action)")
        }
        try await cloud.ask("CreateFlow", flow)
        #expect(try await refused(cloud, "DescribeExecution", run).1 == "ExecutionNotExists")
        #expect(try await cloud.ask("ListExecutions", ["FlowName": "Demo"])["Executions"] == [])
        #expect(try await cloud.ask("StartExecution", run)["Status"] == "Running")
    }

    @Test func `a name that is taken is refused, also with the same content`() async throws {
        let cloud = try await CloudUnderTest()
        let flow = ["Name": "Demo", "Definition": CloudFlows.pass, "Type": "FDL"]
        try await cloud.ask("CreateFlow", flow)
        let again = try await refused(cloud, "CreateFlow", flow)
        #expect(again == (409, "FlowAlreadyExists", "Flow Demo already exists."))
        let schedule = ["FlowName": "Demo", "ScheduleName": "s", "CronExpression": "@every 60m"]
        let made = try await cloud.ask("CreateSchedule", schedule)
        #expect(made["Enable"] == true)
        let twice = try await refused(cloud, "CreateSchedule", schedule)
        #expect(twice == (409, "ScheduleAlreadyExists", "The schedule s already exists in flow Demo."))
    }

    @Test func `a page is full, and a token leads on only if there is more`() async throws {
        let cloud = try await CloudUnderTest()
        for number in 1...5 {
            for prefix in ["A", "Order"] {
                try await cloud.ask(
                    "CreateFlow",
                    ["Name": "\(prefix)\(number)", "Definition": CloudFlows.pass, "Type": "FDL"])
            }
        }
        for (key, count) in [("admin", 10), ("orders", 5)] {
            var names: [String] = []
            var token: String?
            var sizes: [Int] = []
            repeat {
                var parameters = ["Limit": "2"]
                parameters["NextToken"] = token
                let page = try await cloud.ask("ListFlows", parameters, as: key)
                let flows = page["Flows"]?.arrayValue ?? []
                names += flows.compactMap { $0["Name"]?.stringValue }
                sizes.append(flows.count)
                token = page["NextToken"]?.stringValue
            } while token != nil
            #expect(names.count == count && names == names.sorted())
            #expect(sizes.dropLast().allSatisfy { $0 == 2 } && (sizes.last ?? 0) > 0)
        }
    }

    @Test(arguments: [
        ["Limit": "0"], ["Limit": "1001"], ["Limit": "ten"], ["Limit": "1e1"],
        ["Limit": "99999999999999999999"],
    ])
    func `a limit out of its range is refused`(_ parameters: [String: String]) async throws {
        let cloud = try await CloudUnderTest()
        for key in ["admin", "orders"] {
            let answer = try await refused(cloud, "ListFlows", parameters, as: key)
            #expect(answer.0 == 400 && answer.1 == "InvalidArgument")
            #expect(answer.2.hasPrefix("Parameter error. Limit: "))
        }
    }

    @Test(arguments: [("True", true), ("false", false), ("TRUE", true), ("", true)])
    func `booleans are read as the libraries write them`(_ text: String, _ expected: Bool) async throws {
        let cloud = try await CloudUnderTest()
        try await cloud.ask("CreateFlow", ["Name": "Demo", "Definition": CloudFlows.pass, "Type": "FDL"])
        let made = try await cloud.ask(
            "CreateSchedule",
            ["FlowName": "Demo", "ScheduleName": "s", "CronExpression": "0 * * * * *", "Enable": text])
        #expect(made["Enable"] == .bool(expected))
    }

    @Test func `schedules, versions and aliases answer in their published shapes`() async throws {
        let cloud = try await CloudUnderTest()
        try await cloud.ask("CreateFlow", ["Name": "Demo", "Definition": CloudFlows.pass, "Type": "FDL"])
        let schedule = try await cloud.ask(
            "CreateSchedule", ["FlowName": "Demo", "ScheduleName": "s", "CronExpression": "@every 60m"])
        let names = Set((schedule.objectValue ?? [:]).map(\.key))
        let published: Set = [
            "ScheduleId", "ScheduleName", "Description", "CronExpression", "Payload", "Enable", "CreatedTime",
            "LastModifiedTime", "RequestId",
        ]
        #expect(names == published)
        let changed = try await cloud.ask(
            "UpdateSchedule", ["FlowName": "Demo", "ScheduleName": "s", "Enable": "False"])
        #expect(changed["Enable"] == false && changed["CronExpression"] == "@every 60m")
        let missing = try await refused(cloud, "DescribeSchedule", ["FlowName": "Demo", "ScheduleName": "t"])
        #expect(missing == (404, "ScheduleNotExists", "The schedule t for flow Demo does not exist."))
        let version = try await cloud.ask("PublishFlowVersion", ["FlowName": "Demo"])
        #expect(version["Version"] == "1" && version["FlowName"] == "Demo")
        let alias = try await cloud.ask(
            "CreateFlowAlias",
            ["FlowName": "Demo", "Name": "prod", "RoutingConfigurations": #"[{"Version":"1","Weight":100}]"#])
        #expect(alias["RoutingConfigurations"]?[0]?["Weight"] == 100)
        let shown = try await cloud.ask("DescribeFlowAlias", ["FlowName": "Demo", "Name": "prod"])
        #expect(shown["Alias"]?["Name"] == "prod")
        let none = try await refused(cloud, "DescribeFlowAlias", ["FlowName": "Demo", "Name": "test"])
        #expect(none.0 == 404 && none.1 == "FlowAliasNotExists")
    }

    @Test func `a definition that is too large or wrong is refused in words`() async throws {
        let cloud = try await CloudUnderTest()
        let large = CloudFlows.pass + String(repeating: "#", count: 1 << 20)
        let tooLarge = try await refused(
            cloud, "CreateFlow", ["Name": "Demo", "Definition": large, "Type": "FDL"])
        #expect(
            tooLarge
                == (400, "EntityTooLarge", "The payload size exceeds maximum allowed size (1048576 bytes)."))
        let wrong = try await refused(
            cloud, "CreateFlow", ["Name": "Demo", "Definition": "steps: [", "Type": "FDL"])
        #expect(wrong.0 == 400 && wrong.1 == "InvalidArgument")
        let environment = try await refused(
            cloud, "CreateFlow",
            ["Name": "Demo", "Definition": CloudFlows.pass, "Type": "FDL", "Environment": "{"])
        #expect(environment.0 == 400 && environment.2.contains("Environment: it is not JSON"))
    }

    @Test(arguments: CloudActions.all.map(\.name))
    func `each parameter that must be given is asked for by name`(_ name: String) async throws {
        let cloud = try await CloudUnderTest()
        let action = try #require(CloudActions.byName[name])
        let required = action.parameters.filter(\.isRequired).map(\.name)
        for missing in required {
            let given = Dictionary(uniqueKeysWithValues: required.filter { $0 != missing }.map { ($0, "[]") })
            let answer = try await refused(cloud, name, given)
            #expect(
                answer
                    == (400, "MissingRequiredParams", "The HTTP query '\(missing)' must be specified."))
        }
    }
}

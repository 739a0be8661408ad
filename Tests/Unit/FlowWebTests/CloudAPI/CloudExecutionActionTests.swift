import FlowEngineAPI
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowWeb

/// The actions about executions and their tasks.
@Suite(.timeLimit(.minutes(1))) struct CloudExecutionActionTests {
    private func begin(_ definition: String, _ more: [String: String] = [:]) async throws -> CloudUnderTest {
        let cloud = try await CloudUnderTest()
        let flow = ["Name": "Demo", "Definition": definition, "Type": "FDL"]
        try await cloud.ask("CreateFlow", flow.merging(more) { $1 })
        return cloud
    }

    private let run = ["FlowName": "Demo", "ExecutionName": "7-run"]

    @Test func `an execution is started, its running namesake is answered, its ended one refused`()
        async throws
    {
        let cloud = try await begin(CloudFlows.rest)
        let started = try await cloud.ask("StartExecution", run)
        let names = Set((started.objectValue ?? [:]).map(\.key))
        let published: Set = [
            "FlowName", "Name", "Status", "Input", "Output", "StartedTime", "StoppedTime", "FlowDefinition",
            "RequestId",
        ]
        #expect(names == published)
        #expect(started["Status"] == "Running" && started["Input"] == "{}" && started["StoppedTime"] == "")
        let again = try await cloud.ask("StartExecution", run.merging(["Input": #"{"other":1}"#]) { $1 })
        #expect(again["Input"] == "{}" && again["StartedTime"] == started["StartedTime"])
        let stopped = try await cloud.ask("StopExecution", run.merging(["Error": "Bored"]) { $1 })
        #expect(stopped["RoleArn"] == "")
        let (status, body) = try await cloud.call("StartExecution", run)
        #expect(status == 400 && body["Code"] == "ExecutionAlreadyExists")
        #expect(body["Message"] == "Execution 7-run for flow Demo already exists.")
        let late = try await cloud.call("StopExecution", run)
        #expect(late.status == 400 && late.body["Code"] == "ExecutionAlreadyCompleted")
        #expect(late.body["Message"] == "Execution '7-run' for flow 'Demo' has already completed.")
    }

    @Test func `an execution without a name gets one, and its repeat would get the same`() async throws {
        let cloud = try await begin(CloudFlows.rest)
        cloud.doors.fail(.lost("the engine was killed"))
        async let answer = cloud.ask("StartExecution", ["FlowName": "Demo", "ExecutionName": ""])
        await cloud.loop.until { cloud.loop.armed.contains(.milliseconds(100)) }
        await cloud.loop.advance(by: .milliseconds(100))
        let name = try await answer["Name"]?.stringValue
        #expect(name?.utf8.count == 36)
        let listed = try await cloud.ask("ListExecutions", ["FlowName": "Demo"])
        #expect(listed["Executions"]?.arrayValue?.count == 1)
        #expect(listed["Executions"]?[0]?["Input"] == "{}")
    }

    @Test func `missing flows and executions are told apart`() async throws {
        let cloud = try await begin(CloudFlows.pass)
        let flow = try await cloud.call("DescribeExecution", ["FlowName": "None", "ExecutionName": "x"])
        #expect(flow.status == 404 && flow.body["Message"] == "Flow  None does not exist.")
        for action in ["DescribeExecution", "GetExecutionHistory", "StopExecution"] {
            let missing = try await cloud.call(action, ["FlowName": "Demo", "ExecutionName": "x"])
            #expect(missing.status == 404 && missing.body["Code"] == "ExecutionNotExists", "\(action)")
            #expect(missing.body["Message"] == "Execution x for flow Demo does not exist.")
        }
    }

    @Test func `a long poll ends with the execution, or with its time`() async throws {
        let cloud = try await begin(CloudFlows.rest)
        try await cloud.ask("StartExecution", run)
        let poll = run.merging(["WaitTimeSeconds": "20"]) { $1 }
        async let timed = cloud.ask("DescribeExecution", poll)
        await cloud.loop.until { cloud.port.waits.calls == 1 && cloud.loop.armed.contains(.seconds(20)) }
        await cloud.loop.advance(by: .seconds(20))
        #expect(try await timed["Status"] == "Running")
        async let ended = cloud.ask("DescribeExecution", poll)
        await cloud.loop.until { cloud.port.waits.calls == 1 && cloud.loop.armed.contains(.seconds(20)) }
        try await cloud.ask("StopExecution", run)
        #expect(try await ended["Status"] == "Stopped")
        #expect(cloud.port.waits == (0, 0))
        for seconds in ["61", "-1", "1.5"] {
            let wrong = try await cloud.call(
                "DescribeExecution", run.merging(["WaitTimeSeconds": seconds]) { $1 })
            #expect(wrong.status == 400 && wrong.body["Code"] == "InvalidArgument")
        }
    }

    @Test func `an Express flow is run to its end`() async throws {
        let cloud = try await begin(CloudFlows.fail, ["ExecutionMode": "Express"])
        let ended = try await cloud.ask("StartSyncExecution", run)
        #expect(ended["Status"] == "Failed" && ended["ErrorCode"] == "OutOfStock")
        #expect(ended["ErrorMessage"] == "sold out" && ended["Output"] == "")
        #expect(ended["Name"]?.stringValue?.hasPrefix("7-run:") == true)
        let standard = try await cloud.call("StartExecution", run)
        #expect(standard.status == 400 && standard.body["Code"] == "InvalidArgument")
    }

    @Test func `a history is paged, with numbers and details as text`() async throws {
        let cloud = try await begin(CloudFlows.pass)
        try await cloud.ask("StartExecution", run)
        try await cloud.ask("DescribeExecution", run.merging(["WaitTimeSeconds": "60"]) { $1 })
        var events: [JSONValue] = []
        var token: String?
        repeat {
            var parameters = run.merging(["Limit": "2"]) { $1 }
            parameters["NextToken"] = token
            let page = try await cloud.ask("GetExecutionHistory", parameters)
            events += page["Events"]?.arrayValue ?? []
            token = page["NextToken"]?.stringValue
        } while token != nil
        #expect(events.compactMap { $0["EventId"]?.integerValue } == Array(1...Int64(events.count)))
        #expect(events.first?["Type"] == "ExecutionStarted" && events.first?["ScheduleEventId"] == 0)
        #expect(events.last?["Type"] == "ExecutionSucceeded")
        for event in events {
            #expect(try JSONParser.parse(try #require(event["EventDetail"]?.stringValue)).objectValue != nil)
        }
    }

    /// The token of a task that waits, which the flow has sent to the queue.
    private func token(_ cloud: CloudUnderTest) async throws -> String {
        _ = try await cloud.port.call("CreateQueue", ["QueueName": "asked"], role: .admin, waits: false)
        try await cloud.ask("StartExecution", run)
        let taken = try await cloud.port.call(
            "ReceiveMessage", ["QueueName": "asked", "WaitSeconds": 30], role: .operate, waits: true)
        let body = try #require(taken["Messages"]?[0]?["MessageBody"]?.stringValue)
        return try #require(try JSONParser.parse(body)["taskToken"]?.stringValue)
    }

    @Test func `a task is reported once`() async throws {
        let cloud = try await begin(CloudFlows.ask)
        let report = ["TaskToken": try await token(cloud), "Output": #"{"answer":42}"#]
        #expect(try await cloud.ask("ReportTaskSucceeded", report)["EventId"]?.integerValue ?? 0 > 0)
        let again = try await cloud.call("ReportTaskSucceeded", report)
        #expect(again.status == 400 && again.body["Code"] == "TaskAlreadyCompleted")
        let sentence = try #require(again.body["Message"]?.stringValue)
        #expect(sentence.contains(/Task Demo\/7-run\/\d+ has already completed\./))
        let events = try await cloud.ask("GetExecutionHistory", run)["Events"]?.arrayValue ?? []
        let reported = events.first { $0["Type"] == "TaskSucceeded" }
        #expect(reported?["EventDetail"] == #"{"output":{"answer":42}}"#)
    }

    @Test(arguments: ["nonsense", "djEjYQ+/==", "djEjTm9uZSN4IzEjazEjQUE", ""])
    func `a token of no task is a wrong argument`(_ token: String) async throws {
        let cloud = try await begin(CloudFlows.pass)
        for action in ["ReportTaskSucceeded", "ReportTaskFailed"] {
            let answer = try await cloud.call(
                action, ["TaskToken": token, "Output": "{}", "Error": "Broken"])
            #expect(answer.status == 400 && answer.body["Code"] == "InvalidArgument")
            #expect(token.isEmpty || answer.body["Message"]?.stringValue?.contains(token) == false)
        }
    }

    @Test func `a read key sees no token, and touches nothing`() async throws {
        let cloud = try await begin(CloudFlows.ask)
        let token = try await token(cloud)
        let seen = try await cloud.ask("GetExecutionHistory", run)
        #expect(seen.text.contains(token))
        let masked = try await cloud.ask("GetExecutionHistory", run, as: "reader")
        #expect(!masked.text.contains("djEj") && masked.text.contains("…"))
        for (action, key) in [
            ("StartExecution", "reader"), ("ReportTaskFailed", "reader"), ("CreateFlow", "reader"),
            ("CreateFlow", "operator"), ("DeleteFlow", "operator"),
        ] {
            let answer = try await cloud.call(
                action, run.merging(["TaskToken": token, "Error": "x"]) { $1 }, as: key)
            #expect(answer.status == 403 && answer.body["Code"] == "AccessDenied", "\(action)")
            #expect(answer.body["Message"]?.stringValue?.contains("the role") == true)
        }
        #expect(try await cloud.call("StartExecution", run, as: "operator").status == 200)
    }

    @Test func `a key of some flows is refused the others, also by token`() async throws {
        let cloud = try await begin(CloudFlows.ask)
        let token = try await token(cloud)
        for (action, parameters) in [
            ("DescribeFlow", ["Name": "Demo"]), ("DescribeExecution", run),
            ("DescribeFlow", ["Name": "NeverMade"]),
            ("ReportTaskSucceeded", ["TaskToken": token, "Output": "{}"]),
            ("StartExecution", ["FlowName": "OrderDemo", "CallbackFnFTaskToken": token]),
        ] {
            let answer = try await cloud.call(action, parameters, as: "orders")
            #expect(answer.status == 403 && answer.body["Code"] == "AccessDenied", "\(action)")
        }
        #expect(try await cloud.call("DescribeFlow", ["Name": "OrderX"], as: "orders").status == 404)
    }
}

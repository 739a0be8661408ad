import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowWeb

/// The way to the engine: connections, bounds, and calls that meet its end.
@Suite(.timeLimit(.minutes(1))) struct EngineCallersTests {
    private func flow(_ cloud: CloudUnderTest, _ definition: String = CloudFlows.rest) async throws {
        try await cloud.ask("CreateFlow", ["Name": "Demo", "Definition": definition, "Type": "FDL"])
    }

    private let run = ["FlowName": "Demo", "ExecutionName": "run"]

    @Test func `calls that work share a connection for each door, those that wait have others`() async throws
    {
        var limits = EngineLimits()
        limits.waitsPerConnection = 2
        limits.waitsMax = 5
        let cloud = try await CloudUnderTest(limits: limits)
        try await flow(cloud)
        try await cloud.ask("StartExecution", run)
        let poll = run.merging(["WaitTimeSeconds": "60"]) { $1 }
        try await withThrowingTaskGroup(of: JSONValue.self) { group in
            for _ in 1...5 { group.addTask { try await cloud.ask("DescribeExecution", poll) } }
            await cloud.loop.until { cloud.port.waits == (5, 3) }
            let refused = try await cloud.call("DescribeExecution", poll)
            #expect(refused.status == 429 && refused.body["Code"] == "ResourceThrottled")
            #expect(cloud.doors.connections == [.admin: 1, .client: 4])
            try await cloud.ask("StopExecution", run)
            for try await answer in group { #expect(answer["Status"] == "Stopped") }
        }
        #expect(cloud.port.waits == (0, 0))
    }

    @Test func `a peer that is gone frees its place`() async throws {
        let cloud = try await CloudUnderTest()
        try await flow(cloud)
        try await cloud.ask("StartExecution", run)
        let poll = Task {
            try await cloud.call("DescribeExecution", run.merging(["WaitTimeSeconds": "60"]) { $1 })
        }
        await cloud.loop.until { cloud.port.waits.calls == 1 && cloud.loop.armed.contains(.seconds(60)) }
        poll.cancel()
        _ = try? await poll.value
        #expect(cloud.port.waits == (0, 0))
    }

    @Test func `a call that meets the end of an engine goes to its successor, under its key`() async throws {
        let cloud = try await CloudUnderTest()
        cloud.doors.fail(.answered(.stopping), .answered(.stopping))
        async let answer: Void = flow(cloud)
        for _ in 1...2 {
            await cloud.loop.until { cloud.loop.armed.contains(.milliseconds(100)) }
            await cloud.loop.advance(by: .milliseconds(100))
        }
        try await answer
        let asked = cloud.doors.asked
        #expect(asked.count == 3 && Set(asked.map(\.key)).count == 1)
    }

    @Test func `what a lost call has made is answered to its repeat`() async throws {
        let cloud = try await CloudUnderTest()
        cloud.doors.fail(.lost("killed"))
        async let answer: Void = flow(cloud)
        await cloud.loop.until { cloud.loop.armed.contains(.milliseconds(100)) }
        await cloud.loop.advance(by: .milliseconds(100))
        try await answer
        #expect(cloud.doors.asked.map { $0.params["OnlyNew"] } == [true, nil])
    }

    /// Calls an action whose first reply is lost.
    private func lose(
        _ cloud: CloudUnderTest, _ action: String, _ parameters: [String: String]
    ) async throws -> JSONValue {
        cloud.doors.fail(.lost("killed"))
        async let answer = cloud.ask(action, parameters)
        await cloud.loop.until { cloud.loop.armed.contains(.milliseconds(100)) }
        await cloud.loop.advance(by: .milliseconds(100))
        return try await answer
    }

    @Test func `a change whose reply was lost is not refused because it was made`() async throws {
        let cloud = try await CloudUnderTest()
        try await flow(cloud)
        try await cloud.ask("StartExecution", run)
        let stopped = try await lose(cloud, "StopExecution", run)
        #expect(stopped["Status"] == "Stopped" && stopped["Name"] == "run")
        let gone = try await lose(cloud, "DeleteFlow", ["Name": "Demo"])
        #expect(gone.objectValue?.count == 1)
        // One that was not lost is told the truth.
        #expect(try await cloud.call("DeleteFlow", ["Name": "Demo"]).status == 404)
    }

    @Test func `a repeated poll waits for the rest of its time`() async throws {
        let cloud = try await CloudUnderTest()
        try await flow(cloud)
        try await cloud.ask("StartExecution", run)
        cloud.doors.fail(.answered(RPCError(.canceled, "the engine ends", retryable: true)))
        async let answer = cloud.ask("DescribeExecution", run.merging(["WaitTimeSeconds": "2"]) { $1 })
        await cloud.loop.until { cloud.loop.armed.contains(.milliseconds(100)) }
        await cloud.loop.advance(by: .milliseconds(1500))
        await cloud.loop.until { cloud.doors.asked.last?.params["WaitTimeSeconds"] == 1 }
        await cloud.loop.until { cloud.loop.armed.contains(.seconds(1)) }
        await cloud.loop.advance(by: .seconds(1))
        #expect(try await answer["Status"] == "Running")
    }

    @Test func `an engine that stays away is told in the shape of the API`() async throws {
        let cloud = try await CloudUnderTest()
        cloud.doors.fail(.unreachable("no connection could be made"))
        let away = try await cloud.call("ListFlows")
        #expect(away.status == 503 && away.body["Code"] == "ServiceUnavailable")
        // An execution is not run a second time because the reply to the first was lost.
        try await cloud.ask(
            "CreateFlow",
            ["Name": "Demo", "Definition": CloudFlows.pass, "Type": "FDL", "ExecutionMode": "Express"])
        cloud.doors.fail(.lost("killed"))
        let lost = try await cloud.call("StartSyncExecution", run)
        #expect(lost.status == 503)
        let listed = try await cloud.ask("ListExecutions", ["FlowName": "Demo"])
        #expect(listed["Executions"]?.arrayValue?.count == 1)
    }

    @Test func `an engine that ends for longer than the patience is given up`() async throws {
        var limits = EngineLimits()
        limits.patience = .milliseconds(200)
        let cloud = try await CloudUnderTest(limits: limits)
        cloud.doors.fail(.answered(.stopping), .answered(.stopping), .answered(.stopping))
        async let answer = cloud.call("ListFlows")
        for _ in 1...2 {
            await cloud.loop.until { cloud.loop.armed.contains(.milliseconds(100)) }
            await cloud.loop.advance(by: .milliseconds(100))
        }
        #expect(try await answer.status == 503)
    }
}

import FlowEngineAPI
import FlowStore
import Logging
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

@Suite(.timeLimit(.minutes(1))) struct HistoryTests {
    private func page(
        _ test: EngineUnderTest, from token: String?, limit: Int64
    ) async throws -> GetExecutionHistory.Result {
        try await test.client.call(
            GetExecutionHistory.self,
            .with {
                $0.flowName = "Demo"
                $0.executionName = "run"
                $0.nextToken = token
                $0.limit = limit
            })
    }

    @Test func `pages of a history join without gap or repeat`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.ask)
        try await test.begin()
        _ = try await test.succeed(try await test.submitted(), #"{"answer":1}"#)
        let whole = try await test.history()
        for limit in 1...9 as ClosedRange<Int64> {
            var events: [EventRecord] = []
            var token: String?
            repeat {
                let result = try await page(test, from: token, limit: limit)
                #expect(result.events.count <= limit)
                events += result.events
                token = result.nextToken
            } while token != nil
            #expect(events == whole)
        }
        #expect(
            await refusal { try await page(test, from: "x", limit: 1) }?.details["parameter"] == "NextToken")
        #expect(
            await refusal { try await page(test, from: nil, limit: 1001) }?.details["parameter"] == "Limit")
    }

    @Test func `live tokens are shown to operators only`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.ask)
        try await test.begin()
        let token = try await test.submitted()
        #expect(try await test.history(through: .client).contains { $0.eventDetail.contains(token) })
        #expect(try await test.history(through: .report).allSatisfy { !$0.eventDetail.contains(token) })
        #expect(try await test.openTasks(through: .client).map(\.taskToken) == [token])
        #expect(try await test.openTasks(through: .report).map(\.taskToken) == [nil])
    }

    @Test func `an open task tells what it waits for and until when`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.ask)
        try await test.begin()
        _ = try await test.submitted()
        let task = try #require(try await test.openTasks().first)
        #expect(task.stepName == "ask" && task.state == "waitingForCallback" && task.attempt == 0)
        #expect(task.resourceArn == "acs:mns:::/topics/ask/messages")
        #expect(task.deadline == test.loop.now.advanced(by: .seconds(300)).description)
        #expect(task.trouble == nil && task.redeliveries == 0)
    }

    @Test func `executions are listed newest first, filtered, page by page`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.ask)
        for number in 0..<7 {
            try await test.begin("run-\(number)")
            await test.loop.advance(by: .milliseconds(600))
        }
        _ = try await test.succeed(try await test.submitted("run-3"), #"{"answer":1}"#)
        func list(_ edit: (inout ListExecutions.Params) -> Void) async throws -> ListExecutions.Result {
            var params = ListExecutions.Params.with { $0.flowName = "Demo" }
            edit(&params)
            return try await test.client.call(ListExecutions.self, params)
        }
        let all = try await list { _ in }.executions
        #expect(all.map(\.name) == (0..<7).reversed().map { "run-\($0)" })
        #expect(all.allSatisfy { $0.flowDefinition.isEmpty && $0.input.isEmpty })
        var names: [String] = []
        var token: String?
        repeat {
            let next = token
            let page = try await list {
                $0.limit = 2
                $0.nextToken = next
            }
            names += page.executions.map(\.name)
            token = page.nextToken
        } while token != nil
        #expect(names == all.map(\.name))
        #expect(try await list { $0.status = "Succeeded" }.executions.map(\.name) == ["run-3"])
        #expect(try await list { $0.executionNamePrefix = "run-5" }.executions.map(\.name) == ["run-5"])
        let begin = all[2].startedTime
        #expect(try await list { $0.startedTimeBegin = begin }.executions.count == 3)
        #expect(await refusal { try await list { $0.status = "Gone" } }?.details["parameter"] == "Status")
        #expect(
            await refusal { try await list { $0.startedTimeEnd = "noon" } }?.details["parameter"]
                == "StartedTimeEnd")
        #expect(await refusal { try await list { $0.flowName = "Nobody" } }?.name == .flowNotExists)
    }

    @Test func `an execution that goes well costs two lines in the journal, with its order`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.askThenWork)
        try await test.begin(labels: ["order": "o-1"])
        _ = try await test.succeed(try await test.submitted(), #"{"answer":1}"#)
        _ = try await test.end()
        let lines = test.log.all.filter { $0.level >= .info }
        #expect(lines.map { $0.metadata["messageID"] } == ["executionStarted", "executionSucceeded"])
        #expect(lines.allSatisfy { $0.metadata["order"] == "o-1" && $0.metadata["execution"] == "run" })
    }
}

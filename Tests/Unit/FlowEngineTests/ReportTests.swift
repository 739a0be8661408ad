import FlowEngineAPI
import FlowModel
import FlowStore
import Logging
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

@Suite(.timeLimit(.minutes(1))) struct ReportTests {
    /// A running execution whose task waits for its report.
    private func asked() async throws -> (EngineUnderTest, token: String) {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.ask)
        try await test.begin(input: #"{"order":"o-1"}"#)
        let services = test.services
        await test.loop.until { services.calls("Ask").count == 1 }
        return (test, services.calls("Ask")[0].task.token)
    }

    @Test func `a report ends the task and goes on`() async throws {
        let (test, token) = try await asked()
        let event = try await test.succeed(token, #"{"answer":42}"#)
        let record = try await test.describe()
        #expect(record.status == "Succeeded" && record.output == #"{"answer":42}"#)
        let history = try await test.history()
        #expect(history.first { $0.eventId == event }?.type == "TaskSucceeded")
        #expect(
            history.map(\.type) == [
                "ExecutionStarted", "StepEntered", "TaskScheduled", "TaskStarted", "TaskSubmitted",
                "TaskSucceeded",
                "StepExited", "ExecutionSucceeded",
            ])
        #expect(history.map(\.eventId) == Array(1...8))
    }

    @Test func `too large an output is refused and leaves the task open`() async throws {
        let (test, token) = try await asked()
        let large = #"{"answer":""# + String(repeating: "x", count: 1_100_000) + #""}"#
        let error = try #require(await refusal { try await test.succeed(token, large) })
        #expect(error.name == .entityTooLarge && error.details["parameter"] == "Output")
        _ = try await test.succeed(token, #"{"answer":42}"#)
        #expect(try await test.describe().status == "Succeeded")
    }

    @Test func `the same report again is answered with the first event, in memory and after a restart`()
        async throws
    {
        let (test, token) = try await asked()
        let event = try await test.succeed(token, #"{"answer":1}"#, key: "pay-1")
        #expect(try await test.succeed(token, #"{"answer":1}"#, key: "pay-1") == event)
        let next = try await test.restarted()
        #expect(try await next.succeed(token, #"{"answer":1}"#, key: "pay-1") == event)
    }

    @Test func `another report of an ended task is told how the task ended`() async throws {
        let (test, token) = try await asked()
        let event = try await test.succeed(token, #"{"answer":1}"#, key: "pay-1")
        for key in ["pay-2", nil] {
            let error = try #require(await refusal { try await test.succeed(token, key: key) })
            #expect(error.name == .taskAlreadyCompleted && !error.retryable)
            #expect(error.details == ["outcome": "TaskSucceeded", "eventId": .integer(event)])
        }
        #expect(
            await refusal { try await test.fail(token, "E", key: "pay-1") }?.name == .taskAlreadyCompleted)
    }

    @Test func `two reports in one tick: the first wins, the second is told so`() async throws {
        let (test, token) = try await asked()
        let engine = test.engine
        let results = try await test.loop.together(
            ["a", "b"].map { key in
                { () async throws -> RPCError? in
                    var params = ReportTaskSucceeded.Params()
                    params.taskToken = token
                    params.output = #"{"answer":1}"#
                    do throws(RPCError) {
                        _ = try await engine.reportTaskSucceeded(params, key: key)
                        return nil
                    } catch {
                        return error
                    }
                }
            })
        #expect(results.compactMap(\.self).map(\.name) == [.taskAlreadyCompleted])
    }

    @Test func `a reported failure fails the execution with its name`() async throws {
        let (test, token) = try await asked()
        let event = try await test.fail(token, "OutOfStock", key: "k")
        #expect(try await test.fail(token, "OutOfStock", key: "k") == event)
        let record = try await test.describe()
        #expect(record.status == "Failed" && record.error == "OutOfStock" && record.cause == "because")
        let line = try #require(test.log.lines(of: "executionFailed").first)
        #expect(
            line.level == .warning && line.metadata["step"] == "ask" && line.metadata["error"] == "OutOfStock"
        )
    }

    @Test func `a report after the task's timeout is told that it timed out`() async throws {
        let (test, token) = try await asked()
        await test.loop.advance(by: .seconds(300))
        let error = try #require(await refusal { try await test.succeed(token, #"{"answer":1}"#) })
        #expect(error.name == .taskAlreadyCompleted)
        #expect(error.details["outcome"] == "TaskTimedOut")
        #expect(test.log.lines(of: "taskTimedOut").count == 1)
    }

    @Test func `a report after a stop is told that the execution was stopped`() async throws {
        let (test, token) = try await asked()
        _ = try await test.client.call(
            StopExecution.self,
            .with {
                $0.flowName = "Demo"
                $0.executionName = "run"
            })
        let error = try #require(await refusal { try await test.succeed(token, #"{"answer":1}"#) })
        #expect(error.name == .taskAlreadyCompleted)
        #expect(error.details["outcome"] == "ExecutionStopped")
    }

    @Test func `a report that comes before the service has answered is taken`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.ask)
        let report = test.door(.report)
        test.services.on("Ask") { (_, meta) async throws(RPCError) in
            let params = ReportTaskSucceeded.Params.with {
                $0.taskToken = meta.task?.token ?? ""
                $0.output = #"{"answer":"early"}"#
            }
            do throws(RPCFailure) { _ = try await report.call(ReportTaskSucceeded.self, params) } catch {
                throw error.rpcError
            }
            return [:]
        }
        try await test.begin()
        let record = try await test.end()
        #expect(record.status == "Succeeded" && record.output == #"{"answer":"early"}"#)
        #expect(try await test.history().map(\.type).filter { $0 == "TaskSubmitted" }.count == 1)
        #expect(test.services.calls("Ask").count == 1)
    }

    @Test func `a forged token is refused, whatever was changed in it`() async throws {
        let (test, text) = try await asked()
        let token = try TaskToken(text: text)
        func changed(
            execution: String? = nil, event: Int64? = nil, key: String? = nil, mac: [UInt8]? = nil
        ) -> String {
            TaskToken(
                flow: token.flow, execution: execution ?? token.execution,
                scheduledEventID: event ?? token.scheduledEventID, keyID: key ?? token.keyID,
                mac: mac ?? token.mac
            ).text
        }
        try await test.begin("other")
        var mac = token.mac
        mac[0] ^= 1
        let forged = [
            changed(execution: "other"), changed(event: 2), changed(key: "k2"), changed(mac: mac), "nonsense",
            changed(mac: Array(mac.dropLast())), "",
        ]
        for text in forged {
            let error = try #require(await refusal { try await test.succeed(text, #"{"answer":1}"#) })
            #expect(error.name == .invalidArgument && error.details["parameter"] == "TaskToken")
        }
        #expect(
            await refusal { try await test.succeed(changed(execution: "none"), "{}") }?.name
                == .executionNotExists)
        #expect(try await test.describe().status == "Running")
    }

    @Test func `a token of a deleted flow says nothing to a namesake`() async throws {
        let (test, token) = try await asked()
        _ = try await test.client.call(
            StopExecution.self,
            .with {
                $0.flowName = "Demo"
                $0.executionName = "run"
            })
        _ = try await test.door(.admin).call(DeleteFlow.self, .with { $0.name = "Demo" })
        try await test.apply(Definitions.ask)
        try await test.begin(input: #"{"order":"o-1"}"#)
        #expect(await refusal { try await test.succeed(token, #"{"answer":1}"#) }?.name == .invalidArgument)
    }

    @Test func `a token of an older key is taken as long as the key is in the file`() {
        let older = TaskTokenKeys.Key(id: "old", bytes: Array(repeating: 1, count: 32))
        let current = TaskTokenKeys.Key(id: "new", bytes: Array(repeating: 2, count: 32))
        let text = TaskTokenKeys(current: older).mint(execution: 9).token(
            flow: "F", execution: "e", scheduledEventID: 3)
        guard let token = try? TaskToken(text: text) else {
            Issue.record("the token can't be read")
            return
        }
        #expect(TaskTokenKeys(current: current, older: [older]).isGenuine(token, execution: 9))
        #expect(!TaskTokenKeys(current: current, older: [older]).isGenuine(token, execution: 8))
        #expect(!TaskTokenKeys(current: current).isGenuine(token, execution: 9))
    }

    @Test func `an Output that is no object, an empty and a long Error are refused by name`() async throws {
        let (test, token) = try await asked()
        #expect(await refusal { try await test.succeed(token, "[1]") }?.details["parameter"] == "Output")
        #expect(await refusal { try await test.fail(token, "") }?.details["parameter"] == "Error")
        let long = String(repeating: "x", count: 129)
        #expect(await refusal { try await test.fail(token, long) }?.details["parameter"] == "Error")
    }

    @Test func `a task whose result is the service's answer takes no report`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.work())
        test.services.shop.way = .down
        try await test.begin()
        let token = try #require(try await test.openTasks().first?.taskToken)
        #expect(await refusal { try await test.succeed(token, "{}") }?.name == .taskInvalidState)
    }
}

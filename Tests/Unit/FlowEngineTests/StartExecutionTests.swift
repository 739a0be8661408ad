import FlowEngineAPI
import FlowStore
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

@Suite(.timeLimit(.minutes(1))) struct StartExecutionTests {
    @Test func `a flow without waits has ended when its start is answered`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        let record = try await test.begin(input: #"{ "b" : 1 }"#, labels: ["order": "o-1"])
        #expect(record.status == "Succeeded")
        #expect(record.input == #"{ "b" : 1 }"#)
        #expect(record.output == #"{"greeting":"hello"}"#)
        #expect(record.labels == ["order": "o-1"])
        #expect(record.flowDefinition == Definitions.pass)
        #expect(!record.startedTime.isEmpty && !record.stoppedTime.isEmpty)
        #expect(try await test.describe() == record)
    }

    @Test func `an execution that has left the memory is described the same`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        let record = try await test.begin(input: #"{"b":1}"#)
        let next = try await test.restarted()
        #expect(try await next.describe() == record)
    }

    @Test func `an empty name is replaced by a UUID`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        let (first, second) = (try await test.begin(""), try await test.begin(""))
        #expect(first.name.utf8.count == 36 && first.name != second.name)
        #expect(try await test.describe(first.name).status == "Succeeded")
    }

    @Test func `a running execution of the same name is returned and nothing is started`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.ask)
        let first = try await test.begin(input: #"{"order":1}"#)
        let again = try await test.begin(input: #"{"order":2}"#)
        #expect(again == first && again.input == #"{"order":1}"#)
        #expect(test.services.calls("Ask").count == 1)
    }

    @Test func `an ended execution of the same name is refused with its input`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        try await test.begin(input: #"{"a": 1}"#)
        for engine in [test, try await test.restarted()] {
            let error = try #require(await refusal { try await engine.begin() })
            #expect(error.name == .executionAlreadyExists)
            #expect(error.details == ["input": #"{"a": 1}"#, "status": "Succeeded"])
        }
    }

    @Test(arguments: [
        ("[]", "Input"), ("{", "Input"), (#"{"a":1,"a":2}"#, "Input"), ("7", "Input"),
    ])
    func `an Input that is no JSON object is refused by name`(_ input: String, _ parameter: String)
        async throws
    {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        let error = try #require(await refusal { try await test.begin(input: input) })
        #expect(error.name == .invalidArgument)
        #expect(error.details["parameter"] == .string(parameter))
    }

    @Test func `too large an Input, bad names, bad labels and an unknown flow have their own answers`()
        async throws
    {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        let large = #"{"a":""# + String(repeating: "x", count: 1_100_000) + #""}"#
        #expect(await refusal { try await test.begin(input: large) }?.name == .entityTooLarge)
        #expect(await refusal { try await test.begin("a b") }?.name == .invalidArgument)
        #expect(await refusal { try await test.begin(flow: "Nobody") }?.name == .flowNotExists)
        #expect(await refusal { try await test.begin(labels: ["a": 1]) }?.name == .invalidArgument)
        let many = JSONObject((0..<9).map { ("l\($0)", JSONValue.string("x")) })
        #expect(await refusal { try await test.begin(labels: many) }?.name == .invalidArgument)
        let callback = await refusal {
            try await test.client.call(
                StartExecution.self,
                .with {
                    $0.flowName = "Demo"
                    $0.callbackFnFTaskToken = "x"
                })
        }
        #expect(callback?.details["parameter"] == "CallbackFnFTaskToken")
    }

    @Test func `two starts of one name in the same tick start one execution`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.ask)
        async let first = test.begin()
        async let second = test.begin()
        let records = try await [first, second]
        #expect(records[0] == records[1])
        #expect(test.metrics.value("fnf_engine_executions_started_total") == 1)
    }

    @Test func `what arrives in one tick is one commit`() async throws {
        let store = FaultyStore()
        let test = try await EngineUnderTest(store)
        try await test.apply(Definitions.pass)
        let engine = test.engine
        let records = try await test.loop.together(
            (0..<50).map { number in
                {
                    var params = StartExecution.Params()
                    params.flowName = "Demo"
                    params.executionName = "run-\(number)"
                    return try await engine.startExecution(params)
                }
            })
        #expect(records.allSatisfy { $0.status == "Succeeded" })
        #expect(store.commits == 1)
    }

    @Test func `a stopped execution has ended, and once only`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.ask)
        try await test.begin()
        let stop = StopExecution.Params.with {
            $0.flowName = "Demo"
            $0.executionName = "run"
            $0.error = "Mine"
            $0.cause = "because"
        }
        let record = try await test.client.call(StopExecution.self, stop)
        #expect(record.status == "Stopped" && record.error == "Mine" && record.cause == "because")
        #expect(!record.stoppedTime.isEmpty && record.output.isEmpty)
        let error = try #require(await refusal { try await test.client.call(StopExecution.self, stop) })
        #expect(error.name == .executionAlreadyCompleted)
        #expect(error.details["status"] == "Stopped")
        #expect(test.log.lines(of: "executionStopped").count == 1)
    }

    @Test func `a description that waits is answered by the end`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.wait)
        try await test.begin()
        async let waiting = test.describe(wait: 60)
        let engine = test.engine
        await test.loop.until { engine.assumeIsolated { !$0.endWaiters.isEmpty } }
        await test.loop.advance(by: .seconds(60))
        #expect(try await waiting.status == "Succeeded")
    }

    @Test func `a description that waits in vain tells the state`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.ask)
        try await test.begin()
        async let waiting = test.describe(wait: 5)
        let engine = test.engine
        await test.loop.until { engine.assumeIsolated { !$0.endWaiters.isEmpty } }
        await test.loop.advance(by: .seconds(5))
        #expect(try await waiting.status == "Running")
        #expect(
            await refusal { try await test.describe(wait: 61) }?.details["parameter"] == "WaitTimeSeconds")
    }

    @Test func `a flow's own timeout ends it`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.flowTimeout)
        try await test.begin()
        await test.loop.advance(by: .seconds(30))
        #expect(try await test.describe().status == "TimedOut")
        #expect(test.log.lines(of: "executionTimedOut").count == 1)
    }
}

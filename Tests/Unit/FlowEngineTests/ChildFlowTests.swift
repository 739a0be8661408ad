import FlowEngineAPI
import FlowStore
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

/// Executions that tasks start. Source: fdl §5.4.
@Suite(.timeLimit(.minutes(1))) struct ChildFlowTests {
    /// - Parameter more: further attributes of the task, indented by four.
    private static func parent(_ pattern: String, _ more: String = "", flow: String = "Child") -> String {
        """
        version: v1
        type: flow
        steps:
          - type: task
            name: child
            pattern: \(pattern)
            resourceArn: acs:fnf:::flow/\(flow)
        \(more)
        """
    }

    private static let caught = """
            catch:
              - errors: [AuditError]
                goto: audited
            errorMappings:
              - target: was
                source: $local.error
          - type: succeed
            name: end
          - type: pass
            name: audited
            outputMappings:
              - target: caught
                source: $input.was
        """

    private func test(_ parent: String, child: String = Definitions.ask) async throws -> EngineUnderTest {
        let test = try await EngineUnderTest()
        try await test.apply(child, as: "Child")
        try await test.apply(parent)
        return test
    }

    private func child(_ test: EngineUnderTest) async throws -> ExecutionRecord {
        let children = try await children(test)
        return try #require(children.first)
    }

    private func children(_ test: EngineUnderTest) async throws -> [ExecutionRecord] {
        try await test.client.call(ListExecutions.self, .with { $0.flowName = "Child" }).executions
    }

    @Test func `a sync task ends with its child's output`() async throws {
        let test = try await test(Self.parent("sync"))
        try await test.begin(labels: ["order": "o-1"])
        let token = try await test.submitted(try await child(test).name)
        #expect(try await test.describe().status == "Running")
        #expect(try await child(test).labels == ["order": "o-1"])
        _ = try await test.succeed(token, #"{"answer":42}"#)
        #expect(try await test.describe().output == #"{"answer":42}"#)
        let types = try await test.history().map(\.type)
        #expect(
            types == [
                "ExecutionStarted", "StepEntered", "TaskScheduled", "TaskStarted", "TaskSubmitted",
                "TaskSucceeded", "StepExited", "ExecutionSucceeded",
            ])
        let submitted = try #require(try await test.history().first { $0.type == "TaskSubmitted" })
        #expect(submitted.eventDetail.contains(#""FlowName":"Child""#))
    }

    @Test func `a child that ends at once ends its parent in the same commit`() async throws {
        let store = FaultyStore()
        let test = try await EngineUnderTest(store)
        try await test.apply(Definitions.pass, as: "Child")
        try await test.apply(Self.parent("sync"))
        try await test.begin()
        #expect(try await test.end().output == #"{"greeting":"hello"}"#)
        #expect(store.commits == 2)
    }

    @Test func `with requestResponse the parent goes on and the child with it`() async throws {
        let test = try await test(
            Self.parent(
                "requestResponse",
                """
                    inputMappings:
                      - target: order
                        source: $input.order
                      - target: name
                        source: mine
                    serviceParams:
                      Input: $
                      ExecutionName: $.name
                """))
        try await test.begin()
        let output = try JSONParser.parse(try await test.end().output)
        #expect(output["FlowName"] == "Child" && output["Name"] == "mine" && output["Status"] == "Running")
        #expect(try await child(test).status == "Running")
        let token = try await test.submitted("mine")
        _ = try await test.succeed(token, #"{"answer":1}"#)
        let ended = try await test.describe("mine", flow: "Child")
        #expect(ended.status == "Succeeded" && ended.input == #"{"name":"mine","order":"o-1"}"#)
    }

    @Test func `with waitForCallback the child, or anybody, reports the parent's token`() async throws {
        let test = try await test(
            Self.parent(
                "waitForCallback",
                """
                    inputMappings:
                      - target: parentToken
                        source: $context.task.token
                      - target: order
                        source: $input.order
                """))
        try await test.begin()
        _ = try await test.submitted(try await child(test).name)
        let input = try JSONParser.parse(
            try await test.describe(try await child(test).name, flow: "Child").input)
        _ = try await test.succeed(try #require(input["parentToken"]?.stringValue), #"{"by":"child"}"#)
        #expect(try await test.describe().output == #"{"by":"child"}"#)
        #expect(try await child(test).status == "Running")
    }

    @Test func `a child's error reaches the parent's catch under its own name`() async throws {
        let test = try await test(Self.parent("sync", Self.caught))
        try await test.begin()
        let token = try await test.submitted(try await child(test).name)
        _ = try await test.fail(token, "AuditError")
        #expect(try await test.describe().output == #"{"caught":"AuditError","was":"AuditError"}"#)
    }

    @Test func `the error of a child that was stopped reaches the parent`() async throws {
        let test = try await test(Self.parent("sync"))
        try await test.begin()
        let name = try await child(test).name
        _ = try await test.client.call(
            StopExecution.self,
            .with {
                $0.flowName = "Child"
                $0.executionName = name
                $0.error = "AnyCustomError"
            })
        #expect(try await test.describe().error == "AnyCustomError")
    }

    @Test func `a child that times out as a whole is a task timeout to its parent`() async throws {
        let timed = Definitions.ask.replacing("type: flow", with: "type: flow\ntimeoutSeconds: 30")
        let test = try await test(Self.parent("sync"), child: timed)
        try await test.begin()
        _ = try await test.submitted(try await child(test).name)
        await test.loop.advance(by: .seconds(31))
        #expect(try await test.end().error == "FnF.TaskTimeout")
        #expect(try await child(test).status == "TimedOut")
    }

    @Test func `a child is stopped with the attempt that awaits it, and a retry starts another`() async throws
    {
        let test = try await test(
            Self.parent(
                "sync",
                """
                    timeoutSeconds: 10
                    retry:
                      - errors: [FnF.TaskTimeout]
                        maxAttempts: 1
                """))
        try await test.begin()
        _ = try await test.submitted(try await child(test).name)
        await test.loop.advance(by: .seconds(10))
        #expect(try await child(test).error == "FnF.ParentEnded")
        await test.loop.advance(by: .seconds(1))
        let loop = test.loop
        _ = loop
        let token = try await test.submitted(try await child(test).name)
        #expect(try await children(test).map(\.status) == ["Running", "Stopped"])
        _ = try await test.succeed(token, #"{"answer":2}"#)
        #expect(try await test.describe().output == #"{"answer":2}"#)
    }

    @Test func `stopping a parent stops the child it awaits`() async throws {
        let test = try await test(Self.parent("sync"))
        try await test.begin()
        _ = try await test.submitted(try await child(test).name)
        _ = try await test.client.call(
            StopExecution.self,
            .with {
                $0.flowName = "Demo"
                $0.executionName = "run"
            })
        #expect(try await child(test).status == "Stopped")
        #expect(try await child(test).error == "FnF.ParentEnded")
    }

    @Test func `a name that is taken fails a sync task with the service's name before the error`()
        async throws
    {
        let named = """
                serviceParams:
                  Input: $
                  ExecutionName: taken
            """
        let test = try await test(Self.parent("sync", named))
        try await test.begin("taken", flow: "Child")
        try await test.begin()
        #expect(try await test.end().error == "fnf.ExecutionAlreadyExists")
    }

    @Test func `a flow that is not there fails the task and says so`() async throws {
        let test = try await test(Self.parent("requestResponse", flow: "Nowhere"))
        try await test.begin()
        let end = try await test.end()
        #expect(end.error == "fnf.FlowNotExists" && end.cause == "Flow Nowhere does not exist")
    }

    @Test func `a flow that awaits itself without end is refused by its depth`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Self.parent("sync", flow: "Demo"))
        try await test.begin()
        let end = try await test.end()
        #expect(end.error == "fnf.InvalidArgument")
        #expect(end.cause?.contains("64 executions already wait for one another") == true)
    }

    @Test func `action fnf StartExecution starts the flow that its parameters name`() async throws {
        let action = """
            version: v1
            type: flow
            steps:
              - type: task
                name: start
                action: fnf:StartExecution
                serviceParams:
                  FlowName: Child
                  ExecutionName: acted
                  Input:
                    order: o-9
            """
        let test = try await test(action)
        try await test.begin()
        #expect(try await test.end().status == "Succeeded")
        #expect(try await test.describe("acted", flow: "Child").input == #"{"order":"o-9"}"#)
    }

    @Test func `an execution started with a callback token reports its end to that task`() async throws {
        let test = try await test(Definitions.ask, child: Definitions.ask)
        try await test.begin()
        let token = try await test.submitted()
        for name in ["helper", "helper"] {
            let record = try await test.client.call(
                StartExecution.self,
                .with {
                    $0.flowName = "Child"
                    $0.executionName = name
                    $0.input = #"{"order":"o-2"}"#
                    $0.callbackFnFTaskToken = token
                })
            #expect(record.status == "Running")
        }
        _ = try await test.succeed(try await test.submitted("helper"), #"{"answer":5}"#)
        #expect(try await test.describe().output == #"{"answer":5}"#)
        let refused = await refusal {
            try await test.client.call(
                StartExecution.self,
                .with {
                    $0.flowName = "Child"
                    $0.executionName = "late"
                    $0.callbackFnFTaskToken = token
                })
        }
        #expect(refused?.name == .taskAlreadyCompleted)
    }

    @Test func `a child waits over a restart, and its parent with it`() async throws {
        let test = try await test(Self.parent("sync"))
        try await test.begin()
        let name = try await child(test).name
        let token = try await test.submitted(name)
        let next = try await test.restarted()
        _ = try await next.succeed(token, #"{"answer":3}"#)
        #expect(try await next.describe().output == #"{"answer":3}"#)
        let other = try await next.restarted()
        #expect(try await other.describe().output == #"{"answer":3}"#)
    }

    @Test func `killed after any commit, one child is started and its result arrives`() async throws {
        for commits in 1...8 {
            let store = FaultyStore()
            let test = try await EngineUnderTest(store)
            try await test.apply(Definitions.work(), as: "Child")
            try await test.apply(Self.parent("sync"))
            store.commitsMax = commits
            _ = try? await test.begin()
            let engine = test.engine
            await test.loop.until { engine.assumeIsolated { $0.storeFailures > 0 || $0.openExecutions == 0 } }
            store.commitsMax = .max
            let next = try await test.restarted()
            _ = try? await next.begin()
            #expect(try await next.end().status == "Succeeded", "killed after \(commits) commits")
            #expect(try await children(next).count == 1, "killed after \(commits) commits")
        }
    }
}

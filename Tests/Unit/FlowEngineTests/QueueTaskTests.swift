import FlowEngineAPI
import FlowStore
import FlowStoreSQLite
import LoopSupport
import Primitives
import RPCProtocol
import Synchronization
import Testing

@testable import FlowEngine

/// Steps whose resource is a queue that nobody binds: the engine's own.
@Suite(.timeLimit(.minutes(1))) struct QueueTaskTests {
    static func sending(_ params: String = "", pattern: String = "requestResponse", more: String = "")
        -> String
    {
        """
        version: v1
        type: flow
        steps:
          - type: task
            name: tell
            resourceArn: acs:mns:cn-hangzhou:123:/queues/work/messages
            pattern: \(pattern)
            inputMappings:
              - {target: taskToken, source: $context.task.token}
              - {target: order, source: $input.order}
        \(params)
        \(more)
        """
    }

    @Test func `a step sends its input, and its result is what the queue answers`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(
            """
            version: v1
            type: flow
            steps:
              - {type: task, name: tell, resourceArn: "acs:mns:::/queues/work/messages"}
            """)
        try await test.begin()
        let record = try await test.end()
        let output = try JSONParser.parse(record.output)
        let message = try #require(try await test.receive("work").first)
        #expect(message.messageBody == #"{"order":"o-1"}"# && message.priority == 8)
        #expect(output["MessageId"] == .string(message.messageId))
        #expect(output["MessageBodyMD5"] == .string(message.messageBodyMD5))
        #expect(output["RequestId"]?.stringValue?.hasPrefix("Demo/run/") == true)
        #expect(try await test.show("work").visibilityTimeout == 30)
    }

    @Test func `body, delay and priority come from the parameters`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(
            Self.sending(
                "    serviceParams: {MessageBody: $.order, DelaySeconds: 20, Priority: \"2\"}"))
        try await test.begin()
        #expect(try await test.end().status == "Succeeded")
        #expect(try await test.show("work").delayMessages == 1)
        await test.loop.advance(by: .seconds(20))
        let message = try #require(try await test.receive("work").first)
        #expect(message.messageBody == "o-1" && message.priority == 2)
    }

    @Test func `a callback step waits for whoever received its token`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(
            Self.sending("    serviceParams: {MessageBody: $}", pattern: "waitForCallback"))
        async let worker = test.receive("work-made", wait: 1)
        _ = try? await worker
        try await test.begin()
        let engine = test.engine
        await test.loop.until { engine.assumeIsolated { $0.staged.isEmpty && !$0.isCommitScheduled } }
        let message = try #require(try await test.receive("work").first)
        let body = try JSONParser.parse(message.messageBody)
        #expect(body["order"] == "o-1")
        #expect(try await test.describe().status == "Running")
        #expect(try await test.openTasks().first?.state == "waitingForCallback")
        _ = try await test.succeed(try #require(body["taskToken"]?.stringValue), #"{"answer":1}"#)
        #expect(try await test.end().output == #"{"answer":1}"#)
    }

    @Test func `a send by a step ends the wait of a receiver`() async throws {
        let test = try await EngineUnderTest()
        try await test.make("work")
        try await test.apply(Self.sending())
        async let waiting = test.receive("work", wait: 30)
        await test.untilWaiting(1)
        try await test.begin()
        #expect(try await waiting.count == 1)
    }

    @Test(arguments: [
        ("Priority: 17", "Priority"), ("Priority: high", "Priority"), ("DelaySeconds: -1", "DelaySeconds"),
        ("DelaySeconds: 1.5", "DelaySeconds"), ("MessageBody: \"\"", "MessageBody"),
    ]) func `a wrong parameter fails the step by name`(params: String, parameter: String) async throws {
        for pattern in ["requestResponse", "waitForCallback"] {
            let test = try await EngineUnderTest()
            try await test.apply(Self.sending("    serviceParams: {\(params)}", pattern: pattern))
            try await test.begin()
            let record = try await test.end()
            #expect(record.error == "MNS.InvalidArgument")
            #expect(record.cause?.hasPrefix("\(parameter): ") == true, "\(record.cause ?? "")")
            #expect(try await test.peekIfThere("work").isEmpty)
        }
    }

    @Test func `what the queue refuses can be caught`() async throws {
        var settings = FlowEngineSettings()
        settings.queueMessagesMax = 1
        let test = try await EngineUnderTest(settings: settings)
        try await test.apply(
            Self.sending(
                more: """
                        catch:
                          - errors: [MNS.QueueFull]
                            goto: later
                      - {type: pass, name: later, outputMappings: [{target: next, source: later}]}
                    """))
        try await test.begin("one")
        #expect(try await test.end("one").output.contains("MessageId"))
        try await test.begin("two")
        #expect(try await test.end("two").output == #"{"next":"later"}"#)
        #expect(try await test.history("two").contains { $0.type == "TaskFailed" })
        #expect(try await test.peek("work").count == 1)
    }

    @Test func `a body too large and a bad name fail the step`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Self.sending())
        try await test.begin(input: #"{"order":"\#(String(repeating: "x", count: 70_000))"}"#)
        #expect(try await test.end().error == "MNS.EntityTooLarge")
        try await test.apply(Definitions.calling("acs:mns:::/queues/-bad/messages"), as: "Bad")
        try await test.begin("bad", flow: "Bad")
        #expect(try await test.describe("bad", flow: "Bad", wait: 60).error == "MNS.InvalidArgument")
    }

    @Test func `a queue of the engine's own counts as bound, unless its name is wrong`() async throws {
        let test = try await EngineUnderTest()
        let result = try await test.client.call(
            CheckResources.self,
            .with {
                $0.resourceArns = [
                    "acs:mns:::/queues/any/messages", "acs:mns:::/queues/-bad/messages",
                    "acs:mns:::/queues/any",
                ]
            })
        #expect(
            result.unbound.map(\.resourceArn) == ["acs:mns:::/queues/-bad/messages", "acs:mns:::/queues/any"])
    }

    @Test func `a message that could not be written is sent once when the disk works again`() async throws {
        let store = FaultyStore()
        let test = try await EngineUnderTest(store)
        try await test.make("work")
        try await test.apply(Self.sending())
        // The start is written, the message is not.
        store.afterCommit { store.commitFault = FaultyStore.full }
        try await test.begin()
        let engine = test.engine
        await test.loop.until { engine.assumeIsolated { $0.toRevive.count == 1 } }
        #expect(try await test.show("work").activeMessages == 0)
        store.afterCommit {}
        store.commitFault = nil
        await test.loop.advance(by: .seconds(2))
        #expect(try await test.end().status == "Succeeded")
        #expect(try await test.show("work").activeMessages == 1)
        #expect(test.metrics.value("fnf_engine_messages_sent_total") == 1)
    }

    @Test(arguments: ["requestResponse", "waitForCallback"])
    func `a task that is taken up twice in one turn sends once`(pattern: String) async throws {
        let store = FaultyStore()
        let test = try await EngineUnderTest(store)
        try await test.make("work")
        try await test.apply(Self.sending(pattern: pattern))
        store.afterCommit { store.commitFault = FaultyStore.full }
        try await test.begin()
        let engine = test.engine
        await test.loop.until { engine.assumeIsolated { $0.toRevive.count == 1 } }
        store.afterCommit {}
        store.commitFault = nil
        let execution = try #require(await engine.toRevive.first)
        await engine.reviveTwice(execution)
        #expect(try await test.show("work").activeMessages == 1)
        #expect(test.metrics.value("fnf_engine_messages_sent_total") == 1)
    }
}

extension FlowEngineService {
    func reviveTwice(_ execution: Int64) async {
        revive(execution)
        revive(execution)
        await settle()
    }
}

extension EngineUnderTest {
    /// Nothing also when there is no such queue.
    func peekIfThere(_ queue: String) async throws -> [MessageRecord] {
        do { return try await peek(queue) } catch let failure as RPCFailure {
            guard failure.answer?.name == .queueNotExist else { throw failure }
            return []
        }
    }
}

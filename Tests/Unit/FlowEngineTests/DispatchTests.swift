import FlowEngineAPI
import FlowStore
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

@Suite(.timeLimit(.minutes(1))) struct DispatchTests {
    private func engine(_ definition: String) async throws -> EngineUnderTest {
        let test = try await EngineUnderTest()
        try await test.apply(definition)
        return test
    }

    @Test func `a message carries the whole input and the task's meta`() async throws {
        let test = try await engine(Definitions.ask)
        try await test.begin(input: #"{"order":"o-1"}"#, labels: ["order": "o-1"])
        let call = try #require(test.services.calls("Ask").first)
        #expect(call.params == ["order": "o-1", "taskToken": .string(call.task.token)])
        #expect(call.task.flow == "Demo" && call.task.execution == "run" && call.task.step == "ask")
        #expect(call.task.labels == ["order": "o-1"])
        #expect(call.task.attempt == 0 && call.task.redelivery == 0)
        #expect(call.task.deadline != nil)
        #expect(call.key == call.task.key && call.key == "Demo/run/\(call.task.scheduledEventID)")
    }

    @Test func `a function's answer is the step's result`() async throws {
        let test = try await engine(Definitions.work())
        test.services.on("Work") { (params, _) async throws(RPCError) in ["got": params] }
        try await test.begin(input: #"{"a":[1,"x"]}"#)
        #expect(try await test.end().output == #"{"got":{"a":[1,"x"]}}"#)
    }

    @Test func `a message that is not waited for gives its ids`() async throws {
        let test = try await engine(
            Definitions.calling("acs:mns:::/topics/ask/messages")
                + "\n    serviceParams:\n      MessageBody: hello")
        try await test.begin()
        let output = try JSONParser.parse(try await test.end().output)
        #expect(test.services.calls("Ask").first?.params == ["body": "hello"])
        #expect(output["MessageBodyMD5"] == "5D41402ABC4B2A76B9719D911017C592")
        #expect(output["MessageId"]?.stringValue?.utf8.count == 36)
        #expect(output["RequestId"] != nil)
    }

    @Test func `a named error of a function is the task's error`() async throws {
        let test = try await engine(Definitions.work())
        test.services.on("Work") { (_, _) async throws(RPCError) in
            throw RPCError("OutOfStock", "no beef left")
        }
        try await test.begin()
        let record = try await test.end()
        #expect(record.status == "Failed" && record.error == "OutOfStock" && record.cause == "no beef left")
        #expect(test.services.calls("Work").count == 1)
    }

    @Test func `a service that refuses a message fails the submission`() async throws {
        let test = try await engine(Definitions.ask)
        test.services.on("Ask") { (_, _) async throws(RPCError) in
            throw RPCError(.invalidParams, "order: is required")
        }
        try await test.begin()
        #expect(try await test.end().error == "InvalidParams")
        #expect(try await test.history().contains { $0.type == "TaskSubmitFailed" })
    }

    @Test func `a method that the service lacks fails the task`() async throws {
        let test = try await engine(Definitions.calling("acs:fc:::services/Shop/functions/absent"))
        try await test.begin()
        #expect(try await test.end().error == "MethodNotFound")
    }

    @Test(arguments: ["requestResponse", "waitForCallback"])
    func `an unbound resource fails the task with the nearest names`(_ pattern: String) async throws {
        let test = try await engine(
            Definitions.calling("acs:fc:::services/Shop/functions/wrok", pattern: pattern))
        try await test.begin()
        let record = try await test.end()
        #expect(record.error == "FnF.UnboundResource")
        #expect(record.cause?.contains("acs:fc:*:*:services/Shop*/functions/work") == true)
        #expect(test.log.lines(of: "unboundResource").count == 2)
    }

    @Test(arguments: [RPCErrorName.serviceUnavailable, .resourceThrottled, .deadlineExceeded, .canceled])
    func `a passing trouble delivers the same attempt again`(_ name: RPCErrorName) async throws {
        let test = try await engine(Definitions.work())
        test.services.on("Work") { (_, meta) async throws(RPCError) in
            if meta.task?.redelivery == 0 { throw RPCError(name, "not now") }
            return ["done": true]
        }
        try await test.begin()
        let (services, engine) = (test.services, test.engine)
        await test.loop.until {
            engine.assumeIsolated { $0.dispatcher.inFlight == 0 } && services.calls("Work").count == 1
        }
        let tasks = try await test.openTasks()
        #expect(tasks.first?.redeliveries == 1 && tasks.first?.trouble?.contains("not now") == true)
        #expect(tasks.first?.state == "delivering")
        await test.loop.advance(by: .seconds(1))
        #expect(try await test.end().output == #"{"done":true}"#)
        let calls = test.services.calls("Work")
        #expect(calls.map(\.task.redelivery) == [0, 1])
        #expect(Set(calls.map(\.key)).count == 1 && Set(calls.map(\.task.token)).count == 1)
        #expect(try await test.history().filter { $0.type == "TaskScheduled" }.count == 1)
        #expect(test.log.lines(of: "taskUndeliverable").count == 1)
    }

    @Test func `a reply that is lost delivers the same attempt again`() async throws {
        let test = try await engine(Definitions.work())
        test.services.shop.way = .repliesLost
        try await test.begin()
        let services = test.services
        await test.loop.until { services.calls("Work").count == 1 }
        test.services.shop.way = .open
        let engine = test.engine
        await test.loop.until { engine.assumeIsolated { $0.dispatcher.inFlight == 0 } }
        await test.loop.advance(by: .seconds(1))
        #expect(try await test.end().status == "Succeeded")
        #expect(test.services.calls("Work").map(\.task.redelivery) == [0, 1])
    }

    @Test func `a service that is down is tried by one call at a time and told once`() async throws {
        let test = try await engine(Definitions.work())
        test.services.shop.way = .down
        for number in 0..<20 { try await test.begin("run-\(number)") }
        let engine = test.engine
        await test.loop.until { engine.assumeIsolated { $0.dispatcher.inFlight == 0 } }
        let tried = test.services.shop.params(of: "Work").count
        #expect(tried <= 2)
        for _ in 0..<5 {
            await test.loop.advance(by: .seconds(10))
            await test.loop.until { engine.assumeIsolated { $0.dispatcher.inFlight == 0 } }
        }
        #expect(test.services.shop.params(of: "Work").count <= tried + 5)
        #expect(test.log.lines(of: "taskUndeliverable").count == 1)
        let down = try #require(await test.target("shop"))
        #expect(down["state"] == "down" && down["since"] != nil && down["waiting"] == 20)
        #expect(down["lastError"]?.stringValue?.contains("nobody listens") == true)
        #expect(try await test.openTasks("run-19").first?.trouble?.contains("nobody listens") == true)
        test.services.shop.way = .open
        await test.loop.advance(by: .seconds(10))
        for number in 0..<20 { #expect(try await test.end("run-\(number)").status == "Succeeded") }
        #expect(await test.target("shop")?["state"] == "up")
    }

    @Test func `a binding takes no more calls at once than it may`() async throws {
        let test = try await engine(Definitions.work())
        let gate = Gate()
        test.services.on("Work") { (_, _) async throws(RPCError) in
            await gate.pass()
            return [:]
        }
        for number in 0..<6 { try await test.begin("run-\(number)") }
        let services = test.services
        await test.loop.until { services.calls("Work").count == 2 }
        #expect(await test.target("shop")?["inFlight"] == 2)
        #expect(await test.target("shop")?["waiting"] == 4)
        gate.open()
        for number in 0..<6 { #expect(try await test.end("run-\(number)").status == "Succeeded") }
        #expect(gate.most == 2)
    }

    @Test func `a service that hangs costs the task its time, and frees its place`() async throws {
        let test = try await engine(Definitions.work("    timeoutSeconds: 5"))
        let gate = Gate()
        test.services.on("Work") { (_, _) async throws(RPCError) in
            await gate.pass()
            return [:]
        }
        try await test.begin()
        let (services, engine) = (test.services, test.engine)
        await test.loop.until { services.calls("Work").count == 1 }
        await test.loop.advance(by: .seconds(5))
        #expect(try await test.end().error == "FnF.TaskTimeout")
        gate.open()
        await test.loop.until { engine.assumeIsolated { $0.dispatcher.inFlight == 0 } }
        #expect(try await test.describe().status == "Failed")
    }

    @Test func `a retry of the flow is another attempt with another token`() async throws {
        let test = try await engine(
            Definitions.work(
                "    retry:\n      - errors: [OutOfStock]\n        intervalSeconds: 2\n        maxAttempts: 1"
            ))
        test.services.on("Work") { (_, meta) async throws(RPCError) in
            if meta.task?.attempt == 0 { throw RPCError("OutOfStock", "") }
            return ["done": true]
        }
        try await test.begin()
        let engine = test.engine
        await test.loop.until { engine.assumeIsolated { $0.dispatcher.isEmpty && $0.timers.count == 1 } }
        let waiting = try await test.openTasks()
        #expect(waiting.map(\.state) == ["waitingToRetry"] && waiting.first?.attempt == 1)
        #expect(waiting.first?.trouble?.hasPrefix("OutOfStock; tried again at 20") == true)
        #expect(waiting.first?.resourceArn == "acs:fc:::services/Shop.LATEST/functions/work")
        await test.loop.advance(by: .seconds(2))
        #expect(try await test.end().status == "Succeeded")
        #expect(try await test.openTasks().isEmpty)
        let calls = test.services.calls("Work")
        #expect(calls.map(\.task.attempt) == [0, 1] && calls.map(\.task.redelivery) == [0, 0])
        #expect(Set(calls.map(\.task.token)).count == 2)
    }

    @Test func `bindings that are read again decide from then on`() async throws {
        let test = try await engine(Definitions.calling("acs:fc:::services/Elsewhere/functions/work"))
        let check = CheckResources.Params.with {
            $0.resourceArns = ["acs:fc:::services/Elsewhere/functions/work"]
        }
        #expect(try await test.client.call(CheckResources.self, check).unbound.count == 1)
        let binding = try ResourceBinding(pattern: "acs:fc:*:*:*", target: .service("shop"), method: "Work")
        await test.engine.rebind(ResourceResolver([binding]))
        #expect(try await test.client.call(CheckResources.self, check).unbound.isEmpty)
        try await test.begin()
        #expect(try await test.end().status == "Succeeded")
    }
}

extension EngineUnderTest {
    func target(_ name: String) async -> JSONValue? {
        let targets = await engine.status["targets"]?.arrayValue ?? []
        return targets.first { $0["name"] == .string(name) }
    }
}

import FlowEngineAPI
import FlowStore
import Logging
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

@Suite(.timeLimit(.minutes(1))) struct FlowCatalogTests {
    @Test func `a flow is created, described, and kept byte for byte`() async throws {
        let test = try await EngineUnderTest()
        let text = "# a comment\n" + Definitions.pass + "\n\n"
        let record = try await test.apply(text)
        #expect(record.definition == text && record.type == "FDL" && record.executionMode == "Standard")
        #expect(record.id.utf8.count == 36 && record.createdTime == record.lastModifiedTime)
        let next = try await test.restarted()
        #expect(try await next.client.call(DescribeFlow.self, .with { $0.name = "Demo" }) == record)
    }

    @Test func `a repeated creation answers the flow, another content is refused`() async throws {
        let test = try await EngineUnderTest()
        let record = try await test.apply(Definitions.pass)
        #expect(try await test.apply(Definitions.pass) == record)
        #expect(await refusal { try await test.apply(Definitions.ask) }?.name == .flowAlreadyExists)
    }

    @Test func `a wrong definition is refused with every fault and its place`() async throws {
        let test = try await EngineUnderTest()
        let text = """
            version: v1
            type: flow
            steps:
              - type: taks
                name: a
              - type: pass
                name: b
              - type: pass
                name: b
            """
        let error = try #require(await refusal { try await test.apply(text) })
        #expect(error.name == .invalidArgument && error.details["parameter"] == "Definition")
        let diagnostics = try #require(error.details["diagnostics"]?.arrayValue)
        #expect(diagnostics.count >= 2)
        #expect(diagnostics.first?["line"] == 4)
        #expect(error.message.contains("Demo:4:"))
        #expect(
            await refusal { try await test.client.call(DescribeFlow.self, .with { $0.name = "Demo" }) } != nil
        )
    }

    @Test func `what is legal and still wrong is told in the answer, and refuses nothing`() async throws {
        let test = try await EngineUnderTest()
        let text = "version: v1.0\ntype: flow\nsteps: [{type: succeed, name: a}, {type: pass, name: b}]"
        let created = try await test.apply(text)
        #expect(created.warnings?.map(\.code) == ["unknown-version", "unreachable-step"])
        #expect(created.warnings?.last.map { [$0.line, $0.column] } == [3, 54])
        #expect(created.warnings?.last?.stepPath == "b" && created.warnings?.last?.fix != nil)
        let shown = try await test.client.call(DescribeFlow.self, .with { $0.name = "Demo" })
        #expect(shown.warnings == nil && shown.definition == text)
        func update(_ definition: String?) async throws -> FlowRecord {
            try await test.door(.admin).call(
                UpdateFlow.self,
                .with {
                    $0.name = "Demo"
                    $0.definition = definition
                })
        }
        #expect(try await update(nil).warnings == nil)
        #expect(
            try await update(text.replacing("v1.0", with: "v1")).warnings?.map(\.code) == ["unreachable-step"]
        )
        #expect(try await update(text + "\n#" + String(repeating: "x", count: 1 << 15)).warnings == nil)
        #expect(try await update(Definitions.pass).warnings == nil)
    }

    @Test func `a definition that is too long, a bad name, type and mode have their own answers`()
        async throws
    {
        let test = try await EngineUnderTest()
        let long = Definitions.pass + "\n#" + String(repeating: "x", count: 1 << 20)
        #expect(await refusal { try await test.apply(long) }?.name == .entityTooLarge)
        #expect(
            await refusal { try await test.apply(Definitions.pass, as: "1x") }?.details["parameter"] == "Name"
        )
        func create(_ edit: (inout CreateFlow.Params) -> Void) async -> RPCError? {
            var params = CreateFlow.Params.with {
                $0.name = "Demo"
                $0.definition = Definitions.pass
            }
            edit(&params)
            let wanted = params
            return await refusal { try await test.door(.admin).call(CreateFlow.self, wanted) }
        }
        #expect(await create { $0.type = "BPMN" }?.details["parameter"] == "Type")
        #expect(await create { $0.executionMode = "Fast" }?.details["parameter"] == "ExecutionMode")
        #expect(await create { $0.type = "DEFAULT" } == nil)
    }

    @Test func `unbound resources are accepted with a warning, and found by a check`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.calling("acs:fc:::services/Shop/functions/wrok"))
        let line = try #require(test.log.lines(of: "unboundResource").first)
        #expect(line.level == .warning && line.metadata["step"] == "call" && line.metadata["flow"] == "Demo")
        let result = try await test.client.call(
            CheckResources.self,
            .with {
                $0.resourceArns = [
                    "acs:fc:::services/Shop/functions/wrok", "acs:mns:cn:1:/topics/ask/messages", "nonsense",
                ]
            })
        #expect(result.unbound.map(\.resourceArn) == ["acs:fc:::services/Shop/functions/wrok", "nonsense"])
        #expect(result.unbound.first?.nearest.first == "acs:fc:*:*:services/Shop*/functions/work")
    }

    @Test func `an update replaces only what is given`() async throws {
        let test = try await EngineUnderTest()
        let before = try await test.apply(Definitions.pass)
        await test.loop.advance(by: .seconds(5))
        let admin = test.door(.admin)
        let after = try await admin.call(
            UpdateFlow.self,
            .with {
                $0.name = "Demo"
                $0.description = "new"
            })
        #expect(after.description == "new" && after.definition == before.definition && after.id == before.id)
        #expect(after.createdTime == before.createdTime && after.lastModifiedTime > before.lastModifiedTime)
        #expect(
            await refusal { try await admin.call(UpdateFlow.self, .with { $0.name = "No" }) }?.name
                == .flowNotExists)
    }

    @Test func `flows are listed by name, page by page`() async throws {
        let test = try await EngineUnderTest()
        for name in ["C", "A", "B"] { try await test.apply(Definitions.pass, as: name) }
        let first = try await test.client.call(ListFlows.self, .with { $0.limit = 2 })
        #expect(first.flows.map(\.name) == ["A", "B"] && first.nextToken == "C")
        let second = try await test.client.call(ListFlows.self, .with { $0.nextToken = "C" })
        #expect(second.flows.map(\.name) == ["C"] && second.nextToken == nil)
    }

    @Test func `a deleted flow's running executions end, its ended ones are gone, its name is free`()
        async throws
    {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.ask)
        try await test.begin("ended")
        _ = try await test.succeed(try await test.submitted("ended"), #"{"answer":1}"#)
        try await test.begin("running")
        let token = try await test.submitted("running")
        let admin = test.door(.admin)
        _ = try await admin.call(DeleteFlow.self, .with { $0.name = "Demo" })
        #expect(await refusal { try await test.begin("late") }?.name == .flowNotExists)
        #expect(await refusal { try await test.describe("ended") }?.name == .flowNotExists)
        #expect(try await test.describe("running").status == "Running")
        try await test.apply(Definitions.pass)
        #expect(await refusal { try await test.describe("ended") }?.name == .executionNotExists)
        #expect(try await test.begin("ended").status == "Succeeded")
        _ = try await test.succeed(token, #"{"answer":1}"#)
        #expect(await refusal { try await test.describe("running") }?.name == .executionNotExists)
    }

    @Test func `a flow that is deleted with its running executions leaves nothing to look at`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.ask)
        // More than are stopped in one turn.
        for number in 1...300 { try await test.begin("run-\(number)") }
        let token = try await test.submitted("run-300")
        _ = try await test.door(.admin).call(
            DeleteFlow.self,
            .with {
                $0.name = "Demo"
                $0.stopRunning = true
            })
        #expect(await refusal { try await test.describe("run-1") }?.name == .flowNotExists)
        #expect(await refusal { try await test.succeed(token, "{}") }?.name == .flowNotExists)
        #expect(await test.engine.openExecutions == 0)
        try await test.apply(Definitions.pass)
        #expect(await refusal { try await test.describe("run-300") }?.name == .executionNotExists)
        #expect(try await test.begin("run-300").status == "Succeeded")
    }
}

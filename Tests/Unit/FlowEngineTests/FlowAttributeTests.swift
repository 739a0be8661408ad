import FlowEngineAPI
import FlowStore
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

/// Fields of flows and lists that are kept, shown and bounded.
@Suite(.timeLimit(.minutes(1))) struct FlowAttributeTests {
    private func create(
        _ test: EngineUnderTest, _ edit: (inout CreateFlow.Params) -> Void
    ) async throws -> FlowRecord {
        var params = CreateFlow.Params.with {
            $0.name = "Demo"
            $0.definition = Definitions.pass
        }
        edit(&params)
        return try await test.door(.admin).call(CreateFlow.self, params)
    }

    @Test func `environment, group, role and storage location are kept and given back`() async throws {
        let test = try await EngineUnderTest()
        let record = try await create(test) {
            $0.environment = .with { $0.variables = [.make("stage", "blue")] }
            $0.resourceGroupId = "rg-1"
            $0.roleArn = "acs:ram::1:role/r"
            $0.externalStorageLocation = "oss://x"
        }
        #expect(record.environment?.variables == [.make("stage", "blue")])
        #expect(record.resourceGroupId == "rg-1" && record.externalStorageLocation == "oss://x")
        let next = try await test.restarted()
        #expect(try await next.flow() == record)
        let changed = try await next.update {
            $0.environment = .with { $0.variables = [.make("stage", "green")] }
            $0.externalStorageLocation = "oss://y"
        }
        #expect(changed.environment?.variables == [.make("stage", "green")])
        #expect(changed.externalStorageLocation == "oss://y" && changed.resourceGroupId == "rg-1")
        let emptied = try await next.update { $0.environment = FlowEnvironment() }
        #expect(emptied.environment == nil)
    }

    @Test func `a creation with another environment is another content`() async throws {
        let test = try await EngineUnderTest()
        _ = try await create(test) { $0.environment = .with { $0.variables = [.make("a", "1")] } }
        _ = try await create(test) { $0.environment = .with { $0.variables = [.make("a", "1")] } }
        #expect(await refusal { try await create(test) { _ in } }?.name == .flowAlreadyExists)
    }

    @Test func `an execution shows the role and the environment that it was started with`() async throws {
        let test = try await EngineUnderTest()
        _ = try await create(test) {
            $0.environment = .with { $0.variables = [.make("stage", "blue")] }
            $0.roleArn = "acs:ram::1:role/r"
        }
        let record = try await test.begin("old")
        #expect(record.environment?.variables == [.make("stage", "blue")])
        #expect(record.roleArn == "acs:ram::1:role/r")
        try await test.update {
            $0.environment = FlowEnvironment()
            $0.roleArn = ""
        }
        let next = try await test.restarted()
        #expect(try await next.describe("old") == record)
        let later = try await next.begin("new")
        #expect(later.environment == nil && later.roleArn == nil)
    }

    @Test func `texts that are too long and variables without a sense are refused by name`() async throws {
        let test = try await EngineUnderTest()
        let long = String(repeating: "x", count: 5000)
        func refused(_ edit: (inout CreateFlow.Params) -> Void) async -> RPCError? {
            await refusal { try await create(test, edit) }
        }
        #expect(await refused { $0.description = long }?.name == .entityTooLarge)
        for (parameter, error) in [
            ("RoleArn", await refused { $0.roleArn = long }),
            ("ExternalStorageLocation", await refused { $0.externalStorageLocation = long }),
            ("ResourceGroupId", await refused { $0.resourceGroupId = long }),
            ("Environment", await refused { $0.environment = .with { $0.variables = [.make("a", long)] } }),
        ] {
            #expect(error?.name == .entityTooLarge, "\(parameter)")
            #expect(error?.details["parameter"] == .string(parameter))
        }
        for variables in [[EnvironmentVariable.make("", "1")], [.make("a", "1"), .make("a", "2")]] {
            let error = await refused { $0.environment = .with { $0.variables = variables } }
            #expect(error?.name == .invalidArgument)
        }
        try await test.apply(Definitions.pass)
        #expect(await refusal { try await test.update { $0.description = long } }?.name == .entityTooLarge)
        #expect(try await test.flow().description.isEmpty)
    }

    @Test func `flows are listed by their group`() async throws {
        let test = try await EngineUnderTest()
        for (name, group) in [("A", "g1"), ("B", "g2"), ("C", "g1"), ("D", nil)] as [(String, String?)] {
            _ = try await create(test) {
                $0.name = name
                $0.resourceGroupId = group
            }
        }
        func list(_ group: String?, _ limit: Int64? = nil) async throws -> ListFlows.Result {
            try await test.client.call(
                ListFlows.self,
                .with {
                    $0.resourceGroupId = group
                    $0.limit = limit
                })
        }
        #expect(try await list("g1").flows.map(\.name) == ["A", "C"])
        #expect(try await list("g3").flows.isEmpty)
        #expect(try await list("").flows.count == 4)
        let page = try await list("g1", 1)
        #expect(page.flows.map(\.name) == ["A"] && page.nextToken == "C")
    }

    @Test func `executions are listed with or without their documents`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        let record = try await test.begin(input: #"{"a":1}"#)
        func list(_ metadataOnly: Bool?, mapRun: String? = nil) async throws -> [ExecutionRecord] {
            try await test.client.call(
                ListExecutions.self,
                .with {
                    $0.flowName = "Demo"
                    $0.metadataOnly = metadataOnly
                    $0.mapRunName = mapRun
                }
            ).executions
        }
        #expect(try await list(false) == [record])
        var bare = record
        (bare.flowDefinition, bare.input, bare.output) = ("", "", "")
        #expect(try await list(true) == [bare])
        #expect(try await list(nil, mapRun: "") == [bare])
        let error = await refusal { try await list(nil, mapRun: "m") }
        #expect(error?.name == .invalidArgument && error?.details["parameter"] == "MapRunName")
    }

    @Test func `a page of whole executions stops where a reply would be too large`() async throws {
        var settings = FlowEngineSettings()
        settings.wire.replyBytesMax = 200_000
        let test = try await EngineUnderTest(settings: settings)
        try await test.apply(Definitions.pass)
        let input = #"{"a":""# + String(repeating: "x", count: 60_000) + #""}"#
        for number in 1...5 { try await test.begin("run-\(number)", input: input) }
        var names: [String] = []
        var token: String?
        var pages = 0
        repeat {
            let page = try await test.client.call(
                ListExecutions.self,
                .with {
                    $0.flowName = "Demo"
                    $0.metadataOnly = false
                    $0.nextToken = token
                })
            names += page.executions.map(\.name)
            token = page.nextToken
            pages += 1
        } while token != nil
        #expect(names == (1...5).reversed().map { "run-\($0)" })
        #expect(pages > 1)
    }
}

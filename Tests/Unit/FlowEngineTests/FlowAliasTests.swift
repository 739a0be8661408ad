import FlowEngineAPI
import FlowStore
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

@Suite(.timeLimit(.minutes(1))) struct FlowAliasTests {
    private func alias(_ name: String, _ test: EngineUnderTest) async throws -> FlowAliasRecord {
        try await test.client.call(
            DescribeFlowAlias.self,
            .with {
                $0.flowName = "Demo"
                $0.name = name
            }
        ).alias
    }

    @Test func `an alias is created, described and kept, the older version first`() async throws {
        let test = try await EngineUnderTest()
        try await test.publishAll(2)
        let made = try await test.route("prod", ["2": 10, "1": 90], description: "what customers get")
        #expect(made.flowName == "Demo" && made.name == "prod" && made.description == "what customers get")
        #expect(made.routingConfigurations.map(\.version) == ["1", "2"])
        #expect(made.routingConfigurations.map(\.weight) == [90, 10])
        let next = try await test.restarted()
        let kept = try await alias("prod", next)
        #expect(kept.routingConfigurations == made.routingConfigurations)
        #expect(kept.createdTime == made.createdTime && kept.lastModifiedTime == made.createdTime)
    }

    @Test func `a repeated creation answers the alias, another content is refused`() async throws {
        let test = try await EngineUnderTest()
        try await test.publishAll(2)
        let made = try await test.route("prod", ["1": 100])
        await test.loop.advance(by: .seconds(5))
        #expect(try await test.route("prod", ["1": 100]) == made)
        let error = await refusal { try await test.route("prod", ["2": 100]) }
        #expect(error?.name == .flowAliasAlreadyExists)
        #expect(
            await refusal { try await test.route("prod", ["1": 100], description: "x") }?.name
                == .flowAliasAlreadyExists)
    }

    @Test func `an update replaces only what is given`() async throws {
        let test = try await EngineUnderTest()
        try await test.publishAll(2)
        let made = try await test.route("prod", ["1": 100], description: "a")
        await test.loop.advance(by: .seconds(5))
        let routed = try await test.reroute("prod", ["1": 50, "2": 50])
        #expect(routed.description == "a" && routed.routingConfigurations.map(\.weight) == [50, 50])
        #expect(routed.createdTime == made.createdTime && routed.lastModifiedTime > made.createdTime)
        let worded = try await test.reroute("prod", nil, description: "b")
        #expect(worded.description == "b")
        #expect(worded.routingConfigurations == routed.routingConfigurations)
        await test.loop.advance(by: .seconds(5))
        #expect(try await test.reroute("prod", nil) == worded)
        #expect(await refusal { try await test.reroute("no", ["1": 100]) }?.name == .flowAliasNotExists)
    }

    @Test(
        arguments: [
            ([:], "there are 0"), (["1": 90], "make 90"), (["1": 60, "2": 60], "make 120"),
            (["1": 101, "2": -1], "not between 0 and 100"), (["1": 30, "2": 30, "3": 40], "there are 3"),
            (["x": 100], "no version's number"), (["LATEST": 100], "no version's number"),
        ] as [([String: Int64], String)])
    func `routes that make no whole are refused with the reason`(
        _ routes: [String: Int64], _ reason: String
    ) async throws {
        let test = try await EngineUnderTest()
        try await test.publishAll(3)
        let error = try #require(await refusal { try await test.route("prod", routes) })
        #expect(error.name == .invalidArgument && error.details["parameter"] == "RoutingConfigurations")
        #expect(error.message.contains(reason), "\(error.message)")
    }

    @Test func `a version that is not there, and one that is named twice, are refused`() async throws {
        let test = try await EngineUnderTest()
        try await test.publishAll(1)
        let missing = try #require(await refusal { try await test.route("prod", ["7": 100]) })
        #expect(missing.name == .flowVersionNotExists)
        let twice = await refusal {
            try await test.door(.admin).call(
                CreateFlowAlias.self,
                .with {
                    $0.flowName = "Demo"
                    $0.name = "prod"
                    $0.routingConfigurations = Array(
                        repeating: .with {
                            $0.version = "1"
                            $0.weight = 50
                        }, count: 2)
                })
        }
        #expect(twice?.message.contains("named twice") == true)
    }

    @Test(arguments: ["", "1", "1a", "a b", "LATEST", "-a"])
    func `a name that could be a version or means the flow itself is refused`(_ name: String) async throws {
        let test = try await EngineUnderTest()
        try await test.publishAll(1)
        let error = try #require(await refusal { try await test.route(name, ["1": 100]) })
        #expect(error.name == .invalidArgument && error.details["parameter"] == "Name")
    }

    @Test func `aliases are listed by name, page by page, and deleted`() async throws {
        let test = try await EngineUnderTest()
        try await test.publishAll(1)
        for name in ["c", "a", "b"] { try await test.route(name, ["1": 100]) }
        let first = try await test.client.call(
            ListFlowAliases.self,
            .with {
                $0.flowName = "Demo"
                $0.limit = 2
            })
        #expect(first.aliases.map(\.name) == ["a", "b"])
        let second = try await test.client.call(
            ListFlowAliases.self,
            .with {
                $0.flowName = "Demo"
                $0.nextToken = first.nextToken
            })
        #expect(second.aliases.map(\.name) == ["c"] && second.nextToken == nil)
        let deletion = DeleteFlowAlias.Params.with {
            $0.flowName = "Demo"
            $0.name = "b"
        }
        _ = try await test.door(.admin).call(DeleteFlowAlias.self, deletion)
        #expect(await refusal { try await alias("b", test) }?.name == .flowAliasNotExists)
        let again = await refusal { try await test.door(.admin).call(DeleteFlowAlias.self, deletion) }
        #expect(again?.message == "Flow Demo has no alias b; it has versions 1 and aliases a, c")
    }

    @Test func `a flow has no more aliases than it may`() async throws {
        var settings = FlowEngineSettings()
        settings.flowAliasesMax = 2
        let test = try await EngineUnderTest(settings: settings)
        try await test.publishAll(1)
        for name in ["a", "b"] { try await test.route(name, ["1": 100]) }
        #expect(await refusal { try await test.route("c", ["1": 100]) }?.name == .invalidArgument)
        try await test.route("b", ["1": 100])
    }
}

import FlowEngineAPI
import FlowStore
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

@Suite(.timeLimit(.minutes(1))) struct FlowVersionTests {
    @Test func `versions count from 1 and keep what the flow was`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        let first = try await test.publish("first")
        #expect(first.version == "1" && first.description == "first" && first.flowName == "Demo")
        try await test.update { $0.definition = Definitions.ask }
        #expect(try await test.publish().version == "2")
        let next = try await test.restarted()
        let kept = try await next.flow(version: "1")
        #expect(kept.definition == Definitions.pass && kept.flowVersion == "1")
        #expect(kept.description == "first" && kept.lastModifiedTime == first.createdTime)
        #expect(try await next.flow(version: "2").definition == Definitions.ask)
        for latest in [nil, "", "LATEST"] {
            let flow = try await next.flow(version: latest)
            #expect(flow.definition == Definitions.ask && flow.flowVersion == nil)
        }
    }

    @Test func `publishing what the newest version holds answers that version`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        let first = try await test.publish("first")
        await test.loop.advance(by: .seconds(5))
        #expect(try await test.publish("again") == first)
        try await test.update { $0.roleArn = "acs:ram::1:role/r" }
        #expect(try await test.publish().version == "2")
        try await test.update { $0.environment = .with { $0.variables = [.make("a", "1")] } }
        #expect(try await test.publish().version == "3")
        try await test.update { $0.description = "only words" }
        #expect(try await test.publish().version == "3")
    }

    @Test func `two publications in the same tick make one version`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        async let one = test.publish()
        async let other = test.publish()
        let versions = try await [one.version, other.version]
        #expect(versions == ["1", "1"])
    }

    @Test func `a version without a description has the flow's`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass)
        try await test.update { $0.description = "greets" }
        #expect(try await test.publish().description == "greets")
    }

    @Test func `versions are listed newest first, page by page`() async throws {
        let test = try await EngineUnderTest()
        try await test.publishAll(3)
        let first = try await test.client.call(
            ListFlowVersions.self,
            .with {
                $0.flowName = "Demo"
                $0.limit = 2
            })
        #expect(first.flowVersions.map(\.version) == ["3", "2"])
        let second = try await test.client.call(
            ListFlowVersions.self,
            .with {
                $0.flowName = "Demo"
                $0.nextToken = first.nextToken
            })
        #expect(second.flowVersions.map(\.version) == ["1"] && second.nextToken == nil)
    }

    @Test func `a deleted version's number is not used again`() async throws {
        let test = try await EngineUnderTest()
        try await test.publishAll(2)
        try await test.deleteVersion("2")
        #expect(try await test.versions() == ["1"])
        let missing = try #require(await refusal { try await test.flow(version: "2") })
        #expect(missing.name == .flowVersionNotExists)
        #expect(missing.message == "Flow Demo has no version 2; it has versions 1 and no aliases")
        #expect(try await test.publish().version == "3")
        #expect(
            await refusal { try await test.deleteVersion("2") }?.name == .flowVersionNotExists)
        for text in ["prod", "", "LATEST", "+1", "01", "-1", "0"] {
            #expect(await refusal { try await test.deleteVersion(text) }?.name == .invalidArgument, "\(text)")
        }
    }

    @Test func `a version that an alias routes to is not deleted, not even with the weight 0`() async throws {
        let test = try await EngineUnderTest()
        try await test.publishAll(2)
        try await test.route("prod", ["1": 0, "2": 100])
        let error = try #require(await refusal { try await test.deleteVersion("1") })
        #expect(error.name == .flowVersionInUse && error.message.contains("prod"))
        try await test.reroute("prod", ["2": 100])
        try await test.deleteVersion("1")
        #expect(try await test.versions() == ["2"])
    }

    @Test func `a flow made again under the name has no versions and no aliases`() async throws {
        let test = try await EngineUnderTest()
        try await test.publishAll(1)
        try await test.route("prod", ["1": 100])
        _ = try await test.door(.admin).call(DeleteFlow.self, .with { $0.name = "Demo" })
        #expect(await refusal { try await test.publish() }?.name == .flowNotExists)
        try await test.apply(Definitions.pass)
        #expect(try await test.versions().isEmpty)
        #expect(
            try await test.client.call(ListFlowAliases.self, .with { $0.flowName = "Demo" }).aliases == [])
        #expect(try await test.publish().version == "1")
    }

    @Test func `a flow has no more versions than it may`() async throws {
        var settings = FlowEngineSettings()
        settings.flowVersionsMax = 2
        let test = try await EngineUnderTest(settings: settings)
        try await test.publishAll(2)
        try await test.update { $0.definition = Definitions.pass + "\n# 3" }
        let error = try #require(await refusal { try await test.publish() })
        #expect(error.name == .invalidArgument && error.message.contains("2 versions"))
        try await test.deleteVersion("1")
        #expect(try await test.publish().version == "3")
    }

    @Test func `descriptions are bounded`() async throws {
        let test = try await EngineUnderTest()
        try await test.publishAll(1)
        let long = String(repeating: "x", count: 4097)
        #expect(await refusal { try await test.publish(long) }?.name == .entityTooLarge)
        #expect(
            await refusal { try await test.route("prod", ["1": 100], description: long) }?.name
                == .entityTooLarge)
        try await test.route("prod", ["1": 100], description: String(long.dropLast()))
        #expect(
            await refusal { try await test.reroute("prod", nil, description: long) }?.name == .entityTooLarge)
    }

    @Test func `a full disk refuses a publication and leaves nothing of it`() async throws {
        let store = FaultyStore()
        let test = try await EngineUnderTest(store)
        try await test.apply(Definitions.pass)
        store.fault = FaultyStore.full
        #expect(await refusal { try await test.publish() }?.name == .serviceUnavailable)
        store.fault = nil
        #expect(try await test.versions().isEmpty)
        #expect(try await test.publish().version == "1")
    }
}

// MARK: - What these tests say often

extension EnvironmentVariable {
    static func make(_ name: String, _ value: String) -> EnvironmentVariable {
        .with {
            $0.name = name
            $0.value = value
        }
    }
}

extension EngineUnderTest {
    @discardableResult
    func publish(_ description: String? = nil, flow: String = "Demo") async throws -> FlowVersionRecord {
        try await door(.admin).call(
            PublishFlowVersion.self,
            .with {
                $0.flowName = flow
                $0.description = description
            })
    }

    /// A flow with so many versions; each answers its number.
    func publishAll(_ count: Int) async throws {
        for number in 1...count {
            let text = Definitions.pass + "\n# \(number)"
            if number == 1 { try await apply(text) } else { try await update { $0.definition = text } }
            try await publish()
        }
    }

    @discardableResult
    func update(_ edit: (inout UpdateFlow.Params) -> Void) async throws -> FlowRecord {
        var params = UpdateFlow.Params.with { $0.name = "Demo" }
        edit(&params)
        return try await door(.admin).call(UpdateFlow.self, params)
    }

    func flow(version: String? = nil) async throws -> FlowRecord {
        try await client.call(
            DescribeFlow.self,
            .with {
                $0.name = "Demo"
                $0.flowVersion = version
            })
    }

    /// The numbers, newest first.
    func versions() async throws -> [String] {
        let result = try await client.call(ListFlowVersions.self, .with { $0.flowName = "Demo" })
        return result.flowVersions.map(\.version)
    }

    func deleteVersion(_ version: String) async throws {
        _ = try await door(.admin).call(
            DeleteFlowVersion.self,
            .with {
                $0.flowName = "Demo"
                $0.flowVersion = version
            })
    }

    private func configurations(_ weights: [String: Int64]) -> [RoutingConfiguration] {
        weights.map { version, weight in
            .with {
                $0.version = version
                $0.weight = weight
            }
        }
    }

    @discardableResult
    func route(
        _ alias: String, _ weights: [String: Int64], description: String = ""
    ) async throws -> CreateFlowAlias.Result {
        let routes = configurations(weights)
        return try await door(.admin).call(
            CreateFlowAlias.self,
            .with {
                $0.flowName = "Demo"
                $0.name = alias
                $0.description = description
                $0.routingConfigurations = routes
            })
    }

    @discardableResult
    func reroute(
        _ alias: String, _ weights: [String: Int64]?, description: String? = nil
    ) async throws -> FlowAliasRecord {
        let routes = weights.map(configurations)
        let result = try await door(.admin).call(
            UpdateFlowAlias.self,
            .with {
                $0.flowName = "Demo"
                $0.name = alias
                $0.description = description
                $0.routingConfigurations = routes
            })
        return result.alias
    }
}

import FlowEngineAPI
import FlowStore
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FlowEngine

@Suite(.timeLimit(.minutes(1))) struct QualifierTests {
    private func start(
        _ name: String, _ qualifier: String?, _ test: EngineUnderTest
    ) async throws -> ExecutionRecord {
        try await test.client.call(
            StartExecution.self,
            .with {
                $0.flowName = "Demo"
                $0.executionName = name
                $0.input = #"{"order":"o-1"}"#
                $0.qualifier = qualifier
            })
    }

    private func list(
        _ qualifier: String?, _ test: EngineUnderTest
    ) async throws -> [String] {
        let result = try await test.client.call(
            ListExecutions.self,
            .with {
                $0.flowName = "Demo"
                $0.qualifier = qualifier
            })
        return result.executions.map(\.name)
    }

    @Test func `an execution runs and shows the version that it was started under`() async throws {
        let test = try await EngineUnderTest()
        try await test.publishAll(2)
        try await test.update { $0.definition = Definitions.pass + "\n# latest" }
        for (name, qualifier, version, comment) in [
            ("a", "1", "1", "# 1"), ("b", "2", "2", "# 2"), ("c", "LATEST", nil, "# latest"),
            ("d", "", nil, "# latest"), ("e", nil, nil, "# latest"),
        ] as [(String, String?, String?, String)] {
            let record = try await start(name, qualifier, test)
            #expect(record.flowDefinition.hasSuffix(comment) && record.flowVersion == version)
            #expect(record.qualifier == (version == nil ? nil : qualifier))
            #expect(try await test.describe(name) == record)
        }
        let next = try await test.restarted()
        #expect(try await next.describe("a").flowVersion == "1")
        #expect(try await next.describe("a").flowDefinition.hasSuffix("# 1"))
    }

    @Test func `a running execution keeps its version through an update and a deletion of the version`()
        async throws
    {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.ask)
        try await test.publish()
        _ = try await start("run", "1", test)
        let token = try await test.submitted("run")
        try await test.update { $0.definition = Definitions.pass }
        try await test.deleteVersion("1")
        let next = try await test.restarted()
        _ = try await next.succeed(token, #"{"answer":1}"#)
        let ended = try await next.end("run")
        #expect(ended.status == "Succeeded" && ended.output == #"{"answer":1}"#)
        #expect(ended.flowVersion == "1" && ended.flowDefinition == Definitions.ask)
    }

    @Test func `a repeated start is answered although its version and alias are gone`() async throws {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.ask)
        try await test.publish()
        try await test.route("prod", ["1": 100])
        let first = try await start("run", "prod", test)
        #expect(first.qualifier == "prod" && first.flowVersion == "1")
        _ = try await test.door(.admin).call(
            DeleteFlowAlias.self,
            .with {
                $0.flowName = "Demo"
                $0.name = "prod"
            })
        try await test.deleteVersion("1")
        #expect(try await start("run", "prod", test) == first)
        #expect(try await start("run", nil, test) == first)
    }

    @Test func `an unknown qualifier is refused with what there is`() async throws {
        let test = try await EngineUnderTest()
        try await test.publishAll(2)
        try await test.route("prod", ["1": 100])
        let version = try #require(await refusal { try await start("a", "9", test) })
        #expect(version.name == .flowVersionNotExists)
        #expect(version.message == "Flow Demo has no version 9; it has versions 2, 1 and aliases prod")
        let alias = try #require(await refusal { try await start("a", "prd", test) })
        #expect(alias.name == .flowAliasNotExists && alias.message.contains("aliases prod"))
        for text in ["01", "1x", "a b", "99999999999999999999"] {
            let error = try #require(await refusal { try await start("a", text, test) })
            #expect(error.name == .invalidArgument && error.details["parameter"] == "Qualifier", "\(text)")
        }
        #expect(await refusal { try await test.describe("a") }?.name == .executionNotExists)
    }

    @Test func `weights split the names, and a name always gets the same version`() async throws {
        let routes = [StoredRoute(version: 1, weight: 80), StoredRoute(version: 2, weight: 20)]
        let moved = [StoredRoute(version: 1, weight: 50), StoredRoute(version: 2, weight: 50)]
        var counts: [Int64: Int] = [:]
        for number in 0..<10_000 {
            let name = "order-\(number)"
            let version = try #require(routes.version(flow: "Demo", execution: name))
            #expect(routes.version(flow: "Demo", execution: name) == version)
            counts[version, default: 0] += 1
            // Moving weight to version 2 takes nobody back to version 1.
            if version == 2 { #expect(moved.version(flow: "Demo", execution: name) == 2) }
        }
        // 2,000 with a standard deviation of 40.
        #expect((1800...2200).contains(counts[2] ?? 0), "\(counts)")
        let all = [StoredRoute(version: 1, weight: 0), StoredRoute(version: 2, weight: 100)]
        #expect((0..<1000).allSatisfy { all.version(flow: "Demo", execution: "\($0)") == 2 })
    }

    @Test func `the split is the same in every release`() {
        // printf 'Demo/run-1' | sha256sum, the first 16 digits modulo 100.
        #expect([StoredRoute].bucket(flow: "Demo", execution: "run-1") == 17)
        #expect([StoredRoute].bucket(flow: "Demo", execution: "run-2") == 69)
    }

    @Test func `a task starts a child under a version, and fails by name when it is not there`() async throws
    {
        let test = try await EngineUnderTest()
        try await test.apply(Definitions.pass, as: "Child")
        try await test.publish(flow: "Child")
        let action = """
            version: v1
            type: flow
            steps:
              - type: task
                name: start
                action: fnf:StartExecution
                inputMappings: [{target: version, source: $input.version}]
                serviceParams: {FlowName: Child, ExecutionName: acted, Qualifier: $.version}
            """
        try await test.apply(action)
        try await test.begin("wrong", input: #"{"version":"2"}"#)
        let failed = try await test.end("wrong")
        #expect(failed.error == "fnf.FlowVersionNotExists" && failed.cause?.contains("versions 1") == true)
        try await test.begin("right", input: #"{"version":"1"}"#)
        #expect(try await test.end("right").status == "Succeeded")
        #expect(try await test.describe("acted", flow: "Child").flowVersion == "1")
    }

    @Test func `an Express flow runs the version that is named`() async throws {
        let test = try await EngineUnderTest()
        func definition(_ word: String) -> String {
            Definitions.pass.replacing("source: hello", with: "source: \(word)")
        }
        _ = try await test.door(.admin).call(
            CreateFlow.self,
            .with {
                $0.name = "Demo"
                $0.definition = definition("first")
                $0.executionMode = "Express"
            })
        try await test.publish()
        try await test.update { $0.definition = definition("second") }
        for (qualifier, word) in [("1", "first"), (nil, "second")] as [(String?, String)] {
            let result = try await test.client.call(
                StartSyncExecution.self,
                .with {
                    $0.flowName = "Demo"
                    $0.qualifier = qualifier
                })
            #expect(result.output == #"{"greeting":"\#(word)"}"#)
        }
        let missing = await refusal {
            try await test.client.call(
                StartSyncExecution.self,
                .with {
                    $0.flowName = "Demo"
                    $0.qualifier = "prod"
                })
        }
        #expect(missing?.name == .flowAliasNotExists)
    }

    @Test func `an alias routes as its weights say, also after a restart`() async throws {
        let test = try await EngineUnderTest()
        try await test.publishAll(2)
        try await test.route("canary", ["1": 70, "2": 30])
        var versions: [String: String] = [:]
        for number in 0..<40 {
            versions["run-\(number)"] = try await start("run-\(number)", "canary", test).flowVersion
        }
        #expect(Set(versions.values) == ["1", "2"])
        for (name, version) in versions {
            let bucket = [StoredRoute].bucket(flow: "Demo", execution: name)
            #expect(version == (bucket < 70 ? "1" : "2"))
        }
        let next = try await test.restarted()
        #expect(try await next.describe("run-7").flowVersion == versions["run-7"])
    }

    @Test func `executions are listed by version, alias and LATEST`() async throws {
        let test = try await EngineUnderTest()
        try await test.publishAll(2)
        try await test.route("prod", ["1": 100])
        for (name, qualifier) in [("a", nil), ("b", "1"), ("c", "prod"), ("d", "2")] as [(String, String?)] {
            _ = try await start(name, qualifier, test)
        }
        for engine in [test, try await test.restarted()] {
            #expect(try await list(nil, engine) == ["d", "c", "b", "a"])
            #expect(try await list("", engine) == ["d", "c", "b", "a"])
            #expect(try await list("LATEST", engine) == ["a"])
            #expect(try await list("1", engine) == ["c", "b"])
            #expect(try await list("prod", engine) == ["c"])
            #expect(try await list("gone", engine).isEmpty)
        }
        #expect(await refusal { try await list("1x", test) }?.name == .invalidArgument)
    }
}

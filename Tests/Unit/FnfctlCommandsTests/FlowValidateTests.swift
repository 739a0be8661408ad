import Primitives
import Testing

@testable import FnfctlCommands

@Suite struct FlowValidateTests {
    static let warned = """
        version: v1
        type: flow
        steps:
          - type: task
            name: greet
            resourceArn: acs:fc:::services/S/functions/greet
            pattern: waitForCallback

        """
    static let clean = warned + "    timeoutSeconds: 5\n"

    @Test func `a warning is told and refuses nothing, unless validation is strict`() async throws {
        let file = try TemporaryFile(Self.warned)
        let stage = Stage()
        #expect(await stage.run("fnfctl flow validate \(file.path)") == .ok)
        #expect(stage.out == "\(file.path): valid, 1 step, 1 warning\n")
        #expect(stage.err.contains("\(file.path):5:11: warning[callback-without-timeout]"))
        #expect(stage.err.contains("          ^\n  fix: "))
        let strict = Stage()
        #expect(await strict.run("fnfctl flow validate --strict \(file.path)") == .invalidDefinition)
        #expect(await strict.run("fnfctl flow validate --strict -o name \(file.path)") == .invalidDefinition)
        #expect(!strict.out.contains("\n\(file.path)\n"))
        let clean = try TemporaryFile(Self.clean)
        let passed = Stage()
        #expect(await passed.run("fnfctl flow validate --strict -o name \(clean.path)") == .ok)
        #expect(passed.out == "\(clean.path)\n" && passed.err.isEmpty)
    }

    @Test func `forms for programs hold the faults and leave standard error empty`() async throws {
        let file = try TemporaryFile(Self.warned)
        for form in ["json", "yaml", "sarif"] {
            let stage = Stage()
            #expect(await stage.run("fnfctl flow validate -o \(form) \(file.path)") == .ok)
            #expect(stage.err.isEmpty)
            #expect(stage.out.contains("callback-without-timeout"))
        }
        let stage = Stage()
        _ = await stage.run("fnfctl flow validate -o json \(file.path)")
        let fault = stage.outJSON?[0]?["diagnostics"]?[0]
        #expect(fault?["line"] == 5 && fault?["column"] == 11 && fault?["stepPath"] == "greet")
        #expect(fault?["fix"]?.stringValue?.contains("timeoutSeconds") == true)
    }

    @Test func `sarif has a run with rules, places and levels`() async throws {
        let warned = try TemporaryFile(Self.warned)
        let broken = try TemporaryFile("version: v1\ntype: flow\nsteps: 7\n")
        let stage = Stage()
        let line = "fnfctl flow validate -o sarif \(warned.path) \(broken.path)"
        #expect(await stage.run(line) == .invalidDefinition)
        let log = try #require(stage.outJSON)
        #expect(log["version"] == "2.1.0")
        let run = try #require(log["runs"]?[0])
        let results = try #require(run["results"]?.arrayValue)
        #expect(results.map { $0["level"] } == ["warning", "error"])
        #expect(results.map { $0["ruleId"] } == ["callback-without-timeout", "wrong-type"])
        let place = results[0]["locations"]?[0]
        #expect(place?["physicalLocation"]?["region"] == ["startLine": 5, "startColumn": 11])
        let uri = place?["physicalLocation"]?["artifactLocation"]?["uri"]?.stringValue
        #expect(uri == "file://\(warned.path)")
        #expect(place?["logicalLocations"]?[0]?["fullyQualifiedName"] == "greet")
        let rules = try #require(run["tool"]?["driver"]?["rules"]?.arrayValue)
        #expect(rules.map { $0["id"] } == ["callback-without-timeout", "wrong-type"])
        #expect(rules[0]["shortDescription"]?["text"]?.stringValue?.isEmpty == false)
    }
}

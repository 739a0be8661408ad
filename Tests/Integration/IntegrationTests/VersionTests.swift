import FlowEngineAPI
import Primitives
import RPCProtocol
import TestHost
import Testing

extension Integration {
    /// Versions and aliases as an administrator uses them, over a kill of the engine.
    @Suite(.serialized, .timeLimit(.minutes(5))) struct VersionTests {
        private func definition(_ word: String) -> String {
            """
            version: v1
            type: flow
            steps:
              - type: pass
                name: hello
                outputMappings:
                  - target: word
                    source: \(word)

            """
        }

        @Test func `what is published stays published, and an alias decides what runs`() async throws {
            try await FnfSystem.run { system in
                func run(_ line: String...) async throws -> String {
                    try await system.fnfctl(line).expecting().output
                }
                let file = "\(system.folder)/greeting.yaml"
                for word in ["first", "second", "third"] {
                    try Files.put(definition(word), file)
                    _ = try await run("flow", "apply", "-f", file, "--name", "Greeting")
                    if word != "third" { _ = try await run("flow", "publish", "Greeting") }
                }
                _ = try await run(
                    "flow", "alias", "create", "Greeting", "prod", "--route", "1=50", "--route", "2=50")
                try await system.killAndWait(.flowEngine)

                #expect(try await run("flow", "versions", "Greeting", "-o", "name") == "2\n1\n")
                let kept = try await run("flow", "describe", "Greeting", "--version", "1", "--definition")
                #expect(kept == definition("first"))
                let client = system.caller(.flowEngine)
                func word(_ name: String, _ qualifier: String?) async throws -> (String, String?) {
                    let record = try await client.call(
                        StartExecution.self,
                        .with {
                            $0.flowName = "Greeting"
                            $0.executionName = name
                            $0.qualifier = qualifier
                        })
                    #expect(record.status == "Succeeded")
                    return (record.output, record.flowVersion)
                }
                #expect(try await word("latest", nil) == (#"{"word":"third"}"#, nil))
                #expect(try await word("one", "1") == (#"{"word":"first"}"#, "1"))
                var seen: Set<String> = []
                for number in 0..<20 {
                    let (output, version) = try await word("run-\(number)", "prod")
                    #expect(output == (version == "1" ? #"{"word":"first"}"# : #"{"word":"second"}"#))
                    seen.insert(version ?? "-")
                }
                #expect(seen == ["1", "2"])
                let listed = try await run(
                    "execution", "list", "Greeting", "--qualifier", "prod", "-o", "name", "--all")
                #expect(listed.split(separator: "\n").count == 20)

                let inUse = try await system.fnfctl("flow", "unpublish", "Greeting", "1")
                #expect(inUse.exitCode == 5 && inUse.errorOutput.contains("prod"), "\(inUse)")
                _ = try await run("flow", "alias", "set", "Greeting", "prod", "--route", "2")
                _ = try await run("flow", "unpublish", "Greeting", "1")
                let gone = try await system.fnfctl("execution", "start", "Greeting", "--qualifier", "1")
                #expect(gone.exitCode == 3 && gone.errorOutput.contains("no version 1"), "\(gone)")
                let differs = try await system.fnfctl("flow", "diff", "Greeting@2", file)
                #expect(differs.exitCode == 1, "\(differs)")
            }
        }
    }
}

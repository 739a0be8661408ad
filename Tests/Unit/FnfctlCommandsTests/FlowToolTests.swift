import FlowEngineAPI
import Foundation
import Primitives
import RPCProtocol
import Testing

@testable import FnfctlCommands

/// graph, fmt and diff.
@Suite struct FlowToolTests {
    static let loose = """
        # about
        version: v1
        type: flow
        steps:
        - type: task
          name: greet   # says hello
          resourceArn: acs:fc:::services/S/functions/greet
        """

    private func engine() -> HandlerTable {
        var table = HandlerTable()
        table.on(DescribeFlow.self) { (params, _) throws(RPCError) in
            guard params.name == "Greeting" else {
                throw RPCError(.flowNotExists, "there is no flow \(params.name)")
            }
            return .with {
                $0.name = "Greeting"
                $0.definition = FlowVerbTests.definition
            }
        }
        return table
    }

    @Test func `graph draws a file without any service, in every form`() async throws {
        let file = try TemporaryFile(FlowVerbTests.definition)
        let begin = [
            "text": "fnfctl-test", "svg": "<svg", "mermaid": "flowchart TD", "dot": "digraph flow {",
        ]
        for (form, beginning) in begin {
            let stage = Stage()
            #expect(await stage.run("fnfctl flow graph \(file.path) -o \(form)") == .ok)
            #expect(stage.out.hasPrefix(beginning), "\(form): \(stage.out)")
            #expect(stage.out.contains("greet"))
            #expect(stage.sockets.isEmpty)
        }
    }

    @Test func `graph asks the engine for a name that is no file`() async {
        let stage = Stage([.flowEngine: engine()])
        #expect(await stage.run("fnfctl flow graph Greeting") == .ok)
        #expect(stage.out == "Greeting\n└─ greet  [task]  function greet\n")
        let missing = Stage([.flowEngine: engine()])
        #expect(await missing.run("fnfctl flow graph Other") == .notFound)
        #expect(await Stage().run("fnfctl flow graph /nowhere.yaml") == .failed)
    }

    @Test func `graph refuses an invalid definition with its faults`() async throws {
        let file = try TemporaryFile("type: flow\nsteps: 7\n")
        let stage = Stage()
        #expect(await stage.run("fnfctl flow graph \(file.path)") == .invalidDefinition)
        #expect(stage.out.isEmpty && stage.err.contains("\(file.path):2:"))
    }

    @Test func `fmt prints, checks and writes`() async throws {
        let file = try TemporaryFile(Self.loose)
        let expected = """
            # about
            version: v1
            type: flow
            steps:
              - type: task
                name: greet # says hello
                resourceArn: acs:fc:::services/S/functions/greet

            """
        let printed = Stage()
        #expect(await printed.run("fnfctl flow fmt \(file.path)") == .ok)
        #expect(printed.out == expected)
        let checked = Stage()
        #expect(await checked.run("fnfctl flow fmt --check \(file.path)") == .failed)
        #expect(checked.out == "\(file.path)\n")
        #expect(try String(contentsOfFile: file.path, encoding: .utf8) == Self.loose)
        let written = Stage()
        #expect(await written.run("fnfctl flow fmt --write \(file.path)") == .ok)
        #expect(try String(contentsOfFile: file.path, encoding: .utf8) == expected)
        #expect(await Stage().run("fnfctl flow fmt --check \(file.path)") == .ok)
    }

    @Test func `fmt leaves a definition with errors alone`() async throws {
        let text = "version: v1\ntype: flow\nsteps:\n    - type: taks\n      name: a\n"
        let file = try TemporaryFile(text)
        let stage = Stage()
        #expect(await stage.run("fnfctl flow fmt --write \(file.path)") == .invalidDefinition)
        #expect(stage.err.contains("unknown-step-type"))
        #expect(try String(contentsOfFile: file.path, encoding: .utf8) == text)
        #expect(await Stage().run("fnfctl flow fmt --check --write \(file.path)") == .usage)
        #expect(await Stage().run("fnfctl flow fmt \(file.path) \(file.path)") == .usage)
    }

    @Test func `diff ends 0 for the same meaning and 1 for another`() async throws {
        let same = try TemporaryFile(Self.loose)
        let equal = Stage([.flowEngine: engine()])
        #expect(await equal.run("fnfctl flow diff Greeting \(same.path)") == .ok)
        #expect(equal.out == "no difference\n")
        let other = try TemporaryFile(
            Self.loose.replacing("functions/greet", with: "functions/welcome")
                + "\n- type: succeed\n  name: done\n")
        let table = Stage([.flowEngine: engine()])
        #expect(await table.run("fnfctl flow diff Greeting \(other.path)") == .failed)
        #expect(table.out.contains("added    done   succeed"))
        #expect(table.out.contains("changed  greet  resourceArn"))
        #expect(table.out.contains("rewired  greet  next"))
        #expect(table.err.isEmpty)
        let json = Stage()
        #expect(await json.run("fnfctl flow diff \(same.path) \(other.path) -o json") == .failed)
        #expect(json.outJSON?["equal"] == false)
        #expect(
            json.outJSON?["rewired"] == [["new": "done", "old": "the end", "step": "greet", "what": "next"]])
        #expect(json.sockets.isEmpty)
    }
}

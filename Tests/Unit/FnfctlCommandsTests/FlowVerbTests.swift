import FlowEngineAPI
import Primitives
import RPCProtocol
import Testing

@testable import FnfctlCommands

@Suite struct FlowVerbTests {
    static let definition = """
        version: v1
        type: flow
        steps:
          - type: task
            name: greet
            resourceArn: acs:fc:::services/S/functions/greet

        """

    /// An engine that holds one flow at most, and binds nothing but what begins with "acs:fc".
    private func engine(holding present: FlowRecord?, calls: Seen<String>) -> HandlerTable {
        var table = HandlerTable()
        table.on(DescribeFlow.self) { (params, _) throws(RPCError) in
            guard let present, present.name == params.name else {
                throw RPCError(.flowNotExists, "there is no flow \(params.name)")
            }
            return present
        }
        table.on(CheckResources.self) { params, _ in
            .with {
                $0.unbound = params.resourceArns.filter { !$0.hasPrefix("acs:fc") }.map { arn in
                    .with {
                        $0.resourceArn = arn
                        $0.nearest = ["acs:fc:*:*:services/S/functions/greet"]
                    }
                }
            }
        }
        table.on(CreateFlow.self) { params, context in
            calls.note("create \(params.name) \(context.door.rawValue) \(params.description)")
            return .with { $0.name = params.name }
        }
        table.on(UpdateFlow.self) { params, _ in
            calls.note("update \(params.name)")
            return .with { $0.name = params.name }
        }
        return table
    }

    private func present(_ definition: String) -> FlowRecord {
        .with {
            $0.name = "Greeting"
            $0.definition = definition
        }
    }

    @Test func `apply creates a flow that is not there, through the administrators' door`() async throws {
        let file = try TemporaryFile(Self.definition)
        let calls = Seen<String>()
        let stage = Stage([.flowEngine: engine(holding: nil, calls: calls)])
        #expect(
            await stage.run("fnfctl flow apply -f \(file.path) --name Greeting --description 'says hello'")
                == .ok)
        #expect(stage.out == "flow Greeting created\n")
        #expect(calls.all == ["create Greeting admin says hello"])
    }

    @Test func `apply tells what is legal and still wrong, and goes on`() async throws {
        let file = try TemporaryFile(
            "version: v1\ntype: flow\nsteps: [{type: succeed, name: a}, {type: pass, name: b}]\n")
        let calls = Seen<String>()
        let stage = Stage([.flowEngine: engine(holding: nil, calls: calls)])
        #expect(await stage.run("fnfctl flow apply -f \(file.path) --name Greeting") == .ok)
        #expect(stage.out == "flow Greeting created\n" && calls.all.count == 1)
        #expect(stage.err.contains("3:54: warning[unreachable-step]"), "\(stage.err)")
    }

    @Test func `apply updates what differs and leaves what is the same`() async throws {
        let file = try TemporaryFile(Self.definition)
        let calls = Seen<String>()
        let other = Stage([.flowEngine: engine(holding: present("version: v1"), calls: calls)])
        #expect(await other.run("fnfctl flow apply -f \(file.path) --name Greeting") == .ok)
        #expect(other.out == "flow Greeting updated\n")
        let same = Stage([.flowEngine: engine(holding: present(Self.definition), calls: calls)])
        #expect(await same.run("fnfctl flow apply -f \(file.path) --name Greeting") == .ok)
        #expect(same.out == "flow Greeting unchanged\n")
        #expect(calls.all == ["update Greeting"])
    }

    @Test func `apply refuses an invalid definition with all faults, and asks nobody`() async throws {
        let file = try TemporaryFile(
            "version: v1\ntype: flow\nsteps:\n  - type: taks\n    name: a\n  - type: pass\n")
        let stage = Stage()
        #expect(await stage.run("fnfctl flow apply -f \(file.path) --name Greeting") == .invalidDefinition)
        #expect(stage.out.isEmpty)
        #expect(stage.err.contains("\(file.path):4:"))
        #expect(stage.err.contains("^"))
        #expect(stage.err.contains("\(file.path):6:"))
        #expect(stage.sockets.isEmpty)
    }

    @Test func `apply refuses a resource that is not bound, with the nearest`() async throws {
        let text = Self.definition.replacing("acs:fc:::services/S/functions/greet", with: "acs:xx:::greet")
        let file = try TemporaryFile(text)
        let calls = Seen<String>()
        let stage = Stage([.flowEngine: engine(holding: nil, calls: calls)])
        #expect(await stage.run("fnfctl flow apply -f \(file.path) --name Greeting") == .invalidDefinition)
        #expect(stage.err.contains("acs:xx:::greet (step greet)"))
        #expect(stage.err.contains("near: acs:fc:*:*:services/S/functions/greet"))
        #expect(stage.err.contains("--allow-unbound"))
        #expect(calls.all.isEmpty)
        #expect(await stage.run("fnfctl flow apply -f \(file.path) --name Greeting --allow-unbound") == .ok)
        #expect(calls.all == ["create Greeting admin "])
    }

    @Test func `apply refuses a name that is none before it reads anything`() async {
        let stage = Stage()
        #expect(await stage.run("fnfctl flow apply -f /nowhere --name 'a b'") == .usage)
        #expect(stage.err.contains("flow name"))
    }

    @Test func `a file that is not there is a plain failure with a way out`() async {
        let stage = Stage()
        #expect(await stage.run("fnfctl flow validate /nowhere.yaml") == .failed)
        #expect(stage.err.contains("/nowhere.yaml cannot be read: No such file"))
    }

    @Test func `validate needs no service and judges each file`() async throws {
        let good = try TemporaryFile(Self.definition)
        let bad = try TemporaryFile("type: flow\nsteps: 7\n")
        let stage = Stage()
        #expect(await stage.run("fnfctl flow validate \(good.path)") == .ok)
        #expect(stage.out == "\(good.path): valid, 1 step\n")
        #expect(await stage.run("fnfctl flow validate \(good.path) \(bad.path)") == .invalidDefinition)
        #expect(stage.err.contains("\(bad.path):"))
        #expect(stage.sockets.isEmpty)
    }

    @Test func `describe gives the definition byte for byte`() async {
        let engine = engine(holding: present(Self.definition), calls: Seen())
        let stage = Stage([.flowEngine: engine])
        #expect(await stage.run("fnfctl flow describe Greeting --definition") == .ok)
        #expect(stage.out == Self.definition)
        let table = Stage([.flowEngine: engine])
        #expect(await table.run("fnfctl flow describe Greeting") == .ok)
        #expect(table.out.contains("greet  task  acs:fc:::services/S/functions/greet"))
        let missing = Stage([.flowEngine: engine])
        #expect(await missing.run("fnfctl flow describe Other") == .notFound)
        #expect(missing.err.contains("fnfctl flow apply -f FILE --name Other"))
    }

    @Test func `list goes on from page to page until there are enough`() async {
        var table = HandlerTable()
        let asked = Seen<Int64>()
        table.on(ListFlows.self) { params, _ in
            asked.note(params.limit ?? 0)
            let from = Int64(params.nextToken ?? "0") ?? 0
            let count = min(params.limit ?? 60, 2)
            return .with {
                $0.flows = (from..<from + count).map { number in .with { $0.name = "f\(number)" } }
                $0.nextToken = from + count < 7 ? "\(from + count)" : nil
            }
        }
        let cut = Stage([.flowEngine: table])
        #expect(await cut.run("fnfctl flow list --limit 3 -o name") == .ok)
        #expect(cut.out == "f0\nf1\nf2\n")
        #expect(cut.err.contains("there are more"))
        #expect(asked.all == [3, 1])
        let all = Stage([.flowEngine: table])
        #expect(await all.run("fnfctl flow list --all -o json") == .ok)
        #expect(all.outJSON?["Flows"]?.arrayValue?.count == 8)
        #expect(all.err.isEmpty)
    }
}

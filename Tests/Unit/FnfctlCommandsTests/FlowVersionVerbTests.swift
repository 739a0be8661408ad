import FlowEngineAPI
import Primitives
import RPCProtocol
import Testing

@testable import FnfctlCommands

@Suite struct FlowVersionVerbTests {
    private static func route(_ version: String, _ weight: Int64) -> RoutingConfiguration {
        .with {
            $0.version = version
            $0.weight = weight
        }
    }

    private static let prod = FlowAliasRecord.with {
        $0.name = "prod"
        $0.routingConfigurations = [route("1", 90), route("2", 10)]
        $0.createdTime = "2026-11-23T09:29:00.000Z"
        $0.lastModifiedTime = "2026-11-23T09:29:30.000Z"
    }

    /// An engine that has two versions and one alias of any flow, and notes what it is asked for.
    private func engine(_ calls: Seen<String> = Seen()) -> HandlerTable {
        var table = HandlerTable()
        table.on(PublishFlowVersion.self) { params, context in
            calls.note("publish \(params.description ?? "-") \(context.door.rawValue)")
            return .with {
                $0.flowName = params.flowName
                $0.version = "3"
            }
        }
        table.on(ListFlowVersions.self) { params, _ in
            .with {
                $0.flowVersions = ["2", "1"].map { number in
                    .with {
                        $0.flowName = params.flowName
                        $0.version = number
                        $0.description = "the \(number)."
                        $0.createdTime = "2026-11-23T09:27:00.000Z"
                    }
                }
            }
        }
        table.on(DeleteFlowVersion.self) { (params, _) throws(RPCError) in
            guard params.flowVersion == "1" else {
                throw RPCError(.flowVersionInUse, "version \(params.flowVersion) is in use")
            }
            return NoFields()
        }
        addAliases(to: &table, calls)
        return table
    }

    private func addAliases(to table: inout HandlerTable, _ calls: Seen<String>) {
        @Sendable func text(_ routes: [RoutingConfiguration]?) -> String {
            (routes ?? []).map { "\($0.version)=\($0.weight)" }.joined(separator: " ")
        }
        table.on(CreateFlowAlias.self) { params, _ in
            calls.note("create \(params.name) \(text(params.routingConfigurations)) \(params.description)")
            return CreateFlowAlias.exampleResult
        }
        table.on(UpdateFlowAlias.self) { params, _ in
            calls.note(
                "set \(params.name) \(text(params.routingConfigurations)) \(params.description ?? "-")")
            return .with { $0.alias = Self.prod }
        }
        table.on(DescribeFlowAlias.self) { (params, _) throws(RPCError) in
            guard params.name == "prod" else {
                throw RPCError(.flowAliasNotExists, "no alias \(params.name)")
            }
            return .with { $0.alias = Self.prod }
        }
        table.on(ListFlowAliases.self) { _, _ in .with { $0.aliases = [Self.prod] } }
        table.on(DeleteFlowAlias.self) { params, context in
            calls.note("delete \(params.name) \(context.door.rawValue)")
            return NoFields()
        }
    }

    @Test func `publish says the number, through the administrators' door`() async {
        let calls = Seen<String>()
        let stage = Stage([.flowEngine: engine(calls)])
        #expect(await stage.run("fnfctl flow publish Greeting --description 'with name'") == .ok)
        #expect(stage.out == "flow Greeting is published as version 3\n")
        let name = Stage([.flowEngine: engine(calls)])
        #expect(await name.run("fnfctl flow publish Greeting -o name") == .ok)
        #expect(name.out == "3\n")
        #expect(calls.all == ["publish with name admin", "publish - admin"])
    }

    @Test func `versions are listed with the aliases that route to them`() async {
        let stage = Stage([.flowEngine: engine()])
        #expect(await stage.run("fnfctl flow versions Greeting") == .ok)
        let lines = stage.out.split(separator: "\n")
        #expect(lines.count == 3 && lines[1].contains("prod 10 %") && lines[2].contains("prod 90 %"))
        #expect(lines[1].contains("3 min ago") && lines[1].contains("the 2."))
        let json = Stage([.flowEngine: engine()])
        #expect(await json.run("fnfctl flow versions Greeting -o json") == .ok)
        #expect(json.outJSON?["FlowVersions"]?.arrayValue?.count == 2)
    }

    @Test func `unpublish deletes a version, and says why it can't`() async {
        let stage = Stage([.flowEngine: engine()])
        #expect(await stage.run("fnfctl flow unpublish Greeting 1") == .ok)
        #expect(stage.out == "version 1 of flow Greeting deleted\n")
        #expect(await stage.run("fnfctl flow unpublish Greeting 2") == .conflict)
        #expect(stage.err.contains("is in use") && stage.err.contains("fnfctl flow alias list Greeting"))
    }

    @Test func `an alias is created and set with one route or two`() async {
        let calls = Seen<String>()
        let stage = Stage([.flowEngine: engine(calls)])
        #expect(await stage.run("fnfctl flow alias create Greeting prod --route 1=90 --route 2=10") == .ok)
        #expect(stage.out == "alias prod of flow Greeting created\n")
        #expect(await stage.run("fnfctl flow alias create Greeting test --route 2 --description new") == .ok)
        #expect(await stage.run("fnfctl flow alias set Greeting prod --route 2=100") == .ok)
        #expect(await stage.run("fnfctl flow alias set Greeting prod --description words") == .ok)
        #expect(
            calls.all == [
                "create prod 1=90 2=10 ", "create test 2=100 new", "set prod 2=100 -", "set prod  words",
            ])
    }

    @Test(arguments: [
        "fnfctl flow alias create Greeting prod", "fnfctl flow alias create Greeting prod --route =5",
        "fnfctl flow alias create Greeting prod --route 1=x", "fnfctl flow alias set Greeting prod",
    ])
    func `routes that can't be read are a wrong command line`(_ line: String) async {
        let stage = Stage([.flowEngine: engine()])
        #expect(await stage.run(line) == .usage)
        #expect(stage.sockets.isEmpty)
    }

    @Test func `an alias is shown, listed and deleted`() async {
        let calls = Seen<String>()
        let stage = Stage([.flowEngine: engine(calls)])
        #expect(await stage.run("fnfctl flow alias show Greeting prod") == .ok)
        #expect(stage.out.contains("Routes:") && stage.out.contains("1=90, 2=10"))
        #expect(await stage.run("fnfctl flow alias show Greeting prd") == .notFound)
        #expect(stage.err.contains("fnfctl flow alias list Greeting"))
        let list = Stage([.flowEngine: engine(calls)])
        #expect(await list.run("fnfctl flow alias list Greeting -o name") == .ok)
        #expect(list.out == "prod\n")
        #expect(await list.run("fnfctl flow alias delete Greeting prod") == .ok)
        #expect(calls.all == ["delete prod admin"])
    }

    @Test func `describe, diff and graph take a version`() async throws {
        var table = HandlerTable()
        let asked = Seen<String>()
        table.on(DescribeFlow.self) { params, _ in
            asked.note("\(params.name) \(params.flowVersion ?? "-")")
            return .with {
                $0.name = params.name
                $0.definition = FlowVerbTests.definition
                $0.flowVersion = params.flowVersion
            }
        }
        let stage = Stage([.flowEngine: table])
        #expect(await stage.run("fnfctl flow describe Greeting --version 2") == .ok)
        #expect(stage.out.contains("Version:") && stage.out.contains("2"))
        let file = try TemporaryFile(FlowVerbTests.definition)
        #expect(await stage.run("fnfctl flow diff Greeting@1 \(file.path)") == .ok)
        #expect(await stage.run("fnfctl flow graph Greeting@3") == .ok)
        #expect(asked.all == ["Greeting 2", "Greeting 1", "Greeting 3"])
    }

    @Test func `executions are started and listed under a qualifier, and show their version`() async {
        var table = HandlerTable()
        let asked = Seen<String>()
        let record = ExecutionRecord.with {
            $0.flowName = "Greeting"
            $0.name = "run-1"
            $0.status = "Running"
            $0.startedTime = "2026-11-23T09:29:00.000Z"
            $0.qualifier = "prod"
            $0.flowVersion = "2"
        }
        table.on(StartExecution.self) { params, _ in
            asked.note("start \(params.qualifier ?? "-")")
            return record
        }
        table.on(ListExecutions.self) { params, _ in
            asked.note("list \(params.qualifier ?? "-")")
            return .with { $0.executions = [record] }
        }
        let stage = Stage([.flowEngine: table])
        #expect(await stage.run("fnfctl execution start Greeting --qualifier prod") == .ok)
        #expect(stage.out.contains("Version:") && stage.out.contains("2 (prod)"))
        let list = Stage([.flowEngine: table])
        #expect(await list.run("fnfctl execution list Greeting --qualifier prod") == .ok)
        #expect(list.out.contains("Version") && list.out.contains("2 (prod)"))
        #expect(await list.run("fnfctl execution list Greeting") == .ok)
        #expect(asked.all == ["start prod", "list prod", "list -"])
    }
}

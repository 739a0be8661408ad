import FlowEngineAPI
import OrderStoreAPI
import Primitives
import RPCProtocol
import Testing

@testable import FnfctlCommands

@Suite struct ServiceVerbTests {
    private func service(_ name: ServiceName) -> HandlerTable {
        var table = HandlerTable()
        table.on(DescribeService.self) { _, _ in
            var status = ServiceStatus()
            status.name = name.rawValue
            status.version = "0.1.0"
            status.state = .serving
            status.uptimeSeconds = 75
            status.connections = 3
            status.requestsInFlight = 1
            status.waitsInFlight = 2
            status.details = [
                "outbox": ["depth": 4],
                "bindings": [["socket": "x", "trouble": "payment-gateway does not answer"]],
            ]
            return status
        }
        table.on(DescribeMetrics.self) { _, _ in MetricsText(text: "fnf_x 1\n") }
        table.on(DeleteFlow.self) { params, context in
            NoFields()
        }
        table.on(ListFlows.self) { params, _ in .with { $0.nextToken = params.nextToken } }
        table.on(stream: WatchExecutions.self) { (_, _, sink) throws(RPCError) in
            for sequence in [1, 2] as [Int64] { try sink.send(.with { $0.sequence = sequence }) }
            return NoFields()
        }
        let described = table
        table.on(Discover.self) { _, _ in described.openRPC(service: "x", version: "1").objectValue ?? [:] }
        return table
    }

    private var all: [ServiceName: HandlerTable] {
        Dictionary(uniqueKeysWithValues: ServiceName.allCases.map { ($0, service($0)) })
    }

    @Test func `status shows all services`() async {
        let stage = Stage(all)
        #expect(await stage.run("fnfctl status") == .ok)
        let lines = stage.out.split(separator: "\n")
        #expect(lines.count == ServiceName.allCases.count + 1)
        #expect(
            lines[1].hasPrefix(
                "flow-engine      serving  0.1.0    1 min 15 s            3  0 + 2 waiting       4  "))
        #expect(lines[1].hasSuffix("payment-gateway does not answer"))
    }

    @Test func `status is 7 when one is down, and still shows the others`() async throws {
        var three = all
        three[.paymentGateway] = nil
        let stage = Stage(three)
        #expect(await stage.run("fnfctl status -o json") == .unreachable)
        let services = try #require(stage.outJSON?["services"]?.arrayValue)
        #expect(services.map { $0["reachable"] } == ServiceName.allCases.map { .bool($0 != .paymentGateway) })
        #expect(stage.err.contains("no answer from payment-gateway"))
    }

    @Test func `the outbox is counted over its lanes`() {
        #expect(ServiceReading.outbox(["outbox": ["depth": 4]]) == "4")
        #expect(ServiceReading.outbox(["outbox": 3]) == "3")
        #expect(
            ServiceReading.outbox(["outbox": ["engine": ["depth": 1], "store": ["depth": 2]]]) == "3")
        #expect(ServiceReading.outbox([:]) == "-")
    }

    @Test func `troubles are found wherever a service puts them`() {
        let details: JSONValue = ["a": ["trouble": "one"], "troubles": ["lane": "two", "empty": ""]]
        #expect(ServiceReading.troubles(in: details) == ["one", "lane: two"])
        let targets: JSONValue = [
            "targets": [
                ["name": "x", "state": "up"], ["name": "y", "state": "down", "lastError": "refused"],
            ]
        ]
        #expect(ServiceReading.troubles(in: targets) == ["y is down: refused"])
    }

    @Test func `call chooses the door by the method's roles`() async {
        let stage = Stage(all)
        #expect(await stage.run("fnfctl call flow-engine ListFlows '{\"NextToken\":\"x\"}'") == .ok)
        #expect(stage.outJSON?["NextToken"] == "x")
        #expect(stage.sockets == ["flow-engine.sock"])
        let admin = Stage(all)
        #expect(await admin.run("fnfctl call flow-engine DeleteFlow '{\"Name\":\"F\"}'") == .ok)
        #expect(admin.sockets == ["flow-engine.sock", "flow-engine-admin.sock"])
        let forced = Stage(all)
        #expect(
            await forced.run("fnfctl call flow-engine DeleteFlow '{\"Name\":\"F\"}' --door client") == .denied
        )
    }

    @Test func `call prints each item of a stream`() async {
        let stage = Stage(all)
        #expect(await stage.run("fnfctl call flow-engine WatchExecutions") == .ok)
        let lines = stage.out.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0].contains(#""Sequence":1"#))
        #expect(lines[2] == "{}")
    }

    @Test func `call of a method that is not there names the nearest`() async {
        let stage = Stage(all)
        #expect(await stage.run("fnfctl call flow-engine ListFlow") == .notFound)
        #expect(stage.err.contains("ListFlows"))
    }

    @Test func `discover lists methods, and shows how to call one`() async {
        let stage = Stage(all)
        #expect(await stage.run("fnfctl discover flow-engine -o name") == .ok)
        #expect(stage.out.contains("DeleteFlow\n"))
        let one = Stage(all)
        #expect(await one.run("fnfctl discover flow-engine DeleteFlow") == .ok)
        #expect(one.out.contains(#"fnfctl call flow-engine DeleteFlow '{"Name":"Greeting"}'"#))
        #expect(one.out.contains("Door:     admin"))
        #expect(one.out.contains("required"))
    }

    @Test func `metrics are printed as they are`() async {
        let stage = Stage(all)
        #expect(await stage.run("fnfctl metrics order-store") == .ok)
        #expect(stage.out == "fnf_x 1\n")
    }

    @Test func `the folder of sockets comes from the option, then the environment, then the system`() {
        let stage = Stage(environment: ["FNF_RUNTIME_DIR": "/env/"])
        var options = GlobalOptions()
        options.socketDir = nil
        options.timeout = nil
        #expect(options.peers(stage.session).folder == "/env")
        #expect(options.peers(Stage().session).folder == "/run/fnf")
        options.socketDir = "/given"
        #expect(options.peers(stage.session).folder == "/given")
    }
}

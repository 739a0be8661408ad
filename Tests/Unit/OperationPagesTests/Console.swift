import FlowSchedule
import ConsoleParts
import FlowEngine
import FlowEngineAPI
import FlowStore
import FlowWeb
import HTTPMessage
import Logging
import LoopSupport
import PaymentGateway
import Primitives
import RPCProtocol
import SupplierRules
import Testing
import WebPages
import ZoneDatabase

@testable import OperationPages

/// The pages over the services themselves, in one process, and somebody who asks for them.
final class Console: Sendable {
    /// Says of a service that it sleeps.
    struct Sleepers: UnitStates {
        var reading = UnitReading.known([
            UnitState(name: "flow-engine", condition: .sleeping, word: "inactive (dead)")
        ])
        func read() async -> UnitReading { reading }
    }

    /// Knows people by headers: their role, and the flows that their key is for.
    struct Gate: VisitorGate {
        func visitor(of head: WebHead) async -> Visitor {
            let role = head.headers["X-Role"].flatMap(VisitorRole.init(rawValue:))
            let prefix = head.headers["X-Flows"]
            return Visitor(name: role?.rawValue, role: role, formToken: "token") { flow in
                prefix.map { flow.hasPrefix($0) } ?? true
            }
        }
    }

    let loop = TestLoop()
    let engine: FlowEngineService
    let services: PageServices
    private let endpoint: PageEndpoint
    private let folder: TemporaryFolder

    init(units: any UnitStates = Sleepers()) async throws {
        let (loop, world) = (loop, TestWorld(loop))
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        folder = try TemporaryFolder()
        engine = FlowEngineService(
            store: MemoryStore(),
            keys: TaskTokenKeys(current: .init(id: "k1", bytes: Array(repeating: 7, count: 32))),
            resolver: ResourceResolver(), callers: { _ in Nobody() }, world: world, loop: loop,
            logger: logger,
            metrics: MetricSet(), zones: { _ in .unknown(nearest: []) }
        ) { Issue.record("the store is broken: \($0)") }
        let rules = try SupplierRulesService(
            databasePath: "\(folder.path)/rules.sqlite", loop: loop, world: world, logger: logger,
            metrics: MetricSet(), rules: RuleSet([]), orderStore: Nobody(), engine: Nobody(),
            localTime: { MinuteOfDay(Int($0.microseconds / 60_000_000 % 1440)) }, onStoreFault: { _, _ in })
        let factor = try #require(DecimalNumber("0.8"))
        let gateway = try PaymentGatewayService(
            databasePath: "\(folder.path)/payments.sqlite", loop: loop, world: world, logger: logger,
            metrics: MetricSet(), discounts: Discounts(factors: ["zhifubao": factor], minorUnits: 2),
            orderStore: Nobody(), engine: Nobody(), onStoreFault: { _, _ in })
        let callers = { (methods: HandlerTable) in
            ServiceCallers(world: world, loop: loop) { InProcessCaller(methods, door: $0) }
        }
        services = PageServices(
            engine: callers(engine.methods), orders: callers(HandlerTable()),
            payments: callers(gateway.methods), suppliers: callers(rules.methods))
        let hub = EventHub(loop: loop)
        let needs = OperationPages.Needs(
            activity: ActivityWatch(engine: services.engine, hub: hub, loop: loop), units: units,
            zones: ZoneDatabase().lookUp, world: world)
        endpoint = PageEndpoint(
            OperationPages.routes(services, hub, needs), faces: [ConsoleFace.face], gate: Gate(),
            assets: PageAssets(), world: world, logger: logger)
        try await engine.recover()
        await engine.start()
        try await rules.recover()
        try await gateway.recover()
    }

    /// Asks on the loop, as the transport does.
    func ask(
        _ method: String, _ target: String, form: [(String, String)] = [], as role: String? = "admin",
        flows: String? = nil, token: String = "token"
    ) async -> WebAnswer {
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        var headers = HeaderList([("Host", "127.0.0.1")])
        if let role { headers.add("X-Role", role) }
        if let flows { headers.add("X-Flows", flows) }
        let head = WebHead(
            method: method, path: parts[0], query: parts.count == 2 ? parts[1] : nil, headers: headers)
        let body = (method == "POST" ? [("csrf", token)] + form : []).map {
            "\(PercentCoding.encode($0.0))=\(PercentCoding.encode($0.1))"
        }.joined(separator: "&")
        let request = WebRequest(head, body: Array(body.utf8))
        return await Task(executorPreference: loop) { [endpoint] in await endpoint.answer(request) }.value
    }

    /// The text of a page that must be there.
    func page(_ target: String, as role: String = "admin", flows: String? = nil) async throws -> String {
        let answer = await ask("GET", target, as: role, flows: flows)
        try #require(answer.status == 200, "\(target): \(answer.text)")
        return answer.text
    }

    func post(_ target: String, _ form: [(String, String)], as role: String = "admin", flows: String? = nil)
        async
        -> WebAnswer
    {
        await ask("POST", target, form: form, as: role, flows: flows)
    }

    func flow(_ name: String, _ definition: String) async throws {
        _ = try await services.engine.call(
            CreateFlow.self,
            .with {
                $0.name = name
                $0.definition = definition
                $0.type = "FDL"
            }, as: .admin)
    }

    func start(_ flow: String, _ name: String, input: String = "{}") async throws {
        _ = try await services.engine.call(
            StartExecution.self,
            .with {
                $0.flowName = flow
                $0.executionName = name
                $0.input = input
            }, as: .admin)
    }

    func status(_ flow: String, _ name: String) async throws -> ExecutionRecord {
        try await services.engine.call(
            DescribeExecution.self,
            .with {
                $0.flowName = flow
                $0.executionName = name
            }, as: .admin)
    }
}

extension WebAnswer {
    var text: String { String(decoding: bytes ?? [], as: UTF8.self) }
    var place: String? { headers["Location"] }
}

/// Nobody is called.
struct Nobody: RPCCaller {
    func call(_ method: String, _ params: JSONValue, meta: RPCMeta) async throws(RPCFailure) -> JSONValue {
        throw .unreachable("nobody listens")
    }

    func stream(
        _ method: String, _ params: JSONValue, meta: RPCMeta,
        onItem: @Sendable (JSONValue) async throws -> Void
    ) async throws(RPCFailure) -> JSONValue { throw .unreachable("nobody listens") }
}

/// The flows of the tests.
enum Flows {
    static let rest = """
        version: v1
        type: flow
        steps:
          - type: wait
            name: rest
            duration: 3000
        """
    static let fail = """
        version: v1
        type: flow
        steps:
          - type: fail
            name: broken
            error: OutOfStock
            cause: sold <out>
        """
    /// Its token goes into a queue, and it waits for the report.
    static let ask = """
        version: v1
        type: flow
        steps:
          - type: task
            name: ask
            resourceArn: acs:mns:::/queues/asked/messages
            pattern: waitForCallback
            timeoutSeconds: 300
            inputMappings:
              - target: taskToken
                source: $context.task.token
            serviceParams:
              MessageBody: $
        """
}

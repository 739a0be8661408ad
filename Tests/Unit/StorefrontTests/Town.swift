import FlowEngine
import FlowEngineAPI
import FlowSchedule
import FlowStore
import Foundation
import HTTPMessage
import Logging
import LoopSupport
import OrderStoreAPI
import PaymentGateway
import Primitives
import RPCProtocol
import ServiceLedger
import Testing
import WebPages

@testable import OrderStore
@testable import Storefront
@testable import SupplierRules

/// The shop's pages over all four services in this process, on one loop, with the article's flow.
final class Town: Sendable {
    static let flow = "OrderDemo-Jiyuan"

    let loop = TestLoop()
    let folder: TemporaryFolder
    let wires: Wires
    let orders: OrderStoreService
    let services: PageServices
    let endpoint: PageEndpoint

    /// - Parameter discounts: what is charged is price × factor, by method.
    init(
        discounts: [String: String] = ["zhifubao": "0.8", "weixin": "1", "unionpay": "1"],
        isFlowThere: Bool = true
    ) async throws {
        let (loop, wires, folder) = (loop, Wires(), try TemporaryFolder())
        let world = TestWorld(loop)
        self.folder = folder
        self.wires = wires
        let engine = try Self.engine(loop, world, wires)
        wires.put("flow-engine", engine.methods)
        orders = try Self.orderStore(loop, world, wires, folder)
        wires.put("order-store", OrderStoreMethods.table(of: orders))
        let payments = try Self.gateway(loop, world, wires, folder, discounts)
        wires.put("payment-gateway", payments.methods)
        let rules = try Self.rules(loop, world, wires, folder)
        wires.put("supplier-rules", rules.methods)

        let ports = { Port(client: wires.caller($0, .client), admin: wires.caller($0, .admin)) }
        services = PageServices(
            engine: ports("flow-engine"), orders: ports("order-store"), payments: ports("payment-gateway"),
            suppliers: ports("supplier-rules"))
        endpoint = PageEndpoint(
            Storefront.routes(services, EventHub(loop: loop), loop: loop, world: world), faces: [Shop.face],
            gate: Gate(), assets: PageAssets(styles: [Storefront.styles], scripts: [Storefront.script]),
            world: world, logger: Self.quiet)

        try await engine.recover()
        try await orders.recover()
        try await payments.recover()
        try await rules.recover()
        await engine.start()
        await orders.start()
        await payments.start()
        if isFlowThere { try await createFlow() }
    }

    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private static func engine(_ loop: TestLoop, _ world: TestWorld, _ wires: Wires) throws
        -> FlowEngineService
    {
        FlowEngineService(
            store: MemoryStore(),
            keys: TaskTokenKeys(current: .init(id: "k1", bytes: Array(repeating: 7, count: 32))),
            resolver: try bindings(), callers: { wires.caller($0.description, .task) }, world: world,
            loop: loop, logger: quiet, metrics: MetricSet(), zones: { _ in .unknown(nearest: []) }
        ) { Issue.record("the engine's store is broken: \($0)") }
    }

    private static func bindings() throws -> ResourceResolver {
        let functions = "acs:fc:*:*:services/FNFDemo-jiyuan*/functions/"
        let topics = "acs:mns:*:*:/topics/"
        return ResourceResolver(
            try [
                (topics + "generateInfo-fnf-demo-jiyuan/messages", "supplier-rules", "GenerateInfo"),
                (topics + "payment-fnf-demo-jiyuan/messages", "payment-gateway", "RequestPayment"),
                (functions + "zhifubao-fnf-demo", "payment-gateway", "ChargeOrder"),
                (functions + "weixin-fnf-demo", "payment-gateway", "ChargeOrder"),
                (functions + "union-fnf-demo", "payment-gateway", "ChargeOrder"),
                (functions + "orderCompleted", "order-store", "CompleteOrder"),
                (functions + "cancerOrder", "order-store", "CancelOrder"),
            ].map { try ResourceBinding(pattern: $0.0, target: .service($0.1), method: $0.2) })
    }

    private static func orderStore(
        _ loop: TestLoop, _ world: TestWorld, _ wires: Wires, _ folder: TemporaryFolder
    ) throws -> OrderStoreService {
        let queue = try ServiceDatabase.open("\(folder.path)/order-store.sqlite") {
            OrderStoreMigrations.register(&$0)
        }
        return OrderStoreService(
            store: GroupCommit(queue, loop: loop) { fault, _ in Issue.record("order-store: \(fault)") },
            engine: wires.caller("flow-engine", .report), defaultFlow: flow, loop: loop, world: world,
            logger: quiet, metrics: MetricSet())
    }

    private static func gateway(
        _ loop: TestLoop, _ world: TestWorld, _ wires: Wires, _ folder: TemporaryFolder,
        _ discounts: [String: String]
    ) throws -> PaymentGatewayService {
        try PaymentGatewayService(
            databasePath: "\(folder.path)/payment-gateway.sqlite", loop: loop, world: world, logger: quiet,
            metrics: MetricSet(),
            discounts: Discounts(factors: discounts.compactMapValues { DecimalNumber($0) }, minorUnits: 2),
            orderStore: wires.caller("order-store", .internal), engine: wires.caller("flow-engine", .report)
        ) { fault, _ in Issue.record("payment-gateway: \(fault)") }
    }

    private static func rules(
        _ loop: TestLoop, _ world: TestWorld, _ wires: Wires, _ folder: TemporaryFolder
    ) throws -> SupplierRulesService {
        var haidilao = RuleConditions()
        haidilao.supplier = [Glob("haidilao")]
        let rules = [
            SupplierRule(
                name: "haidilao", source: "10-haidilao.yaml:3", conditions: haidilao,
                paymentMethods: ["zhifubao", "weixin"]),
            SupplierRule(
                name: "default", source: "90-default.yaml:3", conditions: RuleConditions(),
                paymentMethods: ["zhifubao", "weixin", "unionpay"]),
        ]
        return try SupplierRulesService(
            databasePath: "\(folder.path)/supplier-rules.sqlite", loop: loop, world: world, logger: quiet,
            metrics: MetricSet(), rules: RuleSet(rules), orderStore: wires.caller("order-store", .internal),
            engine: wires.caller("flow-engine", .report), localTime: { _ in MinuteOfDay(600) }
        ) { fault, _ in Issue.record("supplier-rules: \(fault)") }
    }

    func createFlow() async throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let definition = try String(
            contentsOf: root.appending(path: "docs/examples/order-demo.yaml"), encoding: .utf8)
        _ = try await services.engine.call(
            CreateFlow.self,
            .with {
                $0.name = Self.flow
                $0.definition = definition
                $0.type = "FDL"
            }, as: .admin)
    }
}

/// The doors of the services, each known by its name once it is there.
final class Wires: Sendable {
    private let tables = TablesByName()

    func put(_ service: String, _ table: HandlerTable) { tables.put(service, table) }

    /// The service is away.
    func take(_ service: String) { tables.take(service) }

    func caller(_ service: String, _ door: RPCDoor) -> any RPCCaller {
        Wire(service: service, door: door, tables: tables)
    }

    private struct Wire: RPCCaller {
        let service: String
        let door: RPCDoor
        let tables: TablesByName

        private func end() throws(RPCFailure) -> InProcessCaller {
            guard let table = tables.get(service) else { throw .unreachable("there is no \(service)") }
            return InProcessCaller(table, door: door)
        }

        func call(
            _ method: String, _ params: JSONValue, meta: RPCMeta
        ) async throws(RPCFailure) -> JSONValue {
            try await end().call(method, params, meta: meta)
        }

        func stream(
            _ method: String, _ params: JSONValue, meta: RPCMeta,
            onItem: @Sendable (JSONValue) async throws -> Void
        ) async throws(RPCFailure) -> JSONValue {
            try await end().stream(method, params, meta: meta, onItem: onItem)
        }
    }
}

/// Somebody's role stands in a header; everybody's forms have the same token.
struct Gate: VisitorGate {
    static let token = "token"

    func visitor(of head: WebHead) async -> Visitor {
        let role = head.headers["X-Role"].flatMap(VisitorRole.init(rawValue:))
        return Visitor(name: role?.rawValue, role: role, formToken: Self.token)
    }
}

/// The doors of one service; the admin's for who is one.
struct Port: ServicePort {
    let client: any RPCCaller
    let admin: any RPCCaller

    func call<Method: RPCMethod>(
        _ method: Method.Type, _ params: Method.Params, as role: VisitorRole?
    ) async throws(RPCFailure) -> Method.Result {
        try await (role == .admin ? admin : client).call(method, params)
    }

    func follow<Method: RPCStreamMethod>(
        _ method: Method.Type, _ params: Method.Params,
        onItem: @escaping @Sendable (Method.Item) async throws -> Void
    ) async throws(RPCFailure) -> Method.Result {
        try await client.stream(method, params, onItem: onItem)
    }
}

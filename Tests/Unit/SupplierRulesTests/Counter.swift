import Logging
import LoopSupport
import Primitives
import RPCProtocol
import SupplierRulesAPI

@testable import SupplierRules

/// A rules service with its database file, its loop and its peers. Its local time is UTC.
final class Counter: Sendable {
    let folder: TemporaryFolder
    let loop = TestLoop()
    let peers: Peers
    let toEngine: UnsteadyCaller
    let toOrderStore: UnsteadyCaller
    let service: SupplierRulesService

    init(_ rules: [SupplierRule], folder: TemporaryFolder? = nil, peers: Peers = Peers()) async throws {
        self.folder = try folder ?? TemporaryFolder()
        self.peers = peers
        toEngine = UnsteadyCaller(InProcessCaller(peers.engine, door: .report))
        toOrderStore = UnsteadyCaller(InProcessCaller(peers.orderStore, door: .internal))
        service = try SupplierRulesService(
            databasePath: "\(self.folder.path)/supplier-rules.sqlite", loop: loop, world: TestWorld(loop),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, metrics: MetricSet(),
            rules: RuleSet(rules), orderStore: toOrderStore, engine: toEngine,
            localTime: { MinuteOfDay(Int($0.microseconds / 60_000_000 % 1440)) }, onStoreFault: { _, _ in })
        try await service.recover()
    }

    var client: InProcessCaller { InProcessCaller(service.methods, door: .client) }
    var admin: InProcessCaller { InProcessCaller(service.methods, door: .admin) }

    func generate(_ orderNum: String, supplier: String, products: String = "beef", event: Int64 = 2)
        async
        throws(RPCFailure)
    {
        let task = TaskMeta(
            flow: "OrderDemo", execution: orderNum, step: "generateInfo", scheduledEventID: event, attempt: 0,
            token: "token", deadline: nil, labels: [:], redelivery: 0)
        _ = try await InProcessCaller(service.methods, door: .task).call(
            GenerateInfo.self,
            .with {
                $0.taskToken = "token"
                $0.orderNum = orderNum
                $0.supplier = supplier
                $0.products = products
            }, meta: RPCMeta(task: task))
    }

    func describe(_ supplier: String) async throws(RPCFailure) -> SupplierRecord {
        try await client.call(DescribeSupplier.self, .with { $0.supplier = supplier })
    }

    @discardableResult
    func set(_ supplier: String, _ methods: [String]) async throws(RPCFailure) -> SupplierRecord {
        try await admin.call(
            SetSupplierRule.self,
            .with {
                $0.supplier = supplier
                $0.paymentMethods = methods
            })
    }
}

func rule(
    _ name: String, _ methods: [String], _ edit: (inout RuleConditions) -> Void = { _ in }
) -> SupplierRule {
    var conditions = RuleConditions()
    edit(&conditions)
    return SupplierRule(name: name, source: "\(name).yaml:3", conditions: conditions, paymentMethods: methods)
}

/// The shipped rules.
let shipped = [
    rule("haidilao", ["zhifubao", "weixin"]) { $0.supplier = [Glob("haidilao")] },
    rule("default", ["zhifubao", "weixin", "unionpay"]),
]

/// The error a call was refused with.
func refusal(_ body: () async throws -> some Any) async -> RPCError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return (error as? RPCFailure)?.answer ?? RPCError("NotAnswered", "\(error)")
    }
}

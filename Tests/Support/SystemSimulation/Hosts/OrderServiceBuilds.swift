import GRDB
import OrderStore
import PaymentGateway
import Primitives
import RPCProtocol
import ServiceLedger
import SupplierRules

/// The services of the order flow as their executables wire them.
enum OrderServiceBuilds {
    static let flow = "OrderDemo-Jiyuan"

    static let discounts = Discounts(
        factors: [
            "zhifubao": DecimalNumber("0.8") ?? DecimalNumber(1), "weixin": DecimalNumber(1),
            "unionpay": DecimalNumber(1),
        ], minorUnits: 2)

    static func orderStore(_ around: SimulatedSurroundings) throws -> SimulatedService {
        let database = try ServiceDatabase.open(around.databasePath) { OrderStoreMigrations.register(&$0) }
        let store = GroupCommit(database, loop: around.loop) { fault, isFatal in
            around.system.note("\(around.loop.name): \(fault)")
            if isFatal { around.end(because: fault) }
        }
        let service = OrderStoreService(
            store: store, engine: around.caller(ServiceName.engine, .report), defaultFlow: flow,
            loop: around.loop, world: around.world, logger: EngineBuild.quiet, metrics: MetricSet())
        let watch = around.system.orders
        return SimulatedService(
            methods: OrderStoreMethods.table(of: service),
            recover: { try await service.recover() }, start: { await service.start() },
            inspect: { watch.inspect(store, isFirst: $0) }, drain: { await service.stop() })
    }

    static func paymentGateway(_ around: SimulatedSurroundings) throws -> SimulatedService {
        let service = try PaymentGatewayService(
            databasePath: around.databasePath, loop: around.loop, world: around.world,
            logger: EngineBuild.quiet, metrics: MetricSet(), discounts: discounts,
            orderStore: around.caller(ServiceName.orders, .internal),
            engine: around.caller(ServiceName.engine, .report)
        ) { fault, isFatal in
            around.system.note("\(around.loop.name): \(fault)")
            if isFatal { around.end(because: fault) }
        }
        if around.system.bugs.isOn(.forgottenCharge) {
            try service.store.read { try $0.execute(sql: "DELETE FROM charges") }
        }
        let watch = around.system.payments
        return SimulatedService(
            methods: service.methods, recover: { try await service.recover() },
            start: { await service.start() }, inspect: { watch.inspect(service.store, isFirst: $0) },
            drain: { await service.drain() })
    }

    static func supplierRules(_ around: SimulatedSurroundings) throws -> SimulatedService {
        let service = try SupplierRulesService(
            databasePath: around.databasePath, loop: around.loop, world: around.world,
            logger: EngineBuild.quiet, metrics: MetricSet(), rules: rules,
            orderStore: around.caller(ServiceName.orders, .internal),
            engine: around.caller(ServiceName.engine, .report),
            localTime: { MinuteOfDay(Int($0.microseconds / 60_000_000 % 1440)) }
        ) { fault, isFatal in
            around.system.note("\(around.loop.name): \(fault)")
            if isFatal { around.end(because: fault) }
        }
        return SimulatedService(methods: service.methods, recover: { try await service.recover() })
    }

    /// Every way that rules decide: by supplier, by time, by none; and one that offers what the flow has no step for.
    static let rules: RuleSet = {
        func rule(_ name: String, _ methods: [String], _ edit: (inout RuleConditions) -> Void) -> SupplierRule
        {
            var conditions = RuleConditions()
            edit(&conditions)
            return SupplierRule(
                name: name, source: "\(name).yaml:1", conditions: conditions, paymentMethods: methods)
        }
        return RuleSet([
            rule("haidilao", ["zhifubao", "weixin"]) { $0.supplier = [Glob("haidilao")] },
            rule("cash", ["cash", "weixin"]) { $0.supplier = [Glob("cashier")] },
            rule("night", ["unionpay"]) {
                $0.supplier = [Glob("laocheng")]
                $0.time = TimeWindow(from: MinuteOfDay(0), to: MinuteOfDay(3))
            },
            rule("day", ["unionpay", "weixin"]) { $0.supplier = [Glob("laocheng")] },
            rule("default", ["zhifubao", "weixin", "unionpay"]) { $0.address = [Glob("*Lake*")] },
        ])
    }()

    /// The suppliers that buyers order from; no rule matches the last one.
    static let suppliers = ["haidilao", "cashier", "laocheng", "everybody", "nobody"]
}

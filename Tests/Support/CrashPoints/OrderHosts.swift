import FaultyDisk
import FlowEngine
import GRDB
import Logging
import OrderStore
import PaymentGateway
import Primitives
import RPCProtocol
import ServiceLedger
import SupplierRules

/// The services that an order passes, each with a disk of its own, as their executables wire them.
enum OrderHosts {
    static let store = "order-store"
    static let gateway = "payment-gateway"
    static let rules = "supplier-rules"
    static let names = [store, gateway, rules]
    static let flow = "OrderDemo-Jiyuan"

    static let bindings: [(pattern: String, service: String, method: String)] = {
        let functions = "acs:fc:*:*:services/FNFDemo-jiyuan*/functions/"
        let topics = "acs:mns:*:*:/topics/"
        return [
            (topics + "generateInfo-fnf-demo-jiyuan/messages", rules, "GenerateInfo"),
            (topics + "payment-fnf-demo-jiyuan/messages", gateway, "RequestPayment"),
            (functions + "zhifubao-fnf-demo", gateway, "ChargeOrder"),
            (functions + "weixin-fnf-demo", gateway, "ChargeOrder"),
            (functions + "union-fnf-demo", gateway, "ChargeOrder"),
            (functions + "orderCompleted", store, "CompleteOrder"),
            (functions + "cancerOrder", store, "CancelOrder"),
        ]
    }()

    /// What of the orders' own databases is wrong, with everything unsynced gone: one order, one charge, both told.
    static func faults(_ disks: [String: FaultyDisk]) throws -> [String] {
        var faults: [String] = []
        func count(_ service: String, _ sql: String) throws -> Int {
            guard let disk = disks[service] else { return 0 }
            let queue = try DatabaseQueue(path: disk.path("\(service).sqlite"))
            return try queue.read { try Int.fetchOne($0, sql: sql) } ?? 0
        }
        let charges = try count(gateway, "SELECT count(*) FROM charges")
        if charges != 1 { faults.append("one order was charged \(charges) times") }
        let closed = try count(
            store, "SELECT count(*) FROM orders WHERE status = 'completed'")
        if closed != 1 { faults.append("\(closed) orders are completed in the order store") }
        for service in names where service != rules {
            let waiting = try count(service, "SELECT count(*) FROM outbox")
            if waiting != 0 { faults.append("\(waiting) messages of \(service) were not delivered") }
        }
        return faults
    }
}

extension CrashTown {
    func addServices(_ disks: [String: FaultyDisk], orders: Bool) throws {
        guard let disk = disks[Self.engine] else { return }
        var bindings = try TaskDesk.bindings.map {
            try ResourceBinding(pattern: $0.pattern, target: .service(TaskDesk.name), method: $0.method)
        }
        if orders {
            bindings += try OrderHosts.bindings.map {
                try ResourceBinding(pattern: $0.pattern, target: .service($0.service), method: $0.method)
            }
        }
        addEngine(disk, bindings: bindings)
        guard orders, let store = disks[OrderHosts.store], let gateway = disks[OrderHosts.gateway],
            let rules = disks[OrderHosts.rules]
        else { return }
        addOrderStore(store)
        addGateway(gateway)
        addRules(rules)
    }

    private func wire(_ process: HostProcess, _ loop: StageLoop, _ to: String, _ door: RPCDoor) -> Wire {
        Wire(town: self, from: process, fromLoop: loop, to: to, door: door)
    }

    private static func onFault(_ process: HostProcess) -> @Sendable (String, Bool) -> Void {
        { reason, isFatal in if isFatal { process.die("broken: \(reason)") } }
    }

    private func addOrderStore(_ disk: FaultyDisk) {
        add(OrderHosts.store, disk: disk) { process, loop in
            let queue = try ServiceDatabase.open(disk.path("\(process.name).sqlite")) {
                OrderStoreMigrations.register(&$0)
            }
            let service = OrderStoreService(
                store: GroupCommit(queue, loop: loop, onFault: Self.onFault(process)),
                engine: self.wire(process, loop, Self.engine, .report), defaultFlow: OrderHosts.flow,
                loop: loop,
                world: StageWorld(self.stage, salt: process.starts + 1000), logger: Self.quiet,
                metrics: MetricSet())
            return HostProcess.Service(
                methods: OrderStoreMethods.table(of: service), recover: { try await service.recover() },
                start: { await service.start() }, drain: { await service.stop() })
        }
    }

    private func addGateway(_ disk: FaultyDisk) {
        add(OrderHosts.gateway, disk: disk) { process, loop in
            let service = try PaymentGatewayService(
                databasePath: disk.path("\(process.name).sqlite"), loop: loop,
                world: StageWorld(self.stage, salt: process.starts + 2000), logger: Self.quiet,
                metrics: MetricSet(),
                discounts: Discounts(factors: ["zhifubao": DecimalNumber(1)], minorUnits: 2),
                orderStore: self.wire(process, loop, OrderHosts.store, .internal),
                engine: self.wire(process, loop, Self.engine, .report), onStoreFault: Self.onFault(process))
            return HostProcess.Service(
                methods: service.methods, recover: { try await service.recover() },
                start: { await service.start() }, drain: { await service.drain() })
        }
    }

    private func addRules(_ disk: FaultyDisk) {
        add(OrderHosts.rules, disk: disk) { process, loop in
            var everything = RuleConditions()
            everything.supplier = [Glob("*")]
            let rule = SupplierRule(
                name: "all", source: "all.yaml:1", conditions: everything, paymentMethods: ["zhifubao"])
            let service = try SupplierRulesService(
                databasePath: disk.path("\(process.name).sqlite"), loop: loop,
                world: StageWorld(self.stage, salt: process.starts + 3000), logger: Self.quiet,
                metrics: MetricSet(), rules: RuleSet([rule]),
                orderStore: self.wire(process, loop, OrderHosts.store, .internal),
                engine: self.wire(process, loop, Self.engine, .report), localTime: { _ in MinuteOfDay(600) },
                onStoreFault: Self.onFault(process))
            return HostProcess.Service(methods: service.methods, recover: { try await service.recover() })
        }
    }
}

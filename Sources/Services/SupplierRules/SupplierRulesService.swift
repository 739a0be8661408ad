package import Logging
package import Primitives
package import RPCProtocol
package import ServiceLedger
import SupplierRulesAPI

/// Says which payment methods a supplier offers, by rules that are data.
///
/// Durability: rules set at run time and the decision for each task are on disk before anybody hears of them.
package actor SupplierRulesService {
    let store: GroupCommit
    let loop: any ServiceLoop
    let world: any World
    let logger: Logger
    let metrics: MetricSet
    let orderStore: any RPCCaller
    let engine: any RPCCaller
    let localTime: @Sendable (Timestamp) -> MinuteOfDay
    private(set) var book: RuleBook
    /// Since the start; tells when old decisions are swept away.
    var decisionsMade: Int64 = 0

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        loop.executor.asUnownedSerialExecutor()
    }

    /// - Parameter engine: the engine's report door.
    /// - Parameter orderStore: order-store's internal door.
    /// - Parameter localTime: the time of day at a moment, where the suppliers are.
    /// - Parameter onStoreFault: as `GroupCommit` tells it; after a fatal one the process must end.
    package init(
        databasePath: String, loop: any ServiceLoop, world: any World, logger: Logger, metrics: MetricSet,
        rules: RuleSet, orderStore: any RPCCaller, engine: any RPCCaller,
        localTime: @escaping @Sendable (Timestamp) -> MinuteOfDay = LocalTime.minuteOfDay,
        onStoreFault: @escaping @Sendable (String, _ isFatal: Bool) -> Void
    ) throws(ServiceDatabase.Fault) {
        let queue = try ServiceDatabase.open(databasePath) { SupplierTable.registerMigrations(&$0) }
        store = GroupCommit(queue, loop: loop, onFault: onStoreFault)
        store.report(to: metrics)
        self.loop = loop
        self.world = world
        self.logger = logger
        self.metrics = metrics
        self.orderStore = orderStore
        self.engine = engine
        self.localTime = localTime
        book = RuleBook(fileRules: rules)
        metrics.declare(Self.decisions, "Orders for which payment methods were decided")
    }

    static let decisions = "fnf_supplier_decisions_total"

    /// Reads the rules that were set at run time.
    package func recover() throws(RPCError) {
        book.databaseRules = try store.read { try SupplierTable(db: $0).all() }
    }

    /// Puts other rules of the files in force, for the next order.
    package func use(_ rules: RuleSet) { book.fileRules = rules }

    /// Shape: `{"rules":{"files":n,"database":n}}`
    package var status: JSONObject {
        let counts: JSONObject = [
            "files": .integer(Int64(book.fileRules.rules.count)),
            "database": .integer(Int64(book.databaseRules.count)),
        ]
        return ["rules": .object(counts)]
    }
}

// MARK: - Questions and edits

extension SupplierRulesService {
    func explain(_ params: ExplainSupplier.Params) throws(RPCError) -> ExplainSupplier.Result {
        let facts = OrderFacts(
            supplier: params.supplier, products: params.products, address: params.address,
            time: localTime(try moment(params.time)))
        let decision = book.decide(facts) ?? RuleBook.Decision()
        return .with {
            $0.paymentMethods = decision.paymentMethods
            $0.rule = decision.rule
            $0.source = decision.source
            $0.trace = decision.trace
        }
    }

    /// - Parameter text: now when nil.
    func moment(_ text: String?) throws(RPCError) -> Timestamp {
        guard let text else { return world.now }
        guard let time = Timestamp(rfc3339: text) else {
            throw RPCError(
                .invalidRule, "the time \"\(text)\" is not written as 2026-11-23T09:30:00Z",
                details: ["path": "time"])
        }
        return time
    }

    func list() -> ListSuppliers.Result {
        .with { $0.suppliers = book.suppliers.compactMap(record) }
    }

    func describe(_ supplier: String) throws(RPCError) -> SupplierRecord {
        guard let record = record(supplier) else {
            throw RPCError(
                .ruleNotExists,
                "no rule matches supplier \(supplier) now; supplier-rules.d has no rule for everyone",
                details: ["supplier": .string(supplier)])
        }
        return record
    }

    func set(_ params: SetSupplierRule.Params) async throws(RPCError) -> SupplierRecord {
        let (supplier, methods) = (params.supplier, params.paymentMethods)
        try checkRule(supplier, methods)
        let now = world.now
        try await store.write { try SupplierTable(db: $0).set(supplier, methods, at: now) }
        book.databaseRules[supplier] = methods
        return try describe(supplier)
    }

    /// Whether such a rule may be set at run time; without methods only whether for this supplier.
    func checkRule(_ supplier: String, _ methods: [String]?) throws(RPCError) {
        guard !supplier.isEmpty, !supplier.contains(where: { "*?".contains($0) }) else {
            throw RPCError(
                .invalidRule,
                "a rule set at run time is for one supplier, not \"\(supplier)\"; rules for many are in "
                    + "supplier-rules.d", details: ["path": "supplier"])
        }
        if let methods, let fault = PaymentMethodNames.fault(in: methods) {
            throw RPCError(.invalidRule, "paymentMethods \(fault)", details: ["path": "paymentMethods"])
        }
    }

    func unset(_ supplier: String) async throws(RPCError) -> SupplierRecord {
        let existed = try await store.write { try SupplierTable(db: $0).unset(supplier) }
        book.databaseRules[supplier] = nil
        guard existed else {
            throw RPCError(
                .ruleNotExists, "no rule was set at run time for supplier \(supplier)",
                details: ["supplier": .string(supplier)])
        }
        return record(supplier) ?? .with { $0.supplier = supplier }
    }

    /// For an order of which only the supplier is known, submitted now.
    private func record(_ supplier: String) -> SupplierRecord? {
        let facts = OrderFacts(supplier: supplier, time: localTime(world.now))
        guard let decision = book.decide(facts), decision.matched else { return nil }
        return .with {
            $0.supplier = supplier
            $0.paymentMethods = decision.paymentMethods
            $0.rule = decision.rule
            $0.source = decision.source
            if decision.source == RuleBook.databaseSource, let file = book.decideByFiles(facts), file.matched
            {
                $0.shadows = "\(file.rule) (\(file.source))"
            }
        }
    }
}

import GRDB

/// Counts in the databases of a system that has stopped: every order once, every charge once.
struct SoakCount {
    private let system: SoakSystem

    init(_ system: SoakSystem) { self.system = system }

    func faults(orders: Int) throws -> [String] {
        let store = try numbers(
            "order-store",
            ["SELECT count(*) FROM orders", "SELECT count(*) FROM orders WHERE status = 'completed'"])
        let gateway = try numbers(
            "payment-gateway",
            [
                "SELECT count(*) FROM charges", "SELECT count(*) FROM payments WHERE state = 'charged'",
                "SELECT count(DISTINCT order_num) FROM payments",
            ])
        let engine = try numbers(
            "flow-engine",
            [
                "SELECT count(*) FROM transitions WHERE previous = 0"
            ])
        print(
            "counted: \(orders) orders answered; order-store \(store), payment-gateway \(gateway), flow-engine \(engine)"
        )
        let counts = store + gateway + engine
        return counts.allSatisfy { $0 == orders }
            ? [] : ["\(orders) orders were answered, the databases hold \(counts)"]
    }

    private func numbers(_ service: String, _ queries: [String]) throws -> [Int] {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: system.databasePath(service), configuration: configuration)
        return try queue.read { db in try queries.map { try Int.fetchOne(db, sql: $0) ?? -1 } }
    }
}

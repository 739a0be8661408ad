import GRDB
import OrderStoreAPI
import ServiceLedger

/// An order as order-store has committed it.
struct OrderModel: Hashable {
    let number: String
    var status: OrderStatus
    var method: String?
    /// Charged, after discount.
    var price: String?
    var isStarted: Bool
    var reason: String?
}

/// Follows the orders: each change as it is committed, and all of them after each restart.
final class OrderWatch: @unchecked Sendable { // touched by the one thread of the simulation only
    private let system: SimulatedSystem
    private(set) var orders: [String: OrderModel] = [:]
    private var commitsSeen: Int64 = -1
    /// Messages of the outbox that are not answered.
    private(set) var pending = 0

    init(_ system: SimulatedSystem) { self.system = system }

    func inspect(_ store: GroupCommit, isFirst: Bool) {
        guard isFirst || store.commits != commitsSeen else { return }
        commitsSeen = store.commits
        do {
            let (found, waiting) = try store.read { db in (try Self.load(db), try Self.outboxCount(db)) }
            pending = waiting
            compare(found)
        } catch { system.note("the orders can't be read: \(error)") }
    }

    private static func load(_ db: Database) throws -> [OrderModel] {
        let statement = try db.cachedStatement(
            sql: "SELECT number, status, method, price, started, reason FROM orders ORDER BY id")
        return try Row.fetchAll(statement).compactMap { row in
            guard let status = OrderStatus(rawValue: row[1]) else { return nil }
            return OrderModel(
                number: row[0], status: status, method: row[2], price: row[3], isStarted: row[4],
                reason: row[5])
        }
    }

    static func outboxCount(_ db: Database) throws -> Int {
        try Int.fetchOne(try db.cachedStatement(sql: "SELECT count(*) FROM outbox")) ?? 0
    }

    private func compare(_ found: [OrderModel]) {
        var missing = Set(orders.keys)
        for order in found {
            missing.remove(order.number)
            guard let known = orders[order.number] else {
                system.note("order \(order.number) \(order.status.rawValue)")
                orders[order.number] = order
                continue
            }
            guard known != order else { continue }
            system.note("order \(order.number) \(order.status.rawValue) \(order.price ?? "-")")
            orders[order.number] = order
            guard known.status == order.status || known.status.reaches(order.status) else {
                return system.fail(
                    "order \(order.number) was \(known.status.rawValue) and is \(order.status.rawValue)")
            }
            guard known.price == nil || (known.price == order.price && known.method == order.method) else {
                return system.fail(
                    "order \(order.number) was charged \(known.price ?? ""), now another price")
            }
            guard !known.isStarted || order.isStarted else {
                return system.fail("order \(order.number) was started and is not any more")
            }
        }
        if let number = missing.min() { system.fail("order \(number) was committed and is gone") }
    }
}

extension OrderStatus {
    /// In one change or several.
    fileprivate func reaches(_ other: OrderStatus) -> Bool {
        canBecome(other) || (self == .submitted && other == .paid)
    }
}

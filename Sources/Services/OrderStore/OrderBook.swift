import GRDB
import OrderStoreAPI
import Primitives
import ServiceLedger

/// The orders as the service works with them: the table, with those of late in memory and the sums staged.
///
/// Everything here is called on the loop, inside a job of the group commit or between two commits.
struct OrderBook: Sendable {
    private let memory = RowMemory<Order>()
    private let sums = StagedSums(OrderTable.sums)

    /// Both take part in the commits of `store`.
    func join(_ store: GroupCommit) {
        store.add(memory)
        store.add(sums)
    }

    /// The order where it is in memory.
    func recall(_ number: String) -> Order? { memory.recall(number) }

    func find(_ db: Database, _ number: String) throws -> Order? {
        if let known = memory.recall(number) { return known }
        guard let order = try OrderTable.find(db, number) else { return nil }
        memory.remember(order, number)
        return order
    }

    /// Throws: `notExists`.
    func get(_ db: Database, _ number: String) throws -> Order {
        guard let order = try find(db, number) else { throw OrderStoreError.notExists(number) }
        return order
    }

    /// Stores a new order; returns it with its id.
    func insert(_ db: Database, _ order: Order) throws -> Order {
        let stored = try OrderTable.insert(db, order)
        memory.change(stored, stored.number)
        sums.move(from: nil, to: stored.summed, began: stored.submitted)
        return stored
    }

    /// Changes an order. A nil note means that the order is as it was.
    func apply(
        _ db: Database, _ number: String, at now: Timestamp, _ body: (inout Order) throws -> Order.Note?
    ) throws -> OrderStoreService.Change {
        let old = try get(db, number)
        var order = old
        guard let note = try body(&order) else {
            return OrderStoreService.Change(order: order, isClosing: false, isChange: false)
        }
        try OrderTable.update(db, order, note, at: now)
        memory.change(order, number)
        sums.move(from: old.summed, to: order.summed, began: order.submitted)
        let isClosing = !old.status.isClosed && order.status.isClosed
        return OrderStoreService.Change(order: order, isClosing: isClosing, isChange: true)
    }
}

import FlowEngineAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import ServiceLedger

extension PaymentGatewayService {
    /// Items without effect are remembered in memory only; handling them again after a restart changes
    /// nothing.
    private static let unsavedItemsMax = 256

    /// An execution started or ended: after its end nobody asks for payments in its name.
    func follow(_ item: WatchExecutions.Item) async throws(RPCError) {
        let concerned = item.hasEnded ? try orders(concernedBy: item) : []
        unsavedItems += 1
        guard !concerned.isEmpty || unsavedItems >= Self.unsavedItemsMax else { return }
        try await saveCursor(item.sequence, before: concerned) { account, now in
            account.executionEnded(
                flow: item.flowName, execution: item.executionName, status: item.status, at: now)
        }
        unsavedItems = 0
    }

    /// Orders that would miss the execution.
    private func orders(concernedBy item: WatchExecutions.Item) throws(RPCError) -> [String] {
        let execution = item.executionName
        return try store.read { [book] db in
            var orders = try PaymentTable(db: db).orders(askedFor: execution)
            // An execution bears its order's number, also when it has not asked yet.
            if !orders.contains(execution) { orders.append(execution) }
            return try orders.filter { orderNum in
                try book.account(db, orderNum).isConcerned(byEndOf: execution, in: item.flowName)
            }
        }
    }

    /// The cursor moves in the transaction of the changes that the item causes.
    private func saveCursor(
        _ sequence: Int64, before orders: [String],
        _ body: @escaping @Sendable (inout OrderAccount, Timestamp) -> Void
    ) async throws(RPCError) {
        let now = world.now
        let changes = try await store.write { [book] db in
            try PaymentTable(db: db).saveCursor(sequence)
            return try orders.map { orderNum in
                try book.change(db, orderNum, at: now) { body(&$0, now) }.change
            }
        }
        for change in changes { committed(change) }
    }
}

extension WatchExecutions.Item {
    fileprivate var hasEnded: Bool { ["Succeeded", "Failed", "Stopped", "TimedOut"].contains(status) }
}

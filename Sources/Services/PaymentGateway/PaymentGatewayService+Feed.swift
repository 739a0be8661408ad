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
        let concerned =
            item.hasEnded
            ? try store.read {
                try PaymentTable(db: $0).orders(concernedBy: item.flowName, item.executionName)
            }
            : []
        unsavedItems += 1
        guard !concerned.isEmpty || unsavedItems >= Self.unsavedItemsMax else { return }
        try await saveCursor(item.sequence, before: concerned) { account, now in
            account.executionEnded(
                flow: item.flowName, execution: item.executionName, status: item.status, at: now)
        }
        unsavedItems = 0
    }

    /// The cursor moves in the transaction of the changes that the item causes.
    private func saveCursor(
        _ sequence: Int64, before orders: [String],
        _ body: @escaping @Sendable (inout OrderAccount, Timestamp) -> Void
    ) async throws(RPCError) {
        let now = world.now
        let changes = try await store.write { db in
            let table = PaymentTable(db: db)
            try table.saveCursor(sequence)
            return try orders.map { orderNum in try table.change(orderNum, at: now) { body(&$0, now) }.change
            }
        }
        for change in changes { await committed(change) }
    }
}

extension WatchExecutions.Item {
    fileprivate var hasEnded: Bool { ["Succeeded", "Failed", "Stopped", "TimedOut"].contains(status) }
}

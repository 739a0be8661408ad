import FlowEngineAPI
import GRDB
import Logging
import OrderStoreAPI
import Primitives
import RPCProtocol
import ServiceLedger

/// How the end of an execution closes its order, where no step of the flow did.
extension OrderStoreService {
    /// Items that change nothing are read again after a crash, at most so many: not each is worth a commit.
    static let itemsUnsavedMax = 256

    func makeFeed(after cursor: Int64?) -> ExecutionFeed {
        ExecutionFeed(
            engine: engine, loop: loop, world: world, logger: logger, after: cursor,
            handle: { [weak self] (item) throws(RPCError) in try await self?.received(item) },
            reconcile: { [weak self] () throws(RPCFailure) in try await self?.reconcile() })
    }

    private func received(_ item: WatchExecutions.Item) async throws(RPCError) {
        guard let end = ExecutionEnd(status: item.status, error: item.error, cause: item.cause),
            let order = try find(item.executionName),
            order.flow == item.flowName, !order.status.isClosed
        else {
            itemsUnsaved += 1
            if itemsUnsaved >= Self.itemsUnsavedMax { try await saveCursor(item.sequence) }
            return
        }
        try await follow(end, of: order.number, sequence: item.sequence)
    }

    /// The cursor is kept in the transaction of the change that it stands for.
    private func follow(_ end: ExecutionEnd, of number: String, sequence: Int64?) async throws(RPCError) {
        let now = world.now
        let change = try await store.write { [book] db in
            try OrderStoreError.answering {
                if let sequence { try FeedCursor.store(db, sequence) }
                return try book.apply(db, number, at: now) { (order) throws(OrderStoreError) in
                    try order.follow(end, at: now)
                }
            }
        }
        if sequence != nil { itemsUnsaved = 0 }
        announce(change)
    }

    func saveCursor(_ sequence: Int64) async throws(RPCError) {
        itemsUnsaved = 0
        try await store.write { try FeedCursor.store($0, sequence) }
    }

    /// Asks the engine about each open order that it has started.
    private func reconcile() async throws(RPCFailure) {
        var last: Int64 = 0
        while true {
            let page: [Order]
            do throws(RPCError) {
                page = try read { try OrderTable.openStarted($0, after: last, limit: 64) }
            } catch {
                throw .answered(error)
            }
            guard let end = page.last else { return }
            for order in page { try await reconcile(order) }
            last = end.id
        }
    }

    /// Asks how the order's execution stands.
    func reconcile(_ order: Order) async throws(RPCFailure) {
        let params = DescribeExecution.Params.with {
            $0.flowName = order.flow
            $0.executionName = order.number
        }
        let end: ExecutionEnd?
        do throws(RPCFailure) {
            let execution = try await engine.call(DescribeExecution.self, params)
            end = ExecutionEnd(status: execution.status, error: execution.error, cause: execution.cause)
        } catch {
            let name = error.answer?.name
            guard name == .executionNotExists || name == .flowNotExists else { throw error }
            end = ExecutionEnd(
                status: "Failed", error: name?.text,
                cause: "the flow-engine does not know the execution any more")
        }
        guard let end else { return }
        do { try await follow(end, of: order.number, sequence: nil) } catch { throw .answered(error) }
    }
}

import GRDB
package import OrderStoreAPI
package import Primitives
package import RPCProtocol
import ServiceLedger

/// What shows orders and changes nothing.
extension OrderStoreService {
    func describe(_ params: DescribeOrder.Params) throws(RPCError) -> OrderRecord {
        guard params.withoutChanges == true else { return try describe(params.orderNum) }
        guard let order = try find(params.orderNum) else {
            throw OrderStoreError.notExists(params.orderNum).rpcError
        }
        return record(order)
    }

    package func describe(_ number: String) throws(RPCError) -> OrderRecord { try view(number).record }

    func view(_ number: String) throws(RPCError) -> OrderView {
        let (order, changes) = try read { db in
            let order = try book.get(db, number)
            return (order, try OrderTable.changes(db, of: order))
        }
        return OrderView(order: order, trouble: trouble(of: order), changes: changes)
    }

    func record(_ order: Order) -> OrderRecord {
        OrderView(order: order, trouble: trouble(of: order), changes: []).record
    }

    private func trouble(of order: Order) -> String? {
        guard !order.isStarted, !order.status.isClosed else { return nil }
        if let known = troubles[order.number] { return known }
        return outbox?.assumeIsolated { $0.unreachable[Self.engineName] }.map {
            "the flow-engine has not taken it yet: \($0)"
        }
    }

    package func list(
        _ params: ListOrders.Params, bytesMax: Int = WireLimits().replyBytesMax
    ) throws(RPCError) -> ListOrders.Result {
        let limit = params.limit ?? 60
        guard (1...1000).contains(limit) else {
            throw OrderStoreError.invalid("limit", "must be 1 to 1000, found \(limit)").rpcError
        }
        var before = Int64.max
        if let token = params.nextToken {
            guard let id = Int64(token), id > 0 else {
                throw OrderStoreError.invalid("nextToken", "is not one that ListOrders gave").rpcError
            }
            before = id
        }
        let (orders, floor, sequence) = try read { db in
            let top = min(before, try OrderTable.lastID(db) + 1)
            let query = OrderQuery(
                status: params.status, supplier: params.supplier, search: params.search, before: top,
                limit: Int(limit))
            let floor = query.isIndexed ? 1 : max(1, top - OrderQuery.rowsReadMax)
            return (try OrderTable.list(db, query, floor: floor), floor, try OrderFeedTable.last(db))
        }
        var result = page(orders, isFull: orders.count == Int(limit), floor: floor, bytesMax: bytesMax)
        result.sequence = sequence
        return result
    }

    /// Stops at the size of a reply; the token is the id that the next page stays below.
    private func page(_ orders: [Order], isFull: Bool, floor: Int64, bytesMax: Int) -> ListOrders.Result {
        var result = ListOrders.Result()
        var bytes = 0
        for order in orders {
            let record = record(order)
            bytes += record.wire.utf8Bytes.count + 1
            if bytes > bytesMax, let last = result.orders.indices.last {
                result.nextToken = String(orders[last].id)
                return result
            }
            result.orders.append(record)
        }
        let next = isFull ? orders.last?.id ?? floor : floor
        if next > 1 { result.nextToken = String(next) }
        return result
    }

    /// The order now and after each change; ends when it is closed or the service stops.
    func watch(_ number: String) throws(RPCError) -> AsyncStream<OrderView> {
        let now = try view(number)
        let (views, continuation) = AsyncStream<OrderView>.makeStream()
        continuation.yield(now)
        guard !now.order.status.isClosed else {
            continuation.finish()
            return views
        }
        watchersMade += 1
        let watcher = watchersMade
        watchers[number, default: [:]][watcher] = continuation
        continuation.onTermination = { [weak self, loop] _ in
            guard let self else { return }
            loop.spawn { await self.unwatch(number, watcher) }
        }
        return views
    }

    private func unwatch(_ number: String, _ watcher: Int) {
        watchers[number]?[watcher] = nil
        if watchers[number]?.isEmpty == true { watchers[number] = nil }
    }

    /// Shows the order to those who watch it.
    func publish(_ number: String) {
        guard let waiting = watchers[number], let now = try? view(number) else { return }
        for watcher in waiting.values {
            watcher.yield(now)
            if now.order.status.isClosed { watcher.finish() }
        }
    }
}

/// What the service tells of itself.
extension OrderStoreService {
    /// Shape: `{"commits":12,"feed":{"sequence":9},"orders":{"open":3},`
    /// `"outbox":{"depth":1,"troubles":{"flow-engine":"…"}}}`.
    package var status: JSONObject {
        var outboxStatus: JSONObject = ["depth": .integer(outboxDepth)]
        let waiting = outbox?.assumeIsolated { $0.troubles } ?? [:]
        if !waiting.isEmpty {
            outboxStatus["troubles"] = .object(JSONObject(waiting.map { ($0.key, .string($0.value)) }))
        }
        var feedStatus: JSONObject = ["sequence": .integer(feedSequence)]
        if let feedTrouble { feedStatus["trouble"] = .string(feedTrouble) }
        return [
            "commits": .integer(store.commits), "feed": .object(feedStatus),
            "orders": ["open": .integer(openOrders)], "outbox": .object(outboxStatus),
        ]
    }

    /// How far the engine's feed has been followed.
    var feedSequence: Int64 { feed?.assumeIsolated { $0.sequence } ?? 0 }

    /// Why the feed is not followed just now.
    var feedTrouble: String? { feed?.assumeIsolated { $0.trouble } }

    /// True when no order is open, so that nothing can come that somebody waits for.
    package var isIdle: Bool {
        outboxDepth == 0 && openOrders == 0 && watchers.isEmpty && followers.isEmpty
    }

    private nonisolated var openOrders: Int64 {
        (try? store.read { try OrderTable.openCount($0) }) ?? 0
    }

    private nonisolated var outboxDepth: Int64 {
        (try? store.read { try Int64.fetchOne($0, sql: "SELECT count(*) FROM outbox") }) ?? 0
    }

    func declareMetrics() {
        store.report(to: metrics)
        metrics.declare("fnf_orders_submitted_total", "Orders stored")
        metrics.declare("fnf_orders_closed_total", "Orders completed, canceled or failed")
        metrics.gauge("fnf_orders_open", "Orders that are not closed") { [weak self] in self?.openOrders ?? 0
        }
        metrics.gauge("fnf_outbox_depth", "Calls that are promised and not answered yet") { [weak self] in
            self?.outboxDepth ?? 0
        }
    }
}
